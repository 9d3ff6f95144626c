"""What a search found, as HTML; everything from the library and the visitor is escaped."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from kb.documents import Kind, Origin, Role, Status
from kb.store.rows import StoredDocument
from retrieval.query import Hit
from ui.inquiry import MOST_SHOWN, PAGE_SIZE, Findings, Section
from ui.presenters.highlight import WIDTH, snippet
from ui.presenters.labels import DIGEST, day_label, full_title
from ui.presenters.leads import leads_html
from ui.presenters.marking import marked, marker
from ui.presenters.standing import Setting, badges_html, in_force_today
from ui.presenters.view import address, comparison_address, shown_source

SECTIONS = {
    Kind.REGULATION: "法规条文",
    Kind.CASE: "案例",
    Kind.BULLETIN: "通报",
    Kind.PROCEDURE: "办事流程",
}
_OPEN_AT_FIRST = 4


def sections_html(findings: Findings) -> str:
    """
    Draw the hits kind by kind.

    With every kind on the page, a section opens with its first few hits and unfolds to the rest.
    """
    pattern = marker(findings.words)
    one_kind = findings.inquiry.kind is not None
    found = [hit.document for section in findings.sections for hit in section.hits]
    by_title = {stored.document.title: stored for stored in found}
    return "".join(_section(s, findings, pattern, by_title, whole=one_kind) for s in findings.visible)


def count_label(section: Section) -> str:
    """:returns: How many hits a section has, with ``+`` if there are more."""
    return f"{len(section.hits)}{'+' if section.more else ''}"


def citation(hit: Hit) -> str:
    """:returns: The hit as one would cite it: ``《民法典》第二百七十八条``."""
    document, passage = hit.document.document, hit.passage.passage
    name = f"《{document.short_title or document.title}》"
    if passage.role is Role.PROVISION:
        return name + passage.label + ("（要点，非法条原文）" if document.origin is Origin.DIGEST else "")
    return name + passage.label


def _section(
    section: Section,
    findings: Findings,
    pattern: re.Pattern[str] | None,
    by_title: Mapping[str, StoredDocument],
    *,
    whole: bool,
) -> str:
    setting = Setting(findings.today, findings.inquiry.as_of, findings.home_region)
    asked, changed = findings.inquiry.text, findings.changed
    cards = [
        hit_html(hit, pattern, asked, setting, changed.get(hit.document.key, ""), by_title)
        for hit in section.hits
    ]
    first = len(cards) if whole else _OPEN_AT_FIRST
    rest, name = cards[first:], SECTIONS[section.kind]
    body, more = "".join(cards[:first]), "".join(rest) + _next_link(section, findings, name)
    if rest:
        more = f'<details class="more"><summary>更多{name}（还有 {len(rest)} 条）</summary>{more}</details>'
    return (
        f'<section class="kind" aria-labelledby="kind-{section.kind}"><h2 id="kind-{section.kind}">{name}'
        f'<span class="count">{count_label(section)}</span></h2>{body}{more}</section>'
    )


def _next_link(section: Section, findings: Findings, name: str) -> str:
    inquiry = findings.inquiry
    if not section.more:
        return ""
    if inquiry.shown >= MOST_SHOWN:
        return f'<p class="aside">只列出最相近的 {MOST_SHOWN} 条；换个更具体的说法，能找得更准。</p>'
    shown = min(inquiry.shown + PAGE_SIZE, MOST_SHOWN)
    target = escape(inquiry.address(kind=section.kind, shown=shown))
    return f'<a class="next" href="{target}" data-open>再看 {PAGE_SIZE} 条{name}</a>'


def hit_html(
    hit: Hit,
    pattern: re.Pattern[str] | None,
    question: str,
    setting: Setting,
    changed: str = "",
    by_title: Mapping[str, StoredDocument] | None = None,
) -> str:
    """
    Draw one hit.

    :param pattern: Words to mark.
    :param question: What was asked, handed on to the reader.
    :param setting: Time and place of the search.
    :param changed: What changed in the provisions it rests on, or empty.
    :param by_title: Documents at hand, which what led to the hit may be linked with.
    """
    link = address(hit.document.document.id, hit.passage.position) + f"&amp;q={quote(question, safe='')}"
    if setting.another_day:
        link += f"&amp;day={setting.as_of}"
    return (
        f'<article class="hit"><h3><a class="hit-link" href="{link}">{_title(hit, pattern)}</a>{badges_html(hit, setting)}</h3>'
        f"{_path(hit)}{_text(hit, pattern)}{_gist(hit, pattern)}{_replaced(hit, setting)}{_changed(changed)}"
        f"{leads_html(hit.led_by, by_title or {})}"
        f'<div class="hit-foot"><p class="facts">{_facts(hit)}</p><p class="tools">'
        f'<span class="why">{_why(hit)}</span>'
        f'<button type="button" class="copy" data-cite="{escape(citation(hit))}">复制引用</button>'
        f'<a href="{link}">看上下文</a></p></div></article>'
    )


def _title(hit: Hit, pattern: re.Pattern[str] | None) -> str:
    passage = hit.passage.passage
    if passage.role is Role.PROVISION:
        name = hit.document.document.short_title or full_title(hit.document)
        return f'<bdi>{marked(name, pattern)}</bdi> <span class="no">{escape(passage.label)}</span>'
    return f"<bdi>{marked(full_title(hit.document), pattern)}</bdi>"


def _path(hit: Hit) -> str:
    passage = hit.passage.passage
    steps = [*passage.path]
    if passage.role is not Role.PROVISION and passage.label and passage.label not in steps:
        steps.append(passage.label)
    return f'<p class="path">{" › ".join(f"<bdi>{escape(s)}</bdi>" for s in steps)}</p>' if steps else ""


def _text(hit: Hit, pattern: re.Pattern[str] | None) -> str:
    text = hit.passage.passage.text
    own = hit.document.document.origin is Origin.DIGEST and hit.document.document.kind is Kind.REGULATION
    label = f'<p class="ours">{DIGEST}</p>' if own else ""
    whole = f'<div class="hit-text">{_paragraphs(text, pattern)}</div>'
    if len(text) <= WIDTH * 4 // 3:
        return label + whole
    return (
        f'{label}<p class="snippet">{snippet(text, pattern)}</p>'
        f'<details class="full"><summary>全文</summary>{whole}</details>'
    )


def _paragraphs(text: str, pattern: re.Pattern[str] | None) -> str:
    return "".join(f"<p>{marked(line, pattern)}</p>" for line in text.split("\n"))


def _gist(hit: Hit, pattern: re.Pattern[str] | None) -> str:
    if not hit.gist:
        return ""
    return f'<aside class="gist"><p class="ours">{DIGEST}</p>{_paragraphs(hit.gist, pattern)}</aside>'


def _replaced(hit: Hit, setting: Setting) -> str:
    validity = hit.document.validity
    newer = validity.replaced_by
    ended = hit.status in (Status.AMENDED, Status.REPEALED) or not in_force_today(hit, setting)
    if not ended or not newer:
        return ""
    compared = ""
    if validity.superseded and hit.document.document.origin is Origin.OFFICIAL:
        target = comparison_address(hit.document.document.id, newer, hit.passage.position, in_old=True)
        compared = f'　<a href="{target}">新旧对照</a>'
    return f'<p class="replaced">这一条今天已经不再适用。<a href="{address(newer)}">看取代它的规定</a>{compared}</p>'


def _changed(note: str) -> str:
    return f'<p class="changed">{escape(note)}</p>' if note else ""


def _facts(hit: Hit) -> str:
    document, validity = hit.document.document, hit.document.validity
    since, until = day_label(document.effective_from), day_label(validity.until)
    facts: Sequence[str] = (
        document.level.value if document.level else "",
        document.region,
        document.place if document.place != document.region else "",
        f"{since}起施行" if since else "",
        f"{until}失效" if until else "",
        f"{day_label(document.published)}发布" if document.published else "",
        f"来源：{shown_source(document.source)}" if document.source else "",
    )
    return "".join(f"<span><bdi>{escape(fact)}</bdi></span>" for fact in facts if fact)


def _why(hit: Hit) -> str:
    ranks = (("关键词", hit.keyword_rank), ("语义", hit.dense_rank))
    if any(rank for _, rank in ranks):
        return " · ".join(f"{name}第 {rank}" for name, rank in ranks if rank)
    return "相似问法" if hit.led_by else "点名"
