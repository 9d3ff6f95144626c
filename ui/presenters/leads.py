"""What led to a provision besides its own text, in one quiet line."""

from collections.abc import Mapping, Sequence
from html import escape

from kb.documents import Kind
from kb.entrances import Source
from kb.store.rows import StoredDocument
from retrieval.query import Lead
from ui.presenters.view import address

MOST, LONGEST = 2, 40
"""Leads shown with one provision, and characters of each."""
_NAMES = {
    Source.QUERY: "别人也这样问",
    Source.LINKED: "别人也这样问",
    Source.QUESTION: "题库里问过",
    Source.TERM: "词条",
    Source.DOCUMENT: "相关资料",
}
_DOCUMENTS = {Kind.CASE: "类似案例", Kind.PROCEDURE: "办事流程", Kind.REGULATION: "对照辨析"}


def leads_html(leads: Sequence[Lead], by_title: Mapping[str, StoredDocument]) -> str:
    """
    Draw what led to a provision; nothing if nothing did.

    :param by_title: Documents at hand; a lead that is one of them is a link to it.
    """
    shown = "".join(_lead(lead, by_title.get(lead.text)) for lead in leads[:MOST])
    return f'<p class="leads">{shown}</p>' if shown else ""


def lead_line(leads: Sequence[Lead], most: int = MOST) -> str:
    """:returns: The same on one line of plain text; empty if nothing led there."""
    return " / ".join(f"{_NAMES[lead.source]}：{_shown(lead)}" for lead in leads[:most])


def _lead(lead: Lead, document: StoredDocument | None) -> str:
    name, text = _NAMES[lead.source], f"<bdi>{escape(_shown(lead))}</bdi>"
    if lead.source is Source.DOCUMENT and document is not None:
        name = _DOCUMENTS.get(document.document.kind, name)
        text = f'<a href="{address(document.document.id)}">{text}</a>'
    return f"<span>{name}：{text}</span>"


def _shown(lead: Lead) -> str:
    """:returns: A title in its marks, a term without its meaning, a question; short and on one line."""
    text = " ".join(lead.text.split())
    if lead.source is Source.TERM:
        text = text.partition("：")[0]
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"《{short}》" if lead.source is Source.DOCUMENT else short
