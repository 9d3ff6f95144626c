"""Two versions of a rule side by side, changed words marked by colour and by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape

from kb.comparison.compare import Change, Comparison
from kb.documents import Kind, Origin
from kb.store.rows import StoredDocument
from ui.presenters.comparison_row import CHANGES, row_html
from ui.presenters.labels import DIGEST, KINDS, day_label, full_title
from ui.presenters.versions import badge_html, with_version
from ui.presenters.view import address, comparison_address


class Show(StrEnum):
    """Which provisions are in sight."""

    CHANGES = "changes"
    ALL = "all"
    CHANGED = "changed"
    ADDED = "added"
    DELETED = "deleted"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two documents and what lies between them."""

    old: StoredDocument
    new: StoredDocument
    comparison: Comparison
    today: date
    versions: Sequence[StoredDocument] = ()
    """The texts that may be put in place of either, oldest first."""
    row: int | None = None
    """The row that was asked for."""
    show: Show = Show.CHANGES


def comparison_html(sides: SideBySide) -> str:
    """:returns: The comparison as one piece of safe HTML."""
    addresses = address(sides.old.document.id), address(sides.new.document.id)
    rows = "".join(
        row_html(number, row, sides.comparison, addresses) for number, row in enumerate(sides.comparison.rows)
    )
    name = escape(sides.new.document.short_title or full_title(sides.new))
    asked = "" if sides.row is None else f' data-asked="{sides.row}"'
    return (
        f'<div class="rd cp" lang="zh-CN" data-title="{name}新旧对照" data-show="{sides.show.value}"{asked}>'
        f"{_head(sides, name)}{_toolbar(sides)}"
        f'<div class="cp-columns" aria-hidden="true"><span>旧：{_column(sides.old)}</span><span>新：{_column(sides.new)}</span></div>'
        f'<article class="rd-text cp-rows">{rows}<p class="cp-empty" role="status" hidden>{_nothing(sides)}</p></article>'
        f'<footer class="rd-foot">对照由程序逐条比对，条文以官方文本为准。打印日期：{day_label(sides.today)}　案典</footer></div>'
    )


def choices_html(rules: Sequence[Sequence[StoredDocument]]) -> str:
    """
    Offer what can be compared.

    :param rules: For each rule its texts, oldest first, at least two.
    """
    items = "".join(
        f'<li><a href="{comparison_address(texts[-2].document.id, texts[-1].document.id)}">'
        f"{escape(texts[-1].document.short_title or full_title(texts[-1]))}</a> "
        f"<small>{len(texts)} 个文本：{escape('、'.join(filter(None, map(_day, texts))))}</small></li>"
        for texts in rules
    )
    if not items:
        return missing_html("资料库里每部法规都只有一个文本", "收录同一部法规的旧文本后，就能在这里对照。")
    return (
        '<div class="rd cp" lang="zh-CN" data-title="新旧对照"><header class="rd-head"><h1>新旧对照</h1>'
        f'<p class="rd-kicker">这些法规有新旧几个文本，点一部看改了什么。</p></header><ul class="cp-choices">{items}</ul></div>'
    )


def missing_html(title: str, text: str) -> str:
    """:returns: A page without a comparison; `text` says what to do."""
    links = '<a href="compare">可以对照的法规</a><a href="library">去资料库</a>'
    return (
        f'<div class="rd-empty"><h1>{escape(title)}</h1><p>{escape(text)}</p>'
        f'<p class="rd-links">{links}</p></div>'
    )


def _head(sides: SideBySide, name: str) -> str:
    document = sides.new.document
    kicker = ["新旧对照", KINDS[document.kind]]
    if document.kind is Kind.REGULATION:
        kicker += [document.level.value if document.level else "", document.region]
    line = " · ".join(escape(part) for part in kicker if part)
    return (
        f'<header class="rd-head"><p class="rd-kicker">{line}</p><h1>{name}</h1>'
        f'<div class="cp-texts">{_text(sides, sides.old, old=True)}{_text(sides, sides.new, old=False)}</div>'
        f"{_warnings(sides)}</header>"
    )


