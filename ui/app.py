"""The web application: FastAPI with the pages of the reader mounted at its root."""

import errno
import os
import socket
import warnings
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import AndianError
from ui.services import Services

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

STATIC = Path(__file__).parent / "static"
ASSETS = "/andian"  # Gradio has its own /assets and /static
TITLE = "案典"


def build_app(services: Services) -> "FastAPI":
    """
    Join the pages into one application.

    Its pages ask nothing of any other machine: no fonts, scripts, analytics or telemetry.

    :returns: The pages at ``/``, ``/read`` and ``/library``, and ``/healthz``, which answers ``{"status": "ok"}``
        as long as the database can be read and 503 otherwise.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "false"
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    from ui.theme import andian_theme

    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    _add_health(app, services)
    app.mount(ASSETS, StaticFiles(directory=STATIC))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode is not supported")  # said even when none is asked for
        return gr.mount_gradio_app(
            app, _reader_blocks(services), path="/", footer_links=[], run_history=False, ssr_mode=False,
            pwa=False, mcp_server=False, show_error=False, theme=andian_theme(), head=_head(),
            max_file_size="200mb",
        )  # fmt: skip


def serve(services: Services, host: str, port: int) -> None:
    """
    Serve the application until it is interrupted.

    :raises AndianError: If the address cannot be listened on.
    """
    import uvicorn

    with _listen(host, port) as listener:
        app = build_app(services)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)).run(sockets=[listener])


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

    from ui.pages import library, reader, search
    from ui.presenters.frame import header_html

    with gr.Blocks(title=f"查一查 · {TITLE}", analytics_enabled=False, fill_width=True) as blocks:
        gr.Navbar(visible=False)
        gr.HTML(header_html("查一查"), apply_default_css=False)
        search.build(services)
    with blocks.route("阅读", "/read"):
        gr.Navbar(visible=False)
        gr.HTML(header_html("阅读"), apply_default_css=False)
        reader.build(services)
    with blocks.route("资料库", "/library"):
        gr.Navbar(visible=False)
        gr.HTML(header_html("资料库"), apply_default_css=False)
        library.build(services)
    return blocks


def _head() -> str:
    """:returns: Links to our styles and script; their addresses change with their content."""
    tags = ['<meta name="color-scheme" content="light dark">']
    tags += [f'<link rel="stylesheet" href="{_asset(path)}">' for path in sorted(STATIC.glob("*.css"))]
    return "".join([*tags, f'<script src="{_asset(STATIC / "andian.js")}"></script>'])


def _asset(path: Path) -> str:
    return f"{ASSETS}/{path.name}?{sha256(path.read_bytes()).hexdigest()[:12]}"
