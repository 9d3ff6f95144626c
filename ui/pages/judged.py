"""命中测试 · 标注: the saved judgements, out as a file and in again."""

from datetime import datetime
from pathlib import Path
from typing import Any

import gradio as gr

from kb.errors import InputError
from kb.judging.judgements import Judgement
from retrieval.evaluate import read_judged
from ui.pages.downloading import saving
from ui.pages.jobs import QUIET, shown_errors
from ui.pages.trying import judgement_of
from ui.presenters.judged import jsonl, judged_html, taken_back_html
from ui.services import Services

MOST_BYTES = 10_000_000


class Handlers:
    """What happens to the list of judgements."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def show(self, _changes: int) -> str:
        """Draw the list."""
        with shown_errors():
            return judged_html(self._services.library.judgements.all())

    def drop(self, event: gr.EventData, changes: int) -> tuple[str, int]:
        """Take one judgement back and offer to restore it."""
        query, target, verdict = judgement_of(event.value)
        with shown_errors():
            self._services.library.judgements.judge(query, target, None)
        return taken_back_html(Judgement(query, target, verdict, datetime.min)), changes + 1

    def restore(self, event: gr.EventData, changes: int) -> tuple[str, int]:
        """Save a judgement again that was just taken back."""
        with shown_errors():
            self._services.library.judgements.judge(*judgement_of(event.value))
        return "", changes + 1

    def export(self) -> str:
        """Write the judged questions as JSONL."""
        with shown_errors():
            return jsonl(self._services.library.judgements.all())

    def take_in(self, file: Any, changes: int) -> tuple[str, int]:
        """Add the right answers of a file."""
        with shown_errors():
            path = Path(str(file))
            count, unknown = self._add(path)
        missing = f"；其中 {unknown} 条依据资料库里没有，评测时算没有找到" if unknown else ""
        return f'<p class="lb lb-done" role="status">新增 {count} 个判断{missing}。</p>', changes + 1

    def _add(self, path: Path) -> tuple[int, int]:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("文件太大", remedy="请拆成 10 MB 以内的几个文件", path=path.name)
        try:
            queries = read_judged(path)
        except InputError as error:
            raise InputError(error.problem, remedy=error.remedy, path=path.name, line=error.line) from error
        library = self._services.library
        wanted = {ref for judged in queries for ref in judged.relevant}
        count = library.judgements.add((j.query, sorted(j.relevant)) for j in queries)
        return count, len(wanted - library.references())


def build(services: Services, changes: gr.State, script: str) -> None:
    """Lay out the tab; parameters as in `ui.pages.trying.build`."""
    with gr.Row(elem_classes="lb-actions"):
        export = gr.Button("导出标注（JSONL）", elem_id="export-gold")
        load = gr.UploadButton(
            "导入标注（JSONL）", file_types=[".jsonl", ".json", ".txt"], elem_id="import-gold"
        )
    done = gr.HTML(apply_default_css=False, js_on_load=script)
    listed = gr.HTML(elem_id="judged", apply_default_css=False, js_on_load=script)
    sheet = gr.Textbox(visible=False)

    handlers = Handlers(services)
    gr.on(None, handlers.show, changes, listed, **QUIET)
    gr.on([changes.change], handlers.show, changes, listed, **QUIET)
    listed.drop(handlers.drop, changes, [done, changes], **QUIET)
    done.restore(handlers.restore, changes, [done, changes], **QUIET)
    load.upload(handlers.take_in, [load, changes], [done, changes], **QUIET)
    export.click(handlers.export, None, sheet, **QUIET).then(
        None, sheet, None, js=saving("案典标注.jsonl", "application/x-ndjson")
    )
