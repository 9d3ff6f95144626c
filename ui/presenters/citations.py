"""The result of a citation check as a page: the text with every reference marked, and a card for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kb.documents import Origin
from kb.references.check import Checked
from kb.references.resolve import Version
from kb.references.verdict import State, Verdict
from kb.store.rows import StoredDocument
from ui.citing import Examination
from ui.presenters.citation_report import STATES, abolished_lines, canonical, counts, plain_report, summary
from ui.presenters.labels import DIGEST, day_label, full_title
from ui.presenters.view import address, comparison_address

_FOLDED = 160
"""Characters from which a provision is folded."""
_MOST_TEXTS = 6
"""Provisions of a range that are shown."""
_TOOLS = (
    ("copy", "复制报告"),
    ("print", "打印"),
    ("word", "下载 Word"),
    ("csv", "下载 CSV"),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reference with everywhere it stands; `number` links its card and its marks."""

    number: int
    checked: Checked
    places: Sequence[int]
    """Positions in `Examination.found`."""


def welcome_html() -> str:
    """:returns: What the page says before anything was checked."""
    return (
        '<div class="ct-empty"><h2>贴一份文字，看里面引用的法条还能不能用</h2>'
        "<p>通知、答复、决定、案例都可以。每一处写明条号的引用都会标出来：现行有效、已修改、已废止、"
        "尚未施行、查无此条，旁边附上条文。资料库没有收的只说没有收，不会说它错。</p>"
        "<p>贴的文字只用来核对这一次，不保存。</p></div>"
    )


def result_html(examination: Examination, notes: Sequence[str] = ()) -> str:
    """
    Draw the result.

    :param notes: What the file's reader has to say.
    :returns: Safe HTML.
    """
    remarks = "".join(f'<p class="notice" role="note">{escape(note)}</p>' for note in notes)
    remarks += "".join(f'<p class="ct-remark">{escape(line)}</p>' for line in abolished_lines(examination))
    if not examination.found:
        return (
            f'<div class="ct" lang="zh-CN">{remarks}<div class="ct-empty" role="status"><h2>{escape(summary(examination))}</h2>'
            "<p>只有写明条号的引用才能核对，例如：民法典第二百七十八条、《物业管理条例》第12条。</p></div></div>"
        )
    entries = _entries(examination)
    tools = "".join(f'<button type="button" data-do="{do}">{name}</button>' for do, name in _TOOLS)
    cards = "".join(_card(entry) for entry in entries)
    return (
        f'<div class="ct" lang="zh-CN">{remarks}<p class="ct-summary" role="status">{escape(summary(examination))}</p>'
        f'<div class="ct-bar">{_filters(examination)}<div class="ct-tools">{tools}</div></div>'
        f'<div class="ct-panes"><section class="ct-text" aria-label="原文" tabindex="0">{_marked(examination, entries)}</section>'
        f'<section class="ct-cards" aria-label="逐条结果">{cards}</section></div>'
        f'<footer class="ct-foot">“资料库未收”只说明资料库里没有，不表示引用有错。按 {day_label(examination.day)}的法规核对　案典</footer>'
        f'<pre class="ct-report" hidden>{escape(plain_report(examination))}</pre></div>'
    )


def _entries(examination: Examination) -> list[_Entry]:
    places: dict[tuple[str, bool], list[int]] = {}
    for position, checked in enumerate(examination.found):
        places.setdefault((canonical(checked), checked.misquoted), []).append(position)
    return [
        _Entry(number, examination.found[found[0]], found)
        for number, found in enumerate(places.values(), start=1)
    ]


def _filters(examination: Examination) -> str:
    chips = [
        f'<button type="button" data-state="" aria-pressed="true">全部 {len(examination.found)}</button>'
    ]
    chips += [
        f'<button type="button" data-state="{state.value}" aria-pressed="false" class="ct-{state.value}">{STATES[state]} {n}</button>'
        for state, n in counts(examination).items()
    ]
    return f'<div class="ct-filters" role="group" aria-label="按结果筛选">{"".join(chips)}</div>'


