"""Upload: what was understood is shown first, then saved, then made searchable."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.pipeline import Ingester, Reading
from ingest.readers.dispatch import MAX_BYTES
from kb.documents import Kind
from kb.errors import InputError
from ui.pages.jobs import JOBS, IndexJob, shown_errors
from ui.presenters.intake import preview_html, summary_html
from ui.presenters.labels import KINDS
from ui.progress import GradioProgress
from ui.services import Services
from ui.uploads import MOST_FILES, Upload, read_uploads, save_uploads

_LONGEST_REGION = 20
# Gradio hands the server a shortened file name; the sender's own name tells dates and titles.
_NAMES = (
    "(files, names, ...rest) => [files, (files || []).map((f) => f.orig_name || '').join('\\n'), ...rest]"
)
_HELP = (
    '<p class="lb lb-help">支持 .md、.txt、.html、.docx、.pdf 和装着这些文件的 .zip，每个不超过 {size} MB，'
    "一次最多 {most} 个。先看看读出了什么，再决定是否保存；同名文件再次上传就是更新。</p>"
)


class Handlers:
    """What happens to uploaded files; inputs: their paths, the sender's names for them, kind, region."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def preview(
        self,
        paths: list[str] | None,
        names: str,
        kind: str,
        region: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 (Gradio finds the bar by it)
    ) -> tuple[str, dict[str, Any]]:
        """Show what the files hold; nothing is saved."""
        ingester = self._ingester(kind, region)
        found = read_uploads(ingester, uploads(paths, names), GradioProgress(bar))
        usable = any(not isinstance(f, InputError) and f.documents for f in found)
        return preview_html(found), gr.update(interactive=usable)

    def save(
        self,
        paths: list[str] | None,
        names: str,
        kind: str,
        region: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 (as above)
    ) -> tuple[str, dict[str, Any], int]:
        """Save what the preview showed; returns the summary and the library's new revision."""
        ingester, progress = self._ingester(kind, region), GradioProgress(bar)
        with shown_errors():
            found = read_uploads(ingester, uploads(paths, names), progress)
            reports = save_uploads(ingester, found, progress)
            return summary_html(reports), gr.update(interactive=False), self._services.library.revision

    def _ingester(self, kind: str, region: str) -> Ingester:
        chosen = Kind(kind) if kind in set(Kind) else None
        return self._services.ingester(Reading(chosen, region.strip()[:_LONGEST_REGION] or None))


def uploads(paths: Sequence[str] | None, names: str) -> list[Upload]:
    """
    Join uploaded files with their senders' names.

    :param names: One name a line, in the order of `paths`; if their numbers differ, they are not used.
    """
    found = [Path(path) for path in paths or ()]
    told = names.split("\n")
    if len(told) != len(found):
        told = [""] * len(found)
    return [Upload(path, name or path.name) for path, name in zip(found, told, strict=True)]


def build(services: Services, revision: gr.State, status: gr.HTML) -> None:
    """
    Lay out the upload.

    :param revision: The library's revision as this page knows it; saving changes it.
    :param status: Where the job on the index shows how far it is.
    """
    gr.HTML(_HELP.format(size=MAX_BYTES >> 20, most=MOST_FILES), apply_default_css=False)
    files = gr.File(label="把文件拖到这里，或点击选择", file_count="multiple", elem_id="files", height=180)
    names = gr.Textbox(visible=False)
    with gr.Row(elem_classes="lb-filters"):
        kinds = [("自动识别", ""), *((KINDS[kind], kind.value) for kind in Kind)]
        kind = gr.Dropdown(kinds, value="", label="类型", elem_id="upload-kind")
        region = gr.Textbox(
            label="地区",
            placeholder="自动识别",
            max_length=_LONGEST_REGION,
            elem_id="upload-region",
        )
    save = gr.Button("保存到资料库", variant="primary", interactive=False, elem_id="save")
    result = gr.HTML(apply_default_css=False, min_height=80, elem_id="upload-result")

    handlers = Handlers(services)
    inputs = [files, names, kind, region]
    triggers = [files.upload, files.clear, files.delete, kind.input, region.blur]
    gr.on(triggers, handlers.preview, inputs, [result, save], js=_NAMES, show_progress_on=result, **JOBS)
    saved = save.click(
        handlers.save, inputs, [result, save, revision], js=_NAMES, show_progress_on=result, **JOBS
    )
    saved.success(IndexJob(services).update, None, status, **JOBS)
