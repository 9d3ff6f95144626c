"""Everything the search page says besides its hits: welcome, notices, and why there is nothing."""

from collections.abc import Sequence
from datetime import UTC
from html import escape

from kb.documents import Kind, Status
from kb.store.rows import StoredDocument
from retrieval.query import Mode
from ui.inquiry import ALL, LONGEST, Findings, Inquiry
from ui.presenters.hits import SECTIONS
from ui.presenters.labels import STATUSES, day_label

EXAMPLES = (
    "物业公司要撤场，提前多久通知",
    "业委会到期不换届怎么办",
    "楼上漏水不让进门修",
    "楼道堆物屡清屡堆",
    "动用维修资金要多少业主同意",
)
_UNITS = {Kind.REGULATION: "部", Kind.CASE: "篇", Kind.BULLETIN: "篇", Kind.PROCEDURE: "项"}
_NAMES = {**SECTIONS, Kind.REGULATION: "法规"}


def welcome_html(documents: Sequence[StoredDocument]) -> str:
    """:returns: Example questions, and what the library holds."""
    if not documents:
        return (
            '<div class="landing"><div class="empty"><h2>资料库还是空的</h2>'
            '<p>请到<a href="library">资料库</a>收录文件，收录后就能在这里查。</p></div></div>'
        )
    chips = "".join(
        f'<li><a class="chip" href="{escape(Inquiry(text).address())}" data-open>{text}</a></li>'
        for text in EXAMPLES
    )
    return f'<div class="landing"><h2 class="quiet">可以这样问</h2><ul class="chips">{chips}</ul>{_holdings(documents)}</div>'


def summary_html(findings: Findings) -> str:
    """:returns: How many were found and how long it took, for everyone to see and hear."""
    visible = findings.visible
    count = sum(len(section.hits) for section in visible)
    about = "余" if any(section.more for section in visible) else ""
    return f'<p class="summary" role="status">约 {count} {about}条，用时 {max(1, round(findings.took_ms))} 毫秒</p>'


def scope_html(findings: Findings, home_region: str) -> str:
    """:returns: What the filters leave out, with the link that takes them back; empty if there is nothing to say."""
    inquiry, hidden = findings.inquiry, findings.facets.hidden
    day = f"按 {day_label(inquiry.as_of)}当天的规定。" if inquiry.as_of else ""
    today = _link(inquiry.address(as_of=None), "回到今天") if day else ""
    if inquiry.region == ALL and inquiry.status == ALL:
        back = _link(inquiry.address(region="", status=""), f"只看现行的全国和{home_region}规定")
        return f'<p class="scope">{day}{today} 各地、各时期的法规都在内，包括已经失效的。{back}</p>'
    if not hidden or inquiry.kind not in (None, Kind.REGULATION):
        return f'<p class="scope">{day}{today}</p>' if day else ""
    scope = "、".join([_status_name(inquiry.status), _region_name(inquiry.region, home_region)])
    everything = _link(inquiry.address(region=ALL, status=ALL), "全部显示")
    return (
        f'<p class="scope">{day}{today} 法规只看<b>{escape(scope)}</b>的，'
        f"另有 {hidden} 条相近的没有显示{_hidden_statuses(findings)}。{everything}</p>"
    )


def notices_html(findings: Findings, model_problem: str, *, wants_vectors: bool) -> str:
    """
    Tell of everything that makes the answer less than it could be.

    :param model_problem: Why there is no model, if the last index update said so.
    """
    notices = []
    if findings.inquiry.cut:
        notices.append(f"问题太长，只查了前 {LONGEST} 个字。")
    if findings.mode is Mode.LEXICAL and wants_vectors:
        notices.append(
            model_problem or "没有可用的语义模型，现在只按关键词查；运行 andian doctor 看怎样补上。"
        )
    elif findings.mode is Mode.LEXICAL:
        notices.append("设置里关掉了语义模型，现在只按关键词查：意思相近、用词不同的资料可能查不到。")
    return "".join(notice_html(text) for text in notices)


def notice_html(text: str, *, grave: bool = False) -> str:
    """:returns: One line that stands out; `grave` where something must be done about it."""
    return f'<p class="notice{" grave" if grave else ""}" role="{"alert" if grave else "note"}">{escape(text)}</p>'


def nothing_html(findings: Findings, other_words: Sequence[str]) -> str:
    """
    Say that nothing was found and what to try.

    :param other_words: Other names of what was asked for.
    """
    inquiry = findings.inquiry
    tips = []
    if other_words:
        links = "".join(f" {_link(Inquiry(word).address(), word)}" for word in other_words)
        tips.append(f"换个说法：{links}")
    if len(findings.words) > 1:
        shorter = "".join(f" {_link(inquiry.address(text=word), word)}" for word in findings.words[:4])
        tips.append(f"少写几个词，只留最要紧的：{shorter}")
    if inquiry != Inquiry(inquiry.text, cut=inquiry.cut):
        tips.append(_link(Inquiry(inquiry.text).address(), "去掉筛选条件再查"))
    if findings.facets.hidden:
        everything = _link(inquiry.address(region=ALL, status=ALL, kind=None, topic=""), "全部显示")
        tips.append(f"有 {findings.facets.hidden} 条相近的被筛选条件挡住了：{everything}")
    tips.append('资料库里可能没有这方面的资料，可以到<a href="library">资料库</a>收录')
    listed = "".join(f"<li>{tip}</li>" for tip in tips)
    return f'<div class="empty" role="status"><h2>没有查到“<bdi>{escape(inquiry.text)}</bdi>”</h2><ul>{listed}</ul></div>'


def _holdings(documents: Sequence[StoredDocument]) -> str:
    parts = []
    for kind in Kind:
        of_kind = [d for d in documents if d.document.kind is kind]
        articles = f"（{sum(d.passages for d in of_kind)} 条）" if kind is Kind.REGULATION else ""
        if of_kind:
            parts.append(f"<li><b>{len(of_kind)}</b> {_UNITS[kind]}{_NAMES[kind]}{articles}</li>")
    newest = max(d.saved_at for d in documents).replace(tzinfo=UTC).astimezone()
    return f'<ul class="holdings">{"".join(parts)}</ul><p class="updated">最近更新：{day_label(newest.date())}</p>'


def _hidden_statuses(findings: Findings) -> str:
    counts = findings.facets.statuses
    if findings.inquiry.status:
        return ""
    parts = [f"{STATUSES[s]} {counts[s]} 条" for s in Status if s is not Status.IN_FORCE and counts.get(s)]
    return f"（其中{'、'.join(parts)}）" if parts else ""


def _status_name(status: str) -> str:
    return "不论是否有效" if status == ALL else STATUSES[Status(status or Status.IN_FORCE)]


def _region_name(region: str, home_region: str) -> str:
    return "各地" if region == ALL else f"全国和{region or home_region}"


def _link(target: str, text: str) -> str:
    return f'<a href="{escape(target)}" data-open>{escape(text)}</a>'
