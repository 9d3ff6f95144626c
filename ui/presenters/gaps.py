"""Searches that wait for an answer (查无结果), and what was done about them."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from kb.judging.gaps import Gap, Handled, How, Reason
from kb.store.rows import StoredDocument, StoredPassage
from ui.presenters.labels import full_title

REASONS = {Reason.MISSED: "访客说没有找到", Reason.NOTHING: "没有结果", Reason.WEAK: "结果不太相关"}
HOWS = {How.SYNONYM: "加了说法", How.LINK: "链接了条文", How.CASE: "要写案例", How.IGNORED: "不处理"}
MOST_SHOWN = 100
_MOST_TEXTS = 5


def gaps_html(gaps: Sequence[Gap], *, logged: bool) -> str:
    """
    Draw what waits.

    :param logged: Whether searches are noted at all.
    """
    if not gaps:
        off = "" if logged else "检索记录已在设置里关掉（log_searches），只收“没有找到”的反馈。"
        return f'<p class="lb lb-none">没有待处理的问题。{off}</p>'
    shown = gaps[:MOST_SHOWN]
    rest = f"，只列前 {MOST_SHOWN} 组" if len(gaps) > MOST_SHOWN else ""
    cards = "".join(_card(gap) for gap in shown)
    return f'<div class="lb"><p class="lb-count" role="status">待处理 {len(gaps)} 组{rest}</p>{cards}</div>'


def handled_html(handled: Sequence[Handled]) -> str:
    """:returns: What was done, the latest first, each with a button that undoes it."""
    if not handled:
        return '<p class="lb lb-none">还没有处理过的问题。</p>'
    rows = "".join(
        f"<li><b>{HOWS[done.how]}</b>{_detail(done)}：{escape('；'.join(done.texts)) or '（没有指定问题）'} "
        f'<button type="button" data-do="undo" data-value="{done.id}" aria-label="撤销这次处理">撤销</button></li>'
        for done in handled[:MOST_SHOWN]
    )
    return f'<div class="lb"><ul class="gp-done">{rows}</ul></div>'


def cases_markdown(handled: Sequence[Handled]) -> str:
    """:returns: The cases to be written, as a list for whoever writes them."""
    wanted = [done for done in handled if done.how is How.CASE]
    lines = [f"- [ ] {done.texts[0]}" + _also(done.texts[1:]) for done in wanted if done.texts]
    return "# 要写的案例\n\n" + ("\n".join(lines) or "（没有）") + "\n"


def chosen_html(texts: Sequence[str]) -> str:
    """:returns: Heading of the sheet in which one gap is dealt with."""
    return f'<h3 class="lb gp-chosen">处理：{escape(texts[0])}{f"（等 {len(texts)} 种问法）" if len(texts) > 1 else ""}</h3>'


def candidates_html(found: Sequence[tuple[str, StoredDocument, StoredPassage]]) -> str:
    """
    Offer passages to link.

    :param found: Reference or document id, its document and its passage.
    """
    if not found:
        return '<p class="lb lb-none">没有查到；请换个说法，或直接写条文，如 民法典第二百七十八条。</p>'
    items = "".join(
        f'<li><button type="button" data-do="choose" data-value="{escape(ref)}">{_named(ref, document)}</button>'
        f"<small>{escape(passage.passage.text[:80])}</small></li>"
        for ref, document, passage in found
    )
    return f'<div class="lb"><ul class="gp-found">{items}</ul></div>'


def _named(ref: str, document: StoredDocument) -> str:
    return escape(full_title(document) if ref == document.document.id else ref)


def _card(gap: Gap) -> str:
    leader = gap.texts[0]
    reasons = "".join(f'<span class="gp-{why.value}">{REASONS[why]}</span>' for why in gap.reasons)
    before = f'<p class="gp-before">处理过（{HOWS[gap.before]}），之后又没有查到。</p>' if gap.before else ""
    others = gap.texts[1:_MOST_TEXTS]
    also = f'<p class="gp-also">也问过：{escape("；".join(others))}{" 等" if len(gap.texts) > _MOST_TEXTS else ""}</p>'
    return (
        f'<article class="lb-card gp"><h3><bdi>{escape(leader)}</bdi></h3>'
        f'<p class="gp-facts">{reasons}<span>{gap.count} 次</span><span>最近 {gap.last:%Y-%m-%d}</span></p>'
        f'{also if others else ""}{before}<p class="gp-acts">{_act("handle", leader, "加说法或链接")}'
        f"{_act('case', leader, '要写案例')}{_act('ignore', leader, '不处理')}"
        f'<a href="hits?q={quote(leader, safe="")}">试一试</a></p></article>'
    )


def _act(event: str, leader: str, name: str) -> str:
    return (
        f'<button type="button" data-do="{event}" data-value="{escape(leader)}" '
        f'aria-label="{name}：{escape(leader)}">{name}</button>'
    )


def _detail(done: Handled) -> str:
    if done.how is How.SYNONYM:
        return "（" + escape(" ＝ ".join(done.detail)) + "）"
    return "（" + escape("".join(done.detail)) + "）" if done.detail else ""


def _also(texts: Sequence[str]) -> str:
    return f"（也问过：{'；'.join(texts)}）" if texts else ""
