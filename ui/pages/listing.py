"""The list of the library: filter, order, page and export."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from kb.documents import Kind, Status
from ui.pages.jobs import QUIET, shown_errors
from ui.presenters.catalogue import SORTS, Selection, list_html, select, topics
from ui.presenters.labels import COLLECTIONS, KINDS, STATUSES
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

Place = tuple[str, int]
"""Where the reader is in the list: its order and page."""
START: Place = ("title", 0)


class Handlers:
    """What happens on the list; the inputs of all are the filters' values and, last, the `Place`."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def narrow(self, *values: Any) -> tuple[str, Place]:
        """Show the first page of what the filters leave."""
        return self._draw(values, (values[-1][0], 0))

    def redraw(self, *values: Any) -> tuple[str, Place]:
        """Show the same page of a library that has changed."""
        return self._draw(values, values[-1])

    def sort(self, event: gr.EventData, *values: Any) -> tuple[str, Place]:
        """Show the first page in another order."""
        return self._draw(values, (str(event.value), 0))

    def turn(self, event: gr.EventData, *values: Any) -> tuple[str, Place]:
        """Show another page."""
        page = str(event.value)
        return self._draw(values, (values[-1][0], int(page) if page.isdigit() and len(page) < 7 else 0))

    def topics(self) -> dict[str, Any]:
        """Offer the topics that the library has."""
        with shown_errors():
            names = topics(self._services.library.documents())
        return gr.update(choices=[("全部主题", ""), *((name, name) for name in names)])

    def export(self, *values: Any) -> str:
        """Write all pages of the list as CSV."""
        with shown_errors():
            found = select(self._services.library.documents(), _selection(values, values[-1]), date.today())
        return catalogue_csv(found, date.today())

    def _draw(self, values: Sequence[Any], place: Place) -> tuple[str, Place]:
        wanted = _selection(values, place)
        with shown_errors():
            found = select(self._services.library.documents(), wanted, date.today())
        return list_html(found, wanted, date.today()), place


def build(services: Services, revision: gr.State) -> gr.HTML:
    """
    Lay out the list.

    :param revision: The library's revision as this page knows it; a change of it redraws the list.
    :returns: The list, whose ``remove`` event carries the id of the document to remove.
    """
    filters = _filters()
    listing = gr.HTML(apply_default_css=False, js_on_load=SCRIPT.read_text(encoding="utf-8"))
    export = gr.Button("导出清单（CSV）", elem_id="export")
    sheet = gr.Textbox(visible=False)
    place = gr.State(START)

    handlers = Handlers(services)
    inputs, outputs = [*filters, place], [listing, place]
    gr.on([f.change for f in filters], handlers.narrow, inputs, outputs, trigger_mode="always_last", **QUIET)
    gr.on([revision.change], handlers.redraw, inputs, outputs, **QUIET)
    gr.on(None, lambda: handlers.narrow(*[""] * len(filters), START), None, outputs, **QUIET)
    gr.on(None, handlers.topics, None, filters[3], **QUIET)
    listing.sort(handlers.sort, inputs, outputs, **QUIET)
    listing.turn(handlers.turn, inputs, outputs, **QUIET)
    export.click(handlers.export, inputs, sheet, **QUIET).then(None, sheet, None, js=_DOWNLOAD)
    return listing


def _selection(values: Sequence[Any], place: Place) -> Selection:
    words, kind, standing, topic, collection = (str(value or "")[:_LONGEST] for value in values[:5])
    sort, page = place
    return Selection(words, kind, standing, topic, collection, sort if sort in SORTS else START[0], page)


def _filters() -> list[gr.Textbox | gr.Dropdown]:
    kinds = [("全部类型", ""), *((KINDS[kind], kind.value) for kind in Kind)]
    standings = [("全部效力", ""), *((STATUSES[status], status.value) for status in Status)]
    collections = [("全部来源", ""), *((name, key) for key, name in COLLECTIONS.items())]
    with gr.Row(elem_classes="lb-filters"):
        words = gr.Textbox(
            label="查找",
            placeholder="标题、机关、地区、来源",
            scale=2,
            min_width=180,
            max_length=_LONGEST,
            elem_id="find",
        )
        return [
            words,
            gr.Dropdown(kinds, value="", label="类型", min_width=110, elem_id="kind"),
            gr.Dropdown(standings, value="", label="效力", min_width=110, elem_id="standing"),
            gr.Dropdown([("全部主题", "")], value="", label="主题", min_width=110, elem_id="topic"),
            gr.Dropdown(collections, value="", label="收录", min_width=110, elem_id="collection"),
        ]