def _marked(examination: Examination, entries: Sequence[_Entry]) -> str:
    numbers = {place: entry.number for entry in entries for place in entry.places}
    text, pieces, end = examination.text, [], 0
    for place, checked in enumerate(examination.found):
        mention, number, label = checked.mention, numbers[place], STATES[checked.state]
        if mention.start < end:
            continue
        words = escape(text[mention.start : mention.end])
        pieces.append(escape(text[end : mention.start]))
        pieces.append(
            f'<a class="ct-mark ct-{checked.state.value}" id="m-{place}" href="#c-{number}" data-card="{number}">'
            f"{words}<sup>{number} {label}</sup></a>"
        )
        end = mention.end
    return "".join([*pieces, escape(text[end:])])


def _card(entry: _Entry) -> str:
    checked = entry.checked
    state = checked.state
    note = f'<p class="ct-note">{escape(checked.note)}</p>' if checked.note else ""
    shown = checked.verdicts[:_MOST_TEXTS]
    rest = len(checked.verdicts) - len(shown)
    more = f'<p class="ct-more">另有 {rest} 条没有列出。</p>' if rest else ""
    return (
        f'<article class="ct-card ct-{state.value}" id="c-{entry.number}" data-state="{state.value}" tabindex="-1">'
        f'<h3><span class="ct-no">{entry.number}</span><bdi>{escape(canonical(checked))}</bdi>'
        f'<span class="ct-badge">{STATES[state]}</span></h3>{note}'
        f"{_replaced(checked.verdicts)}{''.join(_texts(v, several=len(checked.verdicts) > 1) for v in shown)}{more}{_places(entry)}</article>"
    )


def _replaced(verdicts: Sequence[Verdict]) -> str:
    found = next((v.replaced_by for v in verdicts if v.replaced_by is not None), None)
    return "" if found is None else f'<p class="ct-instead">现在看：{_document(found)}</p>'


def _texts(verdict: Verdict, *, several: bool) -> str:
    if verdict.now is None:
        heading = "" if verdict.state is State.IN_FORCE else _edition("条文", verdict.cited)
        return _version(verdict.cited, heading, several=several)
    before = _version(verdict.cited, _edition("所引文本", verdict.cited), several=several)
    return (
        before + _version(verdict.now, _edition("现行文本", verdict.now), several=True) + _comparison(verdict)
    )


def _comparison(verdict: Verdict) -> str:
    """A link to both versions side by side, where the library has the official text of both."""
    if verdict.cited is None or verdict.now is None:
        return ""
    old, new = verdict.cited.document.document, verdict.now.document.document
    if Origin.DIGEST in (old.origin, new.origin):
        return ""
    link = comparison_address(old.id, new.id, verdict.now.passage.position)
    return f'<p class="ct-places"><a href="{link}" target="_blank" rel="noopener">两个文本逐字对照</a></p>'


def _version(version: Version | None, heading: str, *, several: bool) -> str:
    """A provision with its link to the reader; its article number where it is not plain from the card."""
    if version is None:
        return ""
    document, passage = version.document.document, version.passage
    words = version.text or passage.passage.text
    shown = [heading, passage.passage.label if several else ""]
    head = "　".join(escape(part) for part in shown if part)
    gist = f"<b>{DIGEST}</b>" if document.origin is Origin.DIGEST else ""
    link = (
        f'<a href="{address(document.id, passage.position)}" target="_blank" rel="noopener">在阅读页打开</a>'
    )
    body = "".join(f"<p>{escape(line)}</p>" for line in words.split("\n"))
    if len(words) > _FOLDED:
        opening = escape(" ".join(words[: _FOLDED // 2].split()))
        body = f"<details><summary>{opening}…<span>展开全文</span></summary>{body}</details>"
    head = f'<p class="ct-which">{head}</p>' if head else ""
    return f'<blockquote class="ct-provision">{head}{gist}{body}<p class="ct-source">{escape(full_title(version.document))}　{link}</p></blockquote>'


def _edition(name: str, version: Version | None) -> str:
    day = version.document.document.version_date if version else None
    return f"{name}（{day.year}年）" if day else name


def _document(stored: StoredDocument) -> str:
    return f'<a href="{address(stored.document.id)}" target="_blank" rel="noopener">{escape(full_title(stored))}</a>'


def _places(entry: _Entry) -> str:
    if len(entry.places) == 1:
        return f'<p class="ct-places"><a href="#m-{entry.places[0]}" data-mark="{entry.places[0]}">看原文中的位置</a></p>'
    links = "".join(
        f'<a href="#m-{place}" data-mark="{place}">{number}</a>'
        for number, place in enumerate(entry.places, start=1)
    )
    return f'<p class="ct-places">原文中有 {len(entry.places)} 处：{links}</p>'
