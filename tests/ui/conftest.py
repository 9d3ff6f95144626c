"""A small library, a real server over it, and a real browser."""

import asyncio
import shutil
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.progress import SilentProgress
from kb.settings import Settings
from tests.ui.library_samples import LIBRARY
from ui.services import Services, open_services

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
LAUNCH_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def library_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a prepared library without vectors. Shared: copy it before changing anything."""
    home = tmp_path_factory.mktemp("library")
    services = open_services(home_settings(home))
    for document in LIBRARY:
        services.library.save_file([document], origin_path=document.id, origin_hash=document.id)
    services.refresh_index(SilentProgress())
    services.library.close()
    return home


@pytest.fixture(scope="session")
def services(library_home: Path) -> Iterator[Services]:
    """The services over `library_home`."""
    opened = open_services(home_settings(library_home))
    yield opened
    opened.library.close()


@pytest.fixture
def own_services(library_home: Path, tmp_path: Path) -> Iterator[Services]:
    """The services over a copy of `library_home` that the test may change."""
    home = tmp_path / "own"
    shutil.copytree(library_home, home)
    opened = open_services(home_settings(home))
    yield opened
    opened.library.close()


@pytest.fixture(scope="session")
def server_url(services: Services) -> Iterator[str]:
    """Address of the whole app over `library_home`, without a final slash."""
    yield from serving(services)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium of this machine."""
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine: pages were not tried in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=LAUNCH_ARGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """
    A fresh tab, 1280 px wide; on a phone with ``parametrize("page", [1280, 390], indirect=True)``.

    It fails the test if the page asks anything of another machine or logs a script error.
    """
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda r: asked.append(r.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    context.close()
    outside = [
        u for u in asked if not u.startswith(("http://127.0.0.1:", "data:", "blob:", "ws://127.0.0.1:"))
    ]
    assert not outside
    assert not errors


def home_settings(home: Path) -> Settings:
    """Settings of a library that starts empty and does without a model."""
    return Settings(home=home, corpus="none", embedding_model="none", region="上海")


def serving(services: Services) -> Iterator[str]:
    """Serve the app from a thread; yields its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the web framework deprecates inside itself
        import uvicorn

        from ui.app import build_app

        running: list[uvicorn.Server] = []

        async def run(listener: socket.socket) -> None:
            config = uvicorn.Config(build_app(services), log_level="critical", timeout_graceful_shutdown=1)
            running.append(uvicorn.Server(config))
            await running[0].serve([listener])

        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=lambda: asyncio.run(run(listener)), daemon=True)
            thread.start()
            while not (running and running[0].started):
                assert thread.is_alive(), "the app did not start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            running[0].should_exit = True
            thread.join(timeout=10)