def _text(sides: SideBySide, stored: StoredDocument, *, old: bool) -> str:
    document = stored.document
    since, until = day_label(document.effective_from), day_label(stored.validity.until)
    facts = "，".join(filter(None, [since and f"{since}起施行", until and f"{until}起不再适用"]))
    others = "".join(
        f'<li><a href="{_swapped(sides, other, old=old)}">{escape(with_version(other))}</a></li>'
        for other in sides.versions
        if other.document.id not in (sides.old.document.id, sides.new.document.id)
    )
    change = (
        f'<details class="rd-more"><summary>换一个文本</summary><ul>{others}</ul></details>' if others else ""
    )
    return (
        f'<div class="cp-text"><b>{"旧" if old else "新"}</b> <a href="{address(document.id)}">'
        f"{escape(with_version(stored))}</a>{badge_html(stored.status_on(sides.today))}<p>{facts}</p>{change}</div>"
    )


def _nothing(sides: SideBySide) -> str:
    if any(row.differs for row in sides.comparison.rows):
        return "没有这样的条文。"
    return "两个文本的文字没有差别；点“全部”看全文。"


def _swapped(sides: SideBySide, other: StoredDocument, *, old: bool) -> str:
    one, two = sides.old.document.id, sides.new.document.id
    return comparison_address(other.document.id, two) if old else comparison_address(one, other.document.id)


def _warnings(sides: SideBySide) -> str:
    one, two = sides.old.document, sides.new.document
    warnings = []
    if Origin.DIGEST in (one.origin, two.origin):
        warnings.append(f"其中有{DIGEST}，用词不同不等于法律改了。")
    if one.short_title != two.short_title or one.region != two.region:
        warnings.append("这是两部不同的规定，只按文字相近配对。")
    if one.part != two.part:
        warnings.append("其中一份只有这部法律的一部分，另一份多出的条文会显示为新增或删去。")
    return "".join(f'<p class="rd-origin" role="note">{escape(text)}</p>' for text in warnings)


def _toolbar(sides: SideBySide) -> str:
    comparison = sides.comparison
    counts = {change: comparison.count(change) for change in Change}
    changes = sum(row.differs for row in comparison.rows)
    offered = [(Show.CHANGES, "只看有变化的", changes)]
    offered += [(Show(change.value), CHANGES[change], counts[change]) for change in Change]
    offered += [(Show.MOVED, "换了位置", comparison.moved), (Show.ALL, "全部", len(comparison.rows))]
    buttons = "".join(
        f'<button type="button" data-only="{show.value}" aria-pressed="{str(show is sides.show).lower()}">'
        f"{name} <b>{count}</b></button>"
        for show, name, count in offered
        if count or show in (Show.CHANGES, Show.ALL)
    )
    numbered = f"另有 {comparison.renumbered} 条换了条号。" if comparison.renumbered else ""
    return (
        f'<div class="cp-filter" role="group" aria-label="看哪些条文">{buttons}</div>'
        f'<p class="cp-legend"><del>删掉的字</del><ins>新加的字</ins>{numbered}</p>'
        '<div class="rd-bar" role="toolbar" aria-label="对照工具">'
        '<button type="button" data-go="-1" title="快捷键 k 或 ←">上一处</button>'
        '<button type="button" data-go="1" title="快捷键 j 或 →">下一处</button>'
        '<form class="cp-jump"><label><span>到第 </span><input name="number" placeholder="条号" maxlength="6" size="4" '
        'aria-label="条号，如 75；旧文本的条号写 旧75"><span> 条</span></label><button>跳到</button></form>'
        '<span class="rd-gap" role="status"></span><button type="button" data-print>打印</button></div>'
    )


def _column(stored: StoredDocument) -> str:
    return escape(_day(stored) or full_title(stored))


def _day(stored: StoredDocument) -> str:
    day = day_label(stored.document.version_date)
    return f"{day}文本" if day else ""
