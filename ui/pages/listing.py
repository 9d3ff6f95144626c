"""The list of the library: filter, order, page, export, and remove with confirmation and undo."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from kb.documents import Kind, Status
from ui.pages.jobs import JOB, index_line, shown_errors
from ui.presenters.catalogue import SORTS, Selection, list_html, select, topics
from ui.presenters.labels import COLLECTIONS, KINDS, STATUSES, full_title
from ui.presenters.sheet import catalogue_csv
from ui.services import Services

SCRIPT = Path(__file__).parent.parent / "static" / "components" / "listing.js"
_LONGEST = 100
_DOWNLOAD = """(text) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = '案典资料清单.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}"""
_QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(services: Services, revision: gr.State, status: gr.HTML) -> None:
    """
    Lay out the list.

    :param revision: The library's revision as this page knows it; changes of it redraw the page.
    :param status: Where jobs on the index show how far they are.
    """
    filters = _filters()
    listing = gr.HTML(apply_default_css=False, js_on_load=SCRIPT.read_text(encoding="utf-8"))
    export = gr.Button("导出清单（CSV）", elem_id="export", elem_classes="lb-small", scale=0)
    sheet = gr.Textbox(visible=False)
    place = gr.State(("title", 0))

    def selection(values: Sequence[str], sort: str, page: int) -> Selection:
        words, kind, standing, topic, collection = (str(value or "")[:_LONGEST] for value in values)
        return Selection(words, kind, standing, topic, collection, sort if sort in SORTS else "title", page)

    def draw(values: Sequence[str], sort: str, page: int) -> tuple[str, tuple[str, int]]:
        wanted = selection(values, sort, page)
        with shown_errors():
            found = select(services.library.documents(), wanted, date.today())
        return list_html(found, wanted, date.today()), (sort, page)

    def narrow(*values: Any) -> tuple[str, tuple[str, int]]:
        return draw(values[:-1], values[-1][0], 0)

    def redraw(*values: Any) -> tuple[str, tuple[str, int]]:
        return draw(values[:-1], *values[-1])

    def sort(*values: Any, event: gr.EventData) -> tuple[str, tuple[str, int]]:
        return draw(values[:-1], str(event.value), 0)

    def turn(*values: Any, event: gr.EventData) -> tuple[str, tuple[str, int]]:
        page = str(event.value)
        return draw(values[:-1], values[-1][0], int(page) if page.isdigit() else 0)

    def known_topics() -> dict[str, Any]:
        with shown_errors():
            names = topics(services.library.documents())
        return gr.update(choices=[("全部主题", ""), *((name, name) for name in names)])

    def export_list(*values: Any) -> str:
        with shown_errors():
            found = select(services.library.documents(), selection(values[:-1], values[-1][0], 0), date.today())
        return catalogue_csv(found, date.today())

    inputs, outputs = [*filters, place], [listing, place]
    changes = [filter_.change for filter_ in filters]
    gr.on(changes, narrow, inputs, outputs, trigger_mode="always_last", **_QUIET)
    gr.on([revision.change], redraw, inputs, outputs, **_QUIET)
    gr.on(None, lambda: draw(("",) * len(filters), "title", 0), None, outputs, **_QUIET)
    gr.on(None, known_topics, None, filters[3], **_QUIET)
    listing.sort(sort, inputs, outputs, **_QUIET)
    listing.turn(turn, inputs, outputs, **_QUIET)
    export.click(export_list, inputs, sheet, **_QUIET).then(None, sheet, None, js=_DOWNLOAD)
    _removal(services, revision, status, listing)


def _filters() -> list[gr.Textbox | gr.Dropdown]:
    with gr.Row(elem_classes="lb-filters"):
        words = gr.Textbox(
            label="查找", placeholder="标题、机关、地区、来源", scale=2, min_width=180, elem_id="find", max_length=_LONGEST
        )
        kinds = [("全部类型", ""), *((KINDS[kind], kind.value) for kind in Kind)]
        standings = [("全部效力", ""), *((STATUSES[status], status.value) for status in Status)]
        collections = [("全部来源", ""), *((name, key) for key, name in COLLECTIONS.items())]
        return [
            words,
            gr.Dropdown(kinds, value="", label="类型", min_width=110, elem_id="kind"),
            gr.Dropdown(standings, value="", label="效力", min_width=110, elem_id="standing"),
            gr.Dropdown([("全部主题", "")], value="", label="主题", min_width=110, elem_id="topic"),
            gr.Dropdown(collections, value="", label="收录", min_width=110, elem_id="collection"),
        ]


def _removal(services: Services, revision: gr.State, status: gr.HTML, listing: gr.HTML) -> None:
    """Ask before removing; offer to undo it afterwards."""
    chosen = gr.State("")
    with gr.Group(visible=False, elem_classes="lb-sheet") as question:
        asked = gr.HTML(apply_default_css=False)
        with gr.Row():
            confirm = gr.Button("移除", variant="stop", elem_id="confirm")
            cancel = gr.Button("取消", elem_id="cancel")
    with gr.Group(visible=False, elem_classes="lb-sheet") as done:
        told = gr.HTML(apply_default_css=False)
        with gr.Row():
            undo = gr.Button("撤销移除", elem_id="undo")
            close = gr.Button("知道了", elem_id="close")

    def ask(event: gr.EventData) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
        identifier = str(event.value)
        text = f'<p class="lb lb-question">移除“{escape(_title(services, identifier))}”？检索和清单里不再有它，可以恢复。</p>'
        return identifier, text, gr.update(visible=True), gr.update(visible=False)

    def remove(identifier: str) -> tuple[str, dict[str, Any], dict[str, Any], int]:
        with shown_errors():
            title = full_title(services.library.remove(identifier))
            text = f'<p class="lb lb-question">已移除“{escape(title)}”。</p>'
            return text, gr.update(visible=False), gr.update(visible=True), services.library.revision

    def put_back(identifier: str) -> tuple[dict[str, Any], int]:
        with shown_errors():
            services.library.restore(identifier)
            return gr.update(visible=False), services.library.revision

    def refresh(bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (Gradio finds the bar by this default)
        return index_line(services, bar)

    job: dict[str, Any] = {"concurrency_id": JOB, "api_visibility": "private"}
    listing.remove(ask, None, [chosen, asked, question, done], **_QUIET)
    removed = confirm.click(remove, chosen, [told, question, done, revision], **_QUIET)
    removed.success(refresh, None, status, **job)
    undone = undo.click(put_back, chosen, [done, revision], **_QUIET)
    undone.success(refresh, None, status, **job)
    cancel.click(lambda: gr.update(visible=False), None, question, **_QUIET)
    close.click(lambda: gr.update(visible=False), None, done, **_QUIET)


def _title(services: Services, identifier: str) -> str:
    with shown_errors():
        return full_title(services.library.document(identifier))
