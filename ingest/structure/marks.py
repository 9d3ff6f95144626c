"""Article numbers at the start of a line, and which of them begin an article."""

import re
from dataclasses import dataclass

from ingest.structure.headings import DIGIT
from kb.references.numerals import parse_numeral

_SUFFIX = "一二三四五六七八九十"
ARTICLE = re.compile(
    rf"^(?P<hashes>#{{1,6}}\s*+)?(?P<bold>\*\*|__)?\s*+[第笫]\s*(?P<number>(?:{DIGIT}\s*)+)条"
    rf"(?:\s*之\s*(?P<suffix>[{_SUFFIX}]+)(?![{_SUFFIX}]))?(?P<gap>(?:\*\*|__|[:：])?\s*)(?P<rest>.*)$",
    re.DOTALL,
)
_REFERS = re.compile(
    r"^(?:[、，,。；;）)》”’」\]】]|第|的|规定|之规定|所[列称述指规]|[和与及或至到以]第|以及第|或者第|中[的关所“，]|有关规定)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """
    An article number at the start of a line.

    `plain` tells that something sets it off from the text (a blank, bold type, a heading, the line's
    end); `refers` that what follows reads like a reference to that article rather than its text.
    """

    number: int
    suffix: int
    rest: str
    plain: bool
    refers: bool
    heading: bool

    @property
    def key(self) -> tuple[int, int]:
        """Number and 之 number, for ordering."""
        return (self.number, self.suffix)


def read_mark(line: str) -> Mark | None:
    """:returns: The article number that `line` begins with, if any; whether it counts is `begins`'s to say."""
    match = ARTICLE.match(line)
    if match is None:
        return None
    try:
        number = parse_numeral(re.sub(r"\s", "", match["number"]))
        suffix = parse_numeral(match["suffix"]) if match["suffix"] else 0
    except ValueError:
        return None
    if not 0 < number < 10_000:
        return None
    rest = match["rest"].strip()
    plain = bool(match["gap"] or match["bold"] or match["hashes"] or not rest)
    return Mark(number, suffix, rest, plain, bool(_REFERS.match(rest)), bool(match["hashes"]))


def succeeds(key: tuple[int, int], previous: tuple[int, int]) -> bool:
    """:returns: Whether `key` is the very next article: n→n+1, n→n之一, n之k→n之k+1."""
    return key in ((previous[0] + 1, 0), (previous[0], previous[1] + 1))


def begins(
    mark: Mark, previous: tuple[int, int] | None, *, awaited: bool = False, quoting: bool = False
) -> bool:
    """
    Decide whether a mark begins an article.

    :param mark: The number at the start of the line.
    :param previous: Key of the article before; ``None`` at the first.
    :param awaited: The very next article is still to come below, so that this one would be out of turn.
    :param quoting: The text before announces a quotation (``修改为：``).
    """
    if previous is None:
        if mark.key == (1, 0):
            return mark.plain or not mark.refers
        return mark.heading or (mark.plain and not mark.refers and not quoting)
    if mark.heading:
        return mark.key != previous
    if succeeds(mark.key, previous):
        return mark.plain or not mark.refers
    return mark.plain and not mark.refers and mark.key > previous and not awaited and not quoting
