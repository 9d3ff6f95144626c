"""命中测试 · 查无结果: searches that nobody answered, and what an administrator does about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import gradio as gr

from kb.errors import InputError
from kb.judging.gaps import Gap, How, open_gaps
from kb.store.rows import StoredDocument, StoredPassage
from retrieval.query import Query
from ui.inquiry import Inquiry
from ui.pages.downloading import saving
from ui.pages.jobs import JOBS, QUIET, IndexJob, shown_errors
from ui.pages.trying import existing
from ui.presenters.gaps import candidates_html, cases_markdown, chosen_html, gaps_html, handled_html
from ui.region import home_region
from ui.services import Services

_OFFERED = 8
_SHOW: dict[str, Any] = gr.update(visible=True)
_HIDE: dict[str, Any] = gr.update(visible=False)
_HELP = (
    '<p class="lb lb-help">没有结果、结果不太相关，或访客点了“没有找到”的问题，相近的归在一起。'
    "检索记录只存在本机，不记是谁、从哪里查的，最多留 2 万条。</p>"
)

Lists = tuple[str, str]


class Handlers:
    """What happens to unanswered searches; those being dealt with are a list of wordings."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def lists(self) -> Lists:
        """Draw what waits and what was done."""
        with shown_errors():
            handled = self._services.library.additions.handled()
            waiting = gaps_html(self._open(), logged=self._services.settings.log_searches)
            return waiting, handled_html(handled)

    def choose(self, event: gr.EventData) -> tuple[Any, ...]:
        """Open the sheet for one gap."""
        texts = self._texts(event.value)
        return texts, chosen_html(texts), "", "", texts[0], self.find(texts[0]), _SHOW

    def write_case(self, event: gr.EventData) -> Lists:
        """Put one gap on the list of cases to be written."""
        return self._set_aside(event.value, How.CASE)

    def ignore(self, event: gr.EventData) -> Lists:
        """Settle one gap by doing nothing."""
        return self._set_aside(event.value, How.IGNORED)

    def add_synonym(self, texts: Sequence[str], term: str, alias: str) -> tuple[Any, ...]:
        """Let one name stand for another, and close the sheet."""
        with shown_errors():
            self._services.add_synonym(term, alias, texts)
        return *self.lists(), _HIDE

    def find(self, text: str) -> str:
        """Offer passages to link: the one whose reference was typed, then what a search finds."""
        services, found = self._services, []
        with shown_errors():
            if text.strip():
                found = _by_reference(services, text) + self._searched(text)
        return candidates_html(found)

    def link(self, event: gr.EventData, texts: Sequence[str]) -> tuple[Any, ...]:
        """Link the chosen passage, and close the sheet."""
        with shown_errors():
            self._services.library.additions.link(texts, existing(self._services, str(event.value)))
        return *self.lists(), _HIDE

    def undo(self, event: gr.EventData) -> Lists:
        """Take back what was done; its searches wait again."""
        number = str(event.value)
        if number.isascii() and number.isdigit() and len(number) < 12:
            with shown_errors():
                self._services.undo_handling(int(number))
        return self.lists()

    def cases(self) -> str:
        """Write the list of cases to be written."""
        with shown_errors():
            return cases_markdown(self._services.library.additions.handled())

    def clear(self) -> tuple[Any, ...]:
        """Forget every noted search."""
        with shown_errors():
            self._services.library.searches.clear()
        return *self.lists(), _HIDE

    def _open(self) -> list[Gap]:
        library = self._services.library
        words = self._services.segmenter.query_words
        return open_gaps(library.searches.all(), library.additions.handled(), words)

    def _texts(self, leader: Any) -> list[str]:
        gap = next((gap for gap in self._open() if gap.texts[0] == leader), None)
        with shown_errors():
            if gap is None:
                raise InputError("这个问题已经处理过了", remedy="请刷新网页")
        return list(gap.texts) if gap else []

    def _set_aside(self, leader: Any, how: How) -> Lists:
        texts = self._texts(leader)
        with shown_errors():
            self._services.library.additions.set_aside(texts, how)
        return self.lists()

    def _searched(self, text: str) -> list[tuple[str, StoredDocument, StoredPassage]]:
        usual = Inquiry().filter(home_region(self._services), date.today())
        query = Query(text, usual, _OFFERED)
        return [(hit.ref, hit.document, hit.passage) for hit in self._services.searcher.search(query).hits]


