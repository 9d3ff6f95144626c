"""How headings and tables are written in a source text."""

import re
from collections.abc import Iterable

CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Characters written without spaces between them, punctuation included; for a regex class."""

_BLANKS = re.compile("[ \t\r\n\f\v\xa0]+")
_BREAK_IN_CHINESE = re.compile(f"(?<=[{CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{CJK}])")


def one_line(text: str) -> str:
    """
    Fold a text into one line, trimmed at both ends.

    A line break between Chinese characters vanishes, other blanks become a space; the full-width
    space, which sets the number of an article apart, stays.
    """
    return _BLANKS.sub(" ", _BREAK_IN_CHINESE.sub("", text)).strip()


def heading(level: int, text: str) -> str:
    """
    Write a heading line; empty text gives an empty line.

    :param level: 1 for the outermost; deeper than 6 is written as 6.
    """
    title = one_line(text)
    return f"{'#' * min(max(level, 1), 6)} {title}" if title else ""


def row(cells: Iterable[str]) -> str:
    """Write a table row ``甲 | 乙``; a bar inside a cell becomes full-width; an empty row gives ``""``."""
    parts = [one_line(cell).replace("|", "｜") for cell in cells]
    return " | ".join(parts).strip() if any(parts) else ""


def paragraphs(lines: Iterable[str]) -> str:
    """Join the lines that hold text, in order, trimmed at both ends."""
    return "\n".join(trimmed for line in lines if (trimmed := line.strip()))
