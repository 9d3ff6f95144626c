"""Headings of statutes: parts, chapters and sections, and where they stand in each other."""

import re
from dataclasses import dataclass

from kb.references.numerals import NUMERAL

DIGIT = NUMERAL.removesuffix("+")
"""One character of a number, for numbers with blanks between."""

_RANKS = {"编": 1, "分编": 2, "章": 3, "节": 4}
_UNIT = re.compile(rf"^第\s*(?:{DIGIT}\s*)+(分编|编|章|节)(?P<name>.*)$")
_NO_NAME = re.compile(
    r"[。；;，,：:！？]|^(?:、|的|规定|所(?!有)|和第|至第|与第|到第|第(?![一二]审)|中的|以)"
)
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_CLOSING = re.compile(r"^附\s*则$")
LONGEST_NAME = 40
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading; `rank` is 0 for those that are not 编, 分编, 章 or 节; `depth` counts Markdown's ``#``."""

    text: str
    rank: int = 0
    depth: int = 0


def read_heading(line: str) -> Heading | None:
    """
    Tell whether a line is a heading.

    A line that merely begins with a chapter's number (``第三章规定的…``) is not one.

    :param line: One line of a statute without surrounding blanks.
    """
    if len(line) > _LONGEST_LINE:
        return None
    markdown = _MARKDOWN.match(line)
    text = markdown[2] if markdown else line
    depth = len(markdown[1]) if markdown else 0
    unit = _UNIT.match(text)
    if unit is not None:
        name = unit["name"].strip()
        if depth or (len(name) <= LONGEST_NAME and not _NO_NAME.search(name)):
            return Heading(_tidy(text, unit["name"]), _RANKS[unit[1]], depth)
    if depth or _CLOSING.match(text):
        return Heading(_close_up(text), 0, depth)
    return None


def place(path: tuple[Heading, ...], heading: Heading) -> tuple[Heading, ...]:
    """:returns: The headings above the text that follows `heading`, given those above it so far."""
    kept = list(path)
    while kept and not _contains(kept[-1], heading):
        kept.pop()
    return (*kept, heading)


def _contains(outer: Heading, inner: Heading) -> bool:
    if outer.rank and inner.rank:
        return outer.rank < inner.rank
    return 0 < outer.depth < inner.depth


def _tidy(text: str, name: str) -> str:
    number = re.sub(r"\s", "", text[: len(text) - len(name)])
    return f"{number} {_close_up(name)}".strip()


def _close_up(name: str) -> str:
    """Close up a letter-spaced name (``总　则``); other blanks become one space."""
    words = name.split()
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)
