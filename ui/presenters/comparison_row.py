"""One provision in two versions: its old text, its new text, and what became of it."""

import re
from collections.abc import Iterator
from html import escape

from kb.comparison.compare import Change, Comparison, Row
from kb.comparison.differ import Edit, Piece
from kb.documents import Passage
from kb.references.numerals import NUMERAL, parse_numeral
from ui.presenters.passage import line_class

CHANGES = {Change.CHANGED: "有修改", Change.ADDED: "新增", Change.DELETED: "删去", Change.SAME: "没有变化"}
_TAGS = {Edit.SAME: ("", ""), Edit.REMOVED: ("<del>", "</del>"), Edit.ADDED: ("<ins>", "</ins>")}
_NUMBER = re.compile(rf"^第({NUMERAL})条")


def row_html(number: int, row: Row, comparison: Comparison, addresses: tuple[str, str]) -> str:
    """
    Draw one row.

    :param number: Its place; its anchor is ``c-NUMBER``.
    :param addresses: Escaped addresses of the old and the new document in the reader.
    """
    old = None if row.old is None else comparison.old[row.old]
    new = None if row.new is None else comparison.new[row.new]
    moved = " cp-moved" if row.moved else ""
    return (
        f'<section class="cp-row cp-{row.change.value}{moved}" id="c-{number}"{_numbers(old, new)}>'
        f'<div class="cp-head"><h3>{_name(row, old, new, addresses)}</h3>{_tags(row)}'
        f"{_where(new or old)}</div>{_body(row, comparison)}</section>"
    )


def number_of(passage: Passage) -> int | None:
    """:returns: Number of an article; ``None`` for what has none."""
    found = _NUMBER.match(passage.label)
    try:
        return parse_numeral(found[1]) if found else None
    except ValueError:
        return None


def _numbers(old: Passage | None, new: Passage | None) -> str:
    sides = (("old", old), ("new", new))
    numbers = [(side, number_of(passage)) for side, passage in sides if passage is not None]
    return "".join(f' data-{side}="{number}"' for side, number in numbers if number is not None)


def _name(row: Row, old: Passage | None, new: Passage | None, addresses: tuple[str, str]) -> str:
    before = _link(addresses[0], row.old, old)
    after = _link(addresses[1], row.new, new)
    if old is None or new is None or not row.renumbered:
        return after or before
    return f'<span class="cp-was">原{before}</span><span aria-label="现在是">→</span>{after}'


def _link(address: str, position: int | None, passage: Passage | None) -> str:
    if passage is None:
        return ""
    name = escape(passage.label) or "这一段"
    return f'<a href="{address}&amp;at={position}" title="读全文"><bdi>{name}</bdi></a>'


def _tags(row: Row) -> str:
    moved = '<span class="cp-tag cp-tag-moved">换了位置</span>' if row.moved else ""
    return f'<span class="cp-tag cp-tag-{row.change.value}">{CHANGES[row.change]}</span>{moved}'


def _where(passage: Passage | None) -> str:
    if passage is None or not passage.path:
        return ""
    return f'<small class="cp-path">{escape(passage.path[-1])}</small>'


def _body(row: Row, comparison: Comparison) -> str:
    if row.change is Change.SAME:
        return f'<div class="cp-side cp-both">{_lines(row.pieces, Edit.REMOVED)}</div>'
    before = _lines(row.pieces, Edit.ADDED) if row.old is not None else _absent(row, comparison)
    after = _lines(row.pieces, Edit.REMOVED) if row.new is not None else _absent(row, comparison)
    return f'<div class="cp-pair">{_side("旧", before, "old")}{_side("新", after, "new")}</div>'


def _side(name: str, text: str, kind: str) -> str:
    return f'<div class="cp-side cp-side-{kind}"><b class="cp-label">{name}</b>{text}</div>'


def _absent(row: Row, comparison: Comparison) -> str:
    """Say that a version has nothing of the kind, and where something like it stands."""
    if row.old is None:
        which, others, verb = "旧文本", comparison.old, "可能从中分出"
    else:
        which, others, verb = "新文本", comparison.new, "可能并入其中"
    akin = ""
    if row.akin is not None and others[row.akin].label:
        here = comparison.row_of(row.akin, in_old=row.old is None)
        akin = f'；内容接近<a href="#c-{here}" data-row="{here}">{escape(others[row.akin].label)}</a>，{verb}'
    return f'<p class="cp-none">{which}没有这一条{akin}。</p>'


def _lines(pieces: tuple[Piece, ...], hidden: Edit) -> str:
    """
    Draw one side.

    :param hidden: The edit that belongs to the other side.
    """
    html, plain = "", ""
    paragraphs: list[str] = []
    for text, edit, ends in _broken(pieces, hidden):
        opening, closing = _TAGS[edit]
        html += f"{opening}{escape(text)}{closing}" if text else ""
        plain += text
        if ends:
            paragraphs.append(_paragraph(html, plain))
            html = plain = ""
    return "".join([*paragraphs, _paragraph(html, plain)])


def _broken(pieces: tuple[Piece, ...], hidden: Edit) -> Iterator[tuple[str, Edit, bool]]:
    """Yield runs within one line, with their edit and whether the line ends after them."""
    for piece in pieces:
        if piece.edit is hidden:
            continue
        lines = (piece.old if hidden is Edit.ADDED else piece.new).split("\n")
        yield from ((line, piece.edit, number < len(lines) - 1) for number, line in enumerate(lines))


def _paragraph(html: str, plain: str) -> str:
    kind = line_class(plain)
    return (f'<p class="{kind}">' if kind else "<p>") + html + "</p>" if plain.strip() else ""
