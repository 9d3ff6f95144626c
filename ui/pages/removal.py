"""Taking documents out of the library: asked first, undone at once or later."""

from html import escape
from typing import Any

import gradio as gr

from ui.pages.jobs import JOBS, QUIET, IndexJob, shown_errors
from ui.pages.listing import SCRIPT
from ui.presenters.labels import full_title
from ui.presenters.removed import removed_html
from ui.services import Services

_SHOW: dict[str, Any] = gr.update(visible=True)
_HIDE: dict[str, Any] = gr.update(visible=False)


class Handlers:
    """What happens when documents go and come back."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def ask(self, event: gr.EventData) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
        """Ask whether the document is meant."""
        with shown_errors():
            stored = self._services.library.document(str(event.value))
        question = f"移除“{full_title(stored)}”？检索和清单里不再有它；以后可以恢复。"
        return stored.document.id, _line(question), _SHOW, _HIDE

    def remove(self, identifier: str) -> tuple[str, dict[str, Any], dict[str, Any], int]:
        """Remove the document and offer to undo it."""
        with shown_errors():
            stored = self._services.library.remove(identifier)
            return _line(f"已移除“{full_title(stored)}”。"), _HIDE, _SHOW, self._services.library.revision

    def undo(self, identifier: str) -> tuple[dict[str, Any], int]:
        """Bring back what was just removed."""
        with shown_errors():
            self._services.library.restore(identifier)
            return _HIDE, self._services.library.revision

    def show_removed(self, _revision: int) -> str:
        """List what was removed."""
        with shown_errors():
            return removed_html(self._services.library.documents(removed=True))

    def restore(self, event: gr.EventData) -> int:
        """Bring back a document of that list."""
        with shown_errors():
            self._services.library.restore(str(event.value))
            return self._services.library.revision


def build_sheets(services: Services, revision: gr.State, status: gr.HTML, listing: gr.HTML) -> None:
    """
    Lay out the question before a removal and the offer to undo it.

    :param revision: The library's revision as this page knows it; changed here.
    :param status: Where the job on the index shows how far it is.
    :param listing: The list whose ``remove`` event starts it all.
    """
    chosen = gr.State("")
    with gr.Column(visible=False, elem_classes="lb-sheet") as question:
        asked = gr.HTML(apply_default_css=False)
        with gr.Row():
            cancel = gr.Button("取消", elem_id="cancel")
            confirm = gr.Button("移除", variant="primary", elem_id="confirm")
    with gr.Column(visible=False, elem_classes="lb-sheet") as done:
        told = gr.HTML(apply_default_css=False)
        with gr.Row():
            undo = gr.Button("撤销", elem_id="undo")
            close = gr.Button("知道了", elem_id="close")

    handlers, job = Handlers(services), IndexJob(services)
    listing.remove(handlers.ask, None, [chosen, asked, question, done], **QUIET)
    removed = confirm.click(handlers.remove, chosen, [told, question, done, revision], **QUIET)
    undone = undo.click(handlers.undo, chosen, [done, revision], **QUIET)
    for event in (removed, undone):
        event.success(job.update, None, status, **JOBS)
    cancel.click(lambda: _HIDE, None, question, **QUIET)
    close.click(lambda: _HIDE, None, done, **QUIET)


def build_restoring(services: Services, revision: gr.State, status: gr.HTML) -> None:
    """Lay out the list of removed documents; parameters as in `build_sheets`."""
    removed = gr.HTML(apply_default_css=False, js_on_load=SCRIPT.read_text(encoding="utf-8"))

    handlers = Handlers(services)
    gr.on(None, handlers.show_removed, revision, removed, **QUIET)
    restored = removed.restore(handlers.restore, None, revision, **QUIET)
    restored.success(IndexJob(services).update, None, status, **JOBS)


def _line(text: str) -> str:
    return f'<p class="lb lb-question">{escape(text)}</p>'
