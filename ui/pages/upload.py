"""Upload: what was understood is shown first, then saved, then made searchable."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.pipeline import Ingester, Outcome, Reading
from ingest.readers.dispatch import MAX_BYTES
from kb.documents import Kind
from kb.errors import InputError
from ui.pages.jobs import JOB, index_line, shown_errors
from ui.presenters.intake import preview_html, summary_html
from ui.presenters.labels import KINDS
from ui.progress import GradioProgress
from ui.services import Services
from ui.uploads import MOST_FILES, Upload, read_uploads, save_uploads

_LONGEST_REGION = 20
# Gradio hands the server a shortened file name; the sender's own name tells dates and titles.
_NAMES = "(files, names, ...rest) => [files, (files || []).map((f) => f.orig_name || '').join('\\n'), ...rest]"
_HELP = (
    '<p class="lb lb-help">支持 .md、.txt、.html、.docx、.pdf 和装着这些文件的 .zip，每个不超过 {size} MB，'
    "一次最多 {most} 个。先看看读出了什么，再决定是否保存；同名文件再次上传就是更新。</p>"
)


def build(services: Services, revision: gr.State, status: gr.HTML) -> None:
    """
    Lay out the upload.

    :param revision: The library's revision as this page knows it; saving changes it.
    :param status: Where jobs on the index show how far they are.
    """
    gr.HTML(_HELP.format(size=MAX_BYTES >> 20, most=MOST_FILES), apply_default_css=False)
    files = gr.File(label="把文件拖到这里，或点击选择", file_count="multiple", elem_id="files", height=180)
    names = gr.Textbox(visible=False)
    with gr.Row(elem_classes="lb-filters"):
        kinds = [("自动识别", ""), *((KINDS[kind], kind.value) for kind in Kind)]
        kind = gr.Dropdown(kinds, value="", label="类型", elem_id="upload-kind")
        region = gr.Textbox(
            label="地区", placeholder="自动识别，例如：上海", max_length=_LONGEST_REGION, elem_id="upload-region"
        )
    save = gr.Button("保存到资料库", variant="primary", interactive=False, elem_id="save")
    result = gr.HTML(apply_default_css=False, min_height=80, elem_id="upload-result")

    def preview(
        paths: list[str] | None,
        given: str,
        kind_: str,
        region_: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 (Gradio finds the bar by this default)
    ) -> tuple[str, dict[str, Any]]:
        found = read_uploads(_ingester(services, kind_, region_), _uploads(paths, given), GradioProgress(bar))
        usable = any(not isinstance(f, InputError) and f.documents for f in found)
        return preview_html(found), gr.update(interactive=usable)

    def save_all(
        paths: list[str] | None,
        given: str,
        kind_: str,
        region_: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 (Gradio finds the bar by this default)
    ) -> tuple[str, dict[str, Any], int]:
        ingester, progress = _ingester(services, kind_, region_), GradioProgress(bar)
        with shown_errors():
            reports = save_uploads(ingester, read_uploads(ingester, _uploads(paths, given), progress), progress)
            if any(r.outcome in (Outcome.NEW, Outcome.CHANGED) for r in reports):
                gr.Info("资料已保存，正在更新索引")
            return summary_html(reports), gr.update(interactive=False), services.library.revision

    def refresh(bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (as above)
        return index_line(services, bar)

    inputs = [files, names, kind, region]
    job: dict[str, Any] = {"concurrency_id": JOB, "api_visibility": "private"}
    triggers = [files.upload, files.clear, files.delete, kind.input, region.blur]
    gr.on(triggers, preview, inputs, [result, save], js=_NAMES, show_progress_on=result, **job)
    saved = save.click(
        save_all, inputs, [result, save, revision], js=_NAMES, show_progress_on=result, **job
    )
    saved.success(refresh, None, status, show_progress_on=[result, status], **job)


def _uploads(paths: Sequence[str] | None, given: str) -> list[Upload]:
    """:returns: The files with the names their sender gave them, where these were told."""
    found = [Path(path) for path in paths or ()]
    told = given.split("\n") if given else []
    names = told if len(told) == len(found) else [""] * len(found)
    return [Upload(path, name or path.name) for path, name in zip(found, names, strict=True)]


def _ingester(services: Services, kind: str, region: str) -> Ingester:
    chosen = Kind(kind) if kind in set(Kind) else None
    return services.ingester(Reading(chosen, region.strip()[:_LONGEST_REGION] or None))