def build(services: Services, script: str) -> None:
    """
    Lay out the tab.

    :param script: Script of lists with buttons.
    """
    gr.HTML(_HELP, apply_default_css=False)
    with gr.Row(elem_classes="lb-actions"):
        cases = gr.Button("导出要写的案例", elem_id="export-cases")
        clear = gr.Button("清空检索记录", elem_id="clear-log")
    status = gr.HTML(apply_default_css=False, elem_id="gaps-status")
    waiting = gr.HTML(elem_id="gaps", apply_default_css=False, js_on_load=script)
    with gr.Accordion("处理过的", open=False):
        done = gr.HTML(elem_id="handled", apply_default_css=False, js_on_load=script)
    sheet = gr.Textbox(visible=False)

    handlers, lists = Handlers(services), [waiting, done]
    gr.on(None, handlers.lists, None, lists, **QUIET)
    waiting.case(handlers.write_case, None, lists, **QUIET)
    waiting.ignore(handlers.ignore, None, lists, **QUIET)
    done.undo(handlers.undo, None, lists, **QUIET).success(IndexJob(services).update, None, status, **JOBS)
    cases.click(handlers.cases, None, sheet, **QUIET).then(
        None, sheet, None, js=saving("要写的案例.md", "text/markdown")
    )
    _build_sheet(services, handlers, lists, status, script)
    _build_clearing(handlers, lists, clear)


def _build_sheet(
    services: Services, handlers: Handlers, lists: list[gr.HTML], status: gr.HTML, script: str
) -> None:
    """Lay out the sheet in which one gap gets another name or a passage."""
    chosen = gr.State([])
    with gr.Column(visible=False, elem_classes="lb-sheet gp-sheet", elem_id="gap-sheet") as opened:
        heading = gr.HTML(apply_default_css=False)
        with gr.Row(elem_classes="gp-names"):
            term = gr.Textbox(
                label="资料里的说法",
                placeholder="如 维修资金",
                max_length=20,
                max_lines=1,
                min_width=0,
                elem_id="term",
            )
            alias = gr.Textbox(
                label="问的人的说法",
                placeholder="如 修缮款",
                max_length=20,
                max_lines=1,
                min_width=0,
                elem_id="alias",
            )
            add = gr.Button("加说法", scale=0, min_width=90, elem_id="add-synonym")
        words = gr.Textbox(
            label="链接到一条",
            placeholder="查一查，或直接写 民法典第二百七十八条",
            max_length=200,
            max_lines=1,
            elem_id="link-words",
        )
        found = gr.HTML(elem_id="link-found", apply_default_css=False, js_on_load=script)
        close = gr.Button("取消", elem_id="close-gap")

    lists[0].handle(handlers.choose, None, [chosen, heading, term, alias, words, found, opened], **QUIET)
    words.submit(handlers.find, words, found, **QUIET)
    added = add.click(handlers.add_synonym, [chosen, term, alias], [*lists, opened], **QUIET)
    linked = found.choose(handlers.link, chosen, [*lists, opened], **QUIET)
    for event in (added, linked):
        event.success(IndexJob(services).update, None, status, **JOBS)
    close.click(lambda: _HIDE, None, opened, **QUIET)


def _build_clearing(handlers: Handlers, lists: list[gr.HTML], clear: gr.Button) -> None:
    with gr.Column(visible=False, elem_classes="lb-sheet") as question:
        gr.HTML(
            '<p class="lb lb-question">清空检索记录？待处理的问题也随之清空，不能恢复；处理过的不受影响。</p>',
            apply_default_css=False,
        )
        with gr.Row():
            cancel = gr.Button("取消", elem_id="keep-log")
            confirm = gr.Button("清空", variant="primary", elem_id="confirm-clear")
    clear.click(lambda: _SHOW, None, question, **QUIET)
    cancel.click(lambda: _HIDE, None, question, **QUIET)
    confirm.click(handlers.clear, None, [*lists, question], **QUIET)


def _by_reference(services: Services, text: str) -> list[tuple[str, StoredDocument, StoredPassage]]:
    passages = services.library.passages_of_ref(text)[:1]
    documents = services.library.documents_by_key({p.document_key for p in passages})
    return [(p.passage.ref, documents[p.document_key], p) for p in passages]
