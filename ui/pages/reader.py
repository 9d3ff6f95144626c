"""阅读 `/read?doc=ID&at=POSITION&q=words&day=DAY`: one document, at the passage that was asked for."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

from kb.errors import NotFound
from kb.store.rows import StoredDocument
from ui.pages.gathering import gather
from ui.pages.jobs import JOBS, QUIET, refresh_index, shown_errors
from ui.presenters.document import document_html, missing_html, nothing_html, removed_html
from ui.presenters.labels import full_title
from ui.services import Services
from ui.timeline import read_day

_SCRIPT = Path(__file__).parent.parent / "static" / "components" / "reader.js"
_LONGEST_ID, _LONGEST_QUERY = 300, 200


class Request(NamedTuple):
    """What the address asks for."""

    document_id: str
    at: int | None
    query: str
    day: date | None = None


def build(services: Services) -> None:
    """Lay out the page and wire its handlers, inside the route that the app has opened."""
    text = gr.HTML(elem_id="reader", apply_default_css=False, js_on_load=_SCRIPT.read_text(encoding="utf-8"))
    removed = gr.State("")
    restore = gr.Button("恢复这份资料", visible=False, variant="primary", elem_id="reader-restore")
    outputs = [text, restore, removed]

    def open_page(request: gr.Request) -> tuple[str, dict[str, Any], str]:
        return show(services, parse(request.query_params))

    def restore_document(
        document_id: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 (Gradio finds the bar by this default)
    ) -> tuple[str, dict[str, Any], str]:
        with shown_errors():
            services.library.restore(document_id)
        gr.Info(refresh_index(services, bar))
        return show(services, Request(document_id, None, ""))

    gr.on(None, open_page, None, outputs, **QUIET)
    restore.click(restore_document, removed, outputs, **JOBS)


def parse(params: Mapping[str, str]) -> Request:
    """:returns: The request in a query string; what makes no sense in it is left out."""
    at = params.get("at", "")
    position = int(at) if at.isascii() and at.isdigit() and len(at) < 7 else None
    document_id, query = params.get("doc", "").strip(), params.get("q", "").strip()
    return Request(
        document_id[:_LONGEST_ID], position, query[:_LONGEST_QUERY], read_day(params.get("day", ""))
    )


def show(services: Services, wanted: Request) -> tuple[str, dict[str, Any], str]:
    """:returns: The page's HTML, the restore button, and the id that it restores."""
    hidden = gr.update(visible=False)
    if not wanted.document_id:
        return nothing_html(), hidden, ""
    with shown_errors():
        try:
            words = services.segmenter.query_words(wanted.query) if wanted.query else []
            view = gather(
                services.library,
                wanted.document_id,
                wanted.at,
                words,
                date.today(),
                services.links,
                wanted.day,
            )
            services.log_opened(wanted.query)
        except NotFound:
            gone = _removed(services, wanted.document_id)
            if gone is None:
                return missing_html(wanted.document_id), hidden, ""
            return removed_html(full_title(gone)), gr.update(visible=True), wanted.document_id
    return document_html(view), hidden, ""


def _removed(services: Services, document_id: str) -> StoredDocument | None:
    gone = services.library.documents(removed=True)
    return next((d for d in gone if d.document.id == document_id), None)
