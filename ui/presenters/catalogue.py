"""The list of what the library holds: choosing, ordering and drawing it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from kb.documents import Kind, Origin, Status
from kb.store.rows import StoredDocument
from ui.presenters.labels import COLLECTIONS, KINDS, STATUSES, day_label, full_title
from ui.presenters.versions import badge_html
from ui.presenters.view import address, shown_source

PAGE = 50
"""Rows of one page of the list."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What the list is narrowed to; empty means everything."""

    words: str = ""
    kind: str = ""
    status: str = ""
    topic: str = ""
    collection: str = ""
    sort: str = "title"
    page: int = 0


def text_day(stored: StoredDocument) -> date | None:
    """:returns: The day of the text: of the version of a rule, of publication of everything else."""
    return stored.document.version_date or stored.document.published


_ORDERS: Mapping[str, Callable[[StoredDocument], Any]] = {
    "title": lambda d: (full_title(d), d.key),
    "kind": lambda d: (list(Kind).index(d.document.kind), full_title(d)),
    "region": lambda d: (d.document.region, full_title(d)),
    "day": lambda d: (-(text_day(d) or date.min).toordinal(), full_title(d)),
    "passages": lambda d: (-d.passages, full_title(d)),
    "saved": lambda d: (-d.saved_at.timestamp(), full_title(d)),
}
SORTS = tuple(_ORDERS)


def select(documents: Iterable[StoredDocument], wanted: Selection, today: date) -> list[StoredDocument]:
    """:returns: The documents of a selection in its order; all its pages."""
    words = wanted.words.casefold().split()
    found = [d for d in documents if _fits(d, wanted, today) and all(w in _searched(d) for w in words)]
    return sorted(found, key=_ORDERS.get(wanted.sort, _ORDERS["title"]))


def topics(documents: Iterable[StoredDocument]) -> list[str]:
    """:returns: All topics, the most frequent first."""
    tally = Counter(topic for d in documents for topic in d.document.topics)
    return [topic for topic, _ in sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))]


def overview_html(documents: Sequence[StoredDocument], today: date) -> str:
    """:returns: How much the library holds, by kind, standing and collection."""
    kinds = Counter(d.document.kind for d in documents)
    standings = Counter(d.status_on(today) for d in documents)
    collections = Counter(d.collection for d in documents)
    lines = (
        ("类型", [(KINDS[kind], kinds[kind]) for kind in Kind]),
        ("效力", [(STATUSES[status], standings[status]) for status in Status]),
        ("来自", [(name, collections[key]) for key, name in COLLECTIONS.items()]),
    )
    groups = "".join(f"<div><dt>{name}</dt><dd>{_counts(counts)}</dd></div>" for name, counts in lines)
    total = sum(d.passages for d in documents)
    return (
        f'<div class="lb lb-overview" id="overview"><p class="lb-total">共 <b>{len(documents):,}</b> 份资料，'
        f"<b>{total:,}</b> 条（段）</p><dl>{groups}</dl></div>"
    )


def list_html(found: Sequence[StoredDocument], wanted: Selection, today: date) -> str:
    """:returns: One page of the list, with its paging; a word on what to do where it is empty."""
    if not found:
        return '<p class="lb lb-none">没有符合条件的资料；请放宽筛选，或到“上传”添加资料。</p>'
    last = (len(found) - 1) // PAGE
    page = min(max(wanted.page, 0), last)
    rows = "".join(_row(d, today) for d in found[page * PAGE : (page + 1) * PAGE])
    heads = "".join(_head(key, name, wanted.sort) for key, name in _COLUMNS)
    return (
        f'<div class="lb"><p class="lb-count" role="status">找到 {len(found):,} 份</p><table class="lb-table"><thead>'
        f"<tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{_pager(page, last)}</div>"
    )


_COLUMNS = (
    ("title", "标题"),
    ("kind", "类型"),
    ("", "效力"),
    ("region", "地区"),
    ("day", "文本日期"),
    ("passages", "条（段）"),
    ("saved", "收录"),
    ("", ""),
)


def _head(key: str, name: str, sort: str) -> str:
    if not key:
        return f'<th scope="col">{name}</th>'
    ordered = ' aria-sort="other"' if key == sort else ""
    return f'<th scope="col"{ordered}><button type="button" data-do="sort" data-value="{key}">{name}</button></th>'


def _row(stored: StoredDocument, today: date) -> str:
    document = stored.document
    kind = KINDS[document.kind] + ("·要点" if _is_digest(stored) else "")
    source = shown_source(document.source)
    collection = COLLECTIONS.get(stored.collection, stored.collection)
    identifier = escape(document.id)
    return (
        f'<tr><td class="lb-title"><a href="{address(document.id)}">{escape(full_title(stored))}</a>'
        f'<small title="{escape(source)}">{escape(source)}</small></td>'
        f'<td data-name="类型">{kind}</td><td data-name="效力">{badge_html(stored.status_on(today))}</td>'
        f'<td data-name="地区">{escape(document.region)}</td>'
        f'<td data-name="日期">{day_label(text_day(stored))}</td>'
        f'<td data-name="条（段）" class="lb-number">{stored.passages:,}</td><td data-name="收录">{collection}</td>'
        f'<td class="lb-act"><button type="button" data-do="remove" data-value="{identifier}" '
        f'aria-label="移除 {escape(full_title(stored))}">移除</button></td></tr>'
    )


def _pager(page: int, last: int) -> str:
    if last == 0:
        return ""
    steps = ((0, "首页", page > 0), (page - 1, "上一页", page > 0), (page + 1, "下一页", page < last))
    buttons = [
        f'<button type="button" data-do="turn" data-value="{to}"{"" if usable else " disabled"}>{name}</button>'
        for to, name, usable in (*steps, (last, "末页", page < last))
    ]
    shown = f"<span>第 {page + 1} / {last + 1} 页</span>"
    return f'<nav class="lb-pager" aria-label="翻页">{"".join([*buttons[:2], shown, *buttons[2:]])}</nav>'


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return "".join(f"<span>{name} <b>{number:,}</b></span>" for name, number in counts if number)


def _fits(stored: StoredDocument, wanted: Selection, today: date) -> bool:
    document = stored.document
    return (
        (not wanted.kind or document.kind.value == wanted.kind)
        and (not wanted.topic or wanted.topic in document.topics)
        and (not wanted.collection or stored.collection == wanted.collection)
        and (not wanted.status or stored.status_on(today) == wanted.status)
    )


def _searched(stored: StoredDocument) -> str:
    document = stored.document
    return " ".join(
        (full_title(stored), document.id, document.region, document.issuer, document.source, *document.topics)
    ).casefold()


def _is_digest(stored: StoredDocument) -> bool:
    return stored.document.kind is Kind.REGULATION and stored.document.origin is Origin.DIGEST
