"""资料库 `/library`: what is in it, bringing files in, taking them out, and the index."""

from datetime import date

import gradio as gr

from ui.pages import listing, removal, upload
from ui.pages.jobs import JOBS, QUIET, IndexJob, shown_errors
from ui.presenters.catalogue import overview_html
from ui.presenters.condition import condition_html
from ui.services import Services

_HELP = (
    '<p class="lb lb-help">索引由资料库算出，随时可以重建，不会丢资料。'
    "“更新”只算有变化的部分；检索结果不对劲时再“重建”，需要几分钟。</p>"
)


def build(services: Services) -> None:
    """Lay out the page and wire its handlers, inside the route that the app has opened."""
    revision = gr.State(0)
    overview = gr.HTML(apply_default_css=False)
    status = gr.HTML(apply_default_css=False, min_height=48)
    with gr.Tabs(elem_id="library-tabs"):
        with gr.Tab("清单", id="list"):
            documents = listing.build(services, revision)
        with gr.Tab("上传", id="upload"):
            upload.build(services, revision, status)
        with gr.Tab("恢复", id="restore"):
            removal.build_restoring(services, revision, status)
        with gr.Tab("索引", id="index"):
            _build_index(services, status)
    removal.build_sheets(services, revision, status, documents)

    def survey(_revision: int) -> tuple[str, str]:
        with shown_errors():
            shown = overview_html(services.library.documents(), date.today())
            return shown, condition_html(services.keeper.condition(verify=False))

    gr.on(None, survey, revision, [overview, status], **QUIET)


def _build_index(services: Services, status: gr.HTML) -> None:
    gr.HTML(_HELP, apply_default_css=False)
    with gr.Row(elem_classes="lb-actions"):
        update = gr.Button("更新索引", elem_id="update-index")
        rebuild = gr.Button("重建索引", elem_id="rebuild-index")
    job = IndexJob(services)
    update.click(job.update, None, status, **JOBS)
    rebuild.click(job.rebuild, None, status, **JOBS)
