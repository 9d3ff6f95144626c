"""The web application: FastAPI with the pages of the reader mounted at its root."""

import asyncio
import errno
import os
import socket
import warnings
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.readers.dispatch import MAX_BYTES
from kb.errors import AndianError, IndexDamaged
from kb.progress import Progress
from ui.services import Services

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

STATIC = Path(__file__).parent / "static"
ASSETS = "/andian"  # Gradio has its own /assets and /static
TITLE = "案典"
_NO_DOCS: dict[str, Any] = {
    "docs_url": None,
    "redoc_url": None,
    "openapi_url": None,
}  # they load foreign scripts


def build_app(services: Services) -> "FastAPI":
    """
    Join the pages into one application.

    Its pages ask nothing of any other machine: no fonts, scripts, analytics or telemetry.

    :returns: The pages at ``/``, ``/read``, ``/compare``, ``/cite``, ``/library`` and ``/hits``, and ``/healthz``, which answers ``{"status": "ok"}``
        as long as the database can be read and 503 otherwise.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.middleware.trustedhost import TrustedHostMiddleware
    from fastapi.staticfiles import StaticFiles

    from ui.theme import andian_theme

    app = FastAPI(title=TITLE, **_NO_DOCS)
    # A page of another site must not reach us under a name of its own (DNS rebinding).
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    _add_health(app, services)
    app.mount(ASSETS, StaticFiles(directory=STATIC))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode is not supported")  # said even when none is asked for
        mounted: FastAPI = gr.mount_gradio_app(
            app, _reader_blocks(services), path="/", footer_links=[], run_history=False, ssr_mode=False,
            pwa=False, mcp_server=False, show_error=False, theme=andian_theme(), head=_head(),
            max_file_size=MAX_BYTES, app_kwargs=_NO_DOCS,
        )  # fmt: skip
    return mounted


def serve(services: Services, host: str, port: int, progress: Progress) -> None:
    """
    Take the address, prepare the library, say where the pages are, and serve until interrupted.

    :param port: 0 takes any free port.
    :raises AndianError: If the address cannot be listened on, or the library cannot be prepared.
    """
    with _listen(host, port) as listener:
        services.prepare(progress)
        if services.keeper.model_problem:
            print(f"没有语义检索，只按关键词查：{services.keeper.model_problem}")
        asyncio.run(_run(services, listener, progress))


async def _run(services: Services, listener: socket.socket, progress: Progress) -> None:
    import uvicorn

    with progress.step("打开网页"):
        # Built while the loop runs: where none runs, Gradio makes a dozen of its own and leaves them open.
        app = build_app(services)
        _warm_up(services)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"案典已就绪，请在浏览器打开 http://{shown}:{port} （按 Ctrl+C 停止）", flush=True)
    await uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)).serve(
        [listener]
    )


def _warm_up(services: Services) -> None:
    """Load dictionary, index and model now, so that the first visitor does not wait for them."""
    from ui.inquiry import Inquiry, look_up
    from ui.region import home_region

    # A library without a usable index is served all the same: its page says how to mend it.
    with suppress(IndexDamaged):
        look_up(services.searcher, Inquiry("社区"), home_region(services), date.today())


def _listen(host: str, port: int) -> socket.socket:
    """:raises AndianError: If somebody else has the port, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            problem = f"端口 {port} 已被占用；请关掉占用它的程序，或用 --port {port % 65535 + 1} 换一个端口"
        elif error.errno == errno.EACCES:
            problem = f"没有权限使用端口 {port}；请用 --port 7860 这样大于 1024 的端口"
        else:
            problem = f"不能监听 {host}:{port}（{error.strerror}）；请检查 --host，本机使用写 127.0.0.1"
        raise AndianError(problem) from error


def _add_health(app: "FastAPI", services: Services) -> None:
    from fastapi.responses import JSONResponse

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        try:
            return JSONResponse({"status": "ok", "revision": services.library.revision})
        except AndianError as error:
            return JSONResponse({"status": "error", "message": str(error)}, status_code=503)


def _reader_blocks(services: Services) -> "Blocks":
    """:returns: The pages of the reader role; one Blocks a role, since its pages share their rights."""
    import gradio as gr

    from ui.pages import cite, compare, hit_testing, library, reader, search
    from ui.presenters.frame import header_html

    with gr.Blocks(title=f"查一查 · {TITLE}", analytics_enabled=False, fill_width=True) as page:
        gr.HTML(header_html("查一查"), apply_default_css=False)
        search.build(services)
    with page.route("阅读", "/read", show_in_navbar=False):
        gr.HTML(header_html("阅读"), apply_default_css=False)
        reader.build(services)
    with page.route("对照", "/compare", show_in_navbar=False):
        gr.HTML(header_html("阅读"), apply_default_css=False)
        compare.build(services)
    with page.route("核引用", "/cite", show_in_navbar=False):
        gr.HTML(header_html("核引用"), apply_default_css=False)
        cite.build(services)
    with page.route("资料库", "/library", show_in_navbar=False):
        gr.HTML(header_html("资料库"), apply_default_css=False)
        library.build(services)
    with page.route("命中测试", "/hits", show_in_navbar=False):
        gr.HTML(header_html("命中测试"), apply_default_css=False)
        hit_testing.build(services)
    blocks: Blocks = page
    return blocks


def _head() -> str:
    """:returns: Links to our styles and script; their addresses change with their content."""
    tags = ['<meta name="color-scheme" content="light dark">']
    tags += [f'<link rel="stylesheet" href="{_asset(path)}">' for path in sorted(STATIC.glob("*.css"))]
    return "".join([*tags, f'<script src="{_asset(STATIC / "andian.js")}"></script>'])


def _asset(path: Path) -> str:
    return f"{ASSETS}/{path.name}?{sha256(path.read_bytes()).hexdigest()[:12]}"
