"""资料库 `/library`: what is in it, bringing files in, taking them out, and the index."""

from datetime import date
from typing import Any

import gradio as gr

from ui.pages import listing, upload
from ui.pages.jobs import JOB, index_line, shown_errors
from ui.presenters.catalogue import overview_html
from ui.presenters.condition import condition_html
from ui.presenters.removed import removed_html
from ui.services import Services

_QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(services: Services) -> None:
    """Lay out the page and wire its handlers, inside the route that the app has opened."""
    revision = gr.State(0)
    overview = gr.HTML(apply_default_css=False)
    status = gr.HTML(apply_default_css=False, min_height=48)
    with gr.Tabs(elem_id="library-tabs"):
        with gr.Tab("清单", id="list"):
            listing.build(services, revision, status)
        with gr.Tab("上传", id="upload"):
            upload.build(services, revision, status)
        with gr.Tab("恢复", id="restore"):
            _restoring(services, revision, status)
        with gr.Tab("索引", id="index"):
            _index(services, status)

    def survey(_revision: int) -> tuple[str, str]:
        with shown_errors():
            shown = overview_html(services.library.documents(), date.today())
            return shown, condition_html(services.keeper.condition(verify=False))

    gr.on(None, survey, revision, [overview, status], **_QUIET)


def _restoring(services: Services, revision: gr.State, status: gr.HTML) -> None:
    removed = gr.HTML(apply_default_css=False, js_on_load=listing.SCRIPT.read_text(encoding="utf-8"))

    def show(_revision: int) -> str:
        with shown_errors():
            return removed_html(services.library.documents(removed=True))

    def restore(event: gr.EventData) -> int:
        with shown_errors():
            services.library.restore(str(event.value))
            return services.library.revision

    def refresh(bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (Gradio finds the bar by this default)
        return index_line(services, bar)

    gr.on(None, show, revision, removed, **_QUIET)
    removed.restore(restore, None, revision, **_QUIET).success(
        refresh, None, status, concurrency_id=JOB, api_visibility="private"
    )


def _index(services: Services, status: gr.HTML) -> None:
    gr.HTML(
        '<p class="lb lb-help">索引由资料库算出，随时可以重建，不会丢资料。'
        "“更新”只算有变化的部分；检索结果不对劲时再“重建”，需要几分钟。</p>",
        apply_default_css=False,
    )
    with gr.Row():
        update = gr.Button("更新索引", elem_id="update-index")
        rebuild = gr.Button("重建索引", elem_id="rebuild-index")

    def run_update(bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (Gradio finds the bar by this default)
        return index_line(services, bar)

    def run_rebuild(bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (as above)
        return index_line(services, bar, rebuild=True)

    update.click(run_update, None, status, concurrency_id=JOB, api_visibility="private")
    rebuild.click(run_rebuild, None, status, concurrency_id=JOB, api_visibility="private")
