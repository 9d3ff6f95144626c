"""A pointer to a provision, read from its written form."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.references.canonical import article_label, provision_ref, short_title
from kb.references.numerals import NUMERAL, format_numeral, parse_numeral

ARTICLE = rf"(?P<article>{NUMERAL})条(?:之(?P<suffix>{NUMERAL}))?"
PARAGRAPH = rf"第(?P<paragraph>{NUMERAL})款"
ITEM = rf"(?:第[（(]?|[（(])(?P<item>{NUMERAL})[）)]?项"
"""Regular expressions of the parts of a reference; an article's begins behind its 第."""

_LAW = rf"(?:(?!第{NUMERAL}条).)+?"
_ABOUT = r".{0,60}?关于.{1,80}?的[^第条]{1,20}"
"""A rule about provisions of another: 关于刑法第三十条的解释."""
_WHOLE = re.compile(rf"^(?P<law>{_LAW}|{_ABOUT})第{ARTICLE}(?:{PARAGRAPH})?(?:{ITEM})?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """Law by short title, article (条, with 之一), and where given paragraph (款), item (项), range."""

    law: str
    article: int
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None
    last: int | None = None
    """Last article of a range (第三条至第五条)."""
    edition: int | None = None
    """Year of the version meant, where the text names one (治安管理处罚法（2012年修正）)."""
    last_suffix: int | None = None
    """Number after 之 of the last article of a range (第一百二十条之一至第一百二十条之六)."""

    @property
    def provision(self) -> str:
        """The provision's canonical reference, without paragraph and item."""
        return provision_ref(self.law, self.article, self.suffix)

    def provisions(self) -> tuple["Reference", ...]:
        """:returns: The ends of a range; otherwise the reference itself."""
        if self.last is None:
            return (self,)
        first = replace(self, last=None, last_suffix=None)
        end = Reference(self.law, self.last, self.last_suffix, edition=self.edition)
        return (first, end)

    def __str__(self) -> str:
        """:returns: The canonical text: ``民法典第二百七十八条第二款``."""
        parts = [self.provision]
        if self.paragraph:
            parts.append(f"第{format_numeral(self.paragraph)}款")
        if self.item:
            parts.append(f"第（{format_numeral(self.item)}）项")
        if self.last:
            parts.append(f"至{article_label(self.last, self.last_suffix)}")
        return "".join(parts)


@lru_cache(maxsize=4096)  # the articles of a whole code are read again for each number it lacks
def parse_reference(text: str) -> Reference:
    """
    Read one reference and nothing else.

    :param text: ``民法典第二百七十八条第二款``; 《》 and 中华人民共和国 are tolerated.
    :raises ValueError: If `text` is anything else, or a number in it is 0 or too large.
    """
    match = _WHOLE.match(short_title(text))
    if match is None:
        raise ValueError(f"not a reference: {text!r}")
    return Reference(match["law"], **numbers(match))


def numbers(match: "re.Match[str]") -> dict[str, int]:
    """
    :returns: Values of the groups article, suffix, paragraph and item that took part in `match`.
    :raises ValueError: If one of them is 0 or too large.
    """
    found = {
        name: parse_numeral(text)
        for name, text in match.groupdict().items()
        if name in ("article", "suffix", "paragraph", "item") and text
    }
    if any(value < 1 for value in found.values()):
        raise ValueError(f"numbers of provisions start at 1: {match[0]!r}")
    return found
