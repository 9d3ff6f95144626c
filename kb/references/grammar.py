"""How the numbers of provisions are written: lists, ranges, paragraphs and items after one another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.references.numerals import parse_numeral

_ODD = "０１２３４５６７８９()條項．～〜∼—–－―﹣−"
_PLAIN = str.maketrans(_ODD, "0123456789（）条项.~~~------")

_N = r"(?:[0-9]++|[零〇○一二三四五六七八九十百千万两]++)"
_BLANK = r"[ \t\u3000\xa0]{0,3}+"
_OPEN = rf"(?:第{_BLANK})"
_LINK = rf"{_BLANK}(?:、|，|,|以及|或者|和|及|与|或|至|到|--?|~){_BLANK}"
_LIST = rf"{_N}(?:{_LINK}{_OPEN}?{_N}){{0,40}}"
_BRACKETED = rf"(?:（{_BLANK}{_N}{_BLANK}）|{_N})"
_ITEM_LIST = rf"{_BRACKETED}(?:(?:{_LINK}{_OPEN}?{_BRACKETED}|（{_N}）)){{0,40}}"
# 第二条件 and 十条措施 count things, they name no article.
_UNIT = rf"{_BLANK}条(?!件|约|理|线|形|幅|街|路)"
_INSERTED = rf"(?:{_BLANK}之{_BLANK}(?P<suffix>{_N}))"
_COUNTED = r"(?!措施|意见|建议|理由|禁令|底线|红线|举措|军规|铁律|纪律|经验|办法)"
# Behind a number without 条 in a query; anything else (年, 个, 大亮点) makes it some other number.
_AFTER_BARE = r"(?=$|[\s、，,。；;？?！!：:》〉”\"）]|[的是怎说讲指规原内全里写啥咋和与及或至到])"

_BEFORE = (
    r"(?:(?<![0-9])(?=[0-9])|(?<![零〇○一二三四五六七八九十百千万两])(?=[零〇○一二三四五六七八九十百千万两]))"
)
_ARTICLES = rf"(?P<list>{_LIST}){_UNIT}{_INSERTED}?"
_SEPARATOR = re.compile(_LINK)
_NUMBER = re.compile(_N)
_RANGES = ("至", "到", "-", "--", "~")
_YEARS = range(1949, 2050)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one manner of writing."""

    head: re.Pattern[str]
    """Begins a reference; groups ``first`` (第, or empty), ``list``, ``suffix``, and ``unit`` if 条 is there."""
    direct: tuple[re.Pattern[str], ...]
    """Paragraphs and items right behind an article."""
    linked: tuple[re.Pattern[str], ...]
    """What may follow behind 、 or 和: articles, 之一, paragraphs, items."""


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_PARAGRAPHS = rf"{_BLANK}{_OPEN}(?P<paragraphs>{_LIST}){_BLANK}款"
_ITEMS = rf"{_BLANK}(?:{_OPEN}(?P<items>{_ITEM_LIST})|(?P<bracketed>（{_BLANK}{_N}{_BLANK}）(?:(?:{_LINK})?（{_N}）){{0,40}})){_BLANK}项"
_BARE_PARAGRAPH = rf"{_BLANK}(?P<paragraphs>{_N})(?<!两){_BLANK}款"
_BARE_ITEM = rf"{_BLANK}(?P<items>[0-9]++){_BLANK}项"
_MORE_SUFFIX = rf"之(?P<suffix>{_N})"

TEXT = Grammar(
    head=re.compile(rf"(?:(?P<first>第{_BLANK})|{_BEFORE}){_ARTICLES}(?(first)|{_COUNTED})(?P<unit>)"),
    direct=_compiled(_PARAGRAPHS, _BARE_PARAGRAPH, _ITEMS, _BARE_ITEM),
    linked=_compiled(rf"{_OPEN}{_ARTICLES}", _MORE_SUFFIX, _PARAGRAPHS, _ITEMS),
)
"""Running text: every article has its 条, and one that is linked to another its 第."""

_LOOSE_UNIT = (
    rf"(?:(?:{_UNIT}(?P<unit>)|(?={_BLANK}之{_BLANK}{_N})){_INSERTED}?|(?=[.（]{_N}(?:）|{_AFTER_BARE}))|"
    rf"(?={_BLANK}{_OPEN}?{_N}{_BLANK}[款项])|{_AFTER_BARE})"
)
QUERY = Grammar(
    head=re.compile(rf"(?:(?P<first>第{_BLANK})|{_BEFORE})(?P<list>{_LIST}){_LOOSE_UNIT}(?(first)|{_COUNTED})"),
    direct=_compiled(
        _PARAGRAPHS,
        _BARE_PARAGRAPH,
        rf"[.](?P<paragraphs>{_N})(?![0-9])",
        _ITEMS,
        rf"{_BLANK}(?P<items>{_N}){_BLANK}项",
        rf"（{_BLANK}(?P<paragraphs>{_N}){_BLANK}）",
    ),
    linked=_compiled(
        rf"{_OPEN}?{_ARTICLES}", _MORE_SUFFIX, _PARAGRAPHS, _BARE_PARAGRAPH, _ITEMS,
        rf"(?P<list>{_LIST}){_LOOSE_UNIT}",
    ),
)  # fmt: skip
"""A query: a number right behind the name of a law is its article, 278.2 and 278(2) name a paragraph."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one provision and where they stand in the text."""

    start: int
    end: int
    article: int
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None
    last: int | None = None
    last_suffix: int | None = None


def plain(text: str) -> str:
    """:returns: `text`, equally long, with ordinary digits, brackets and dashes in the place of odd ones."""
    return text.translate(_PLAIN)


def is_bare_year(head: "re.Match[str]") -> bool:
    """Whether a number without 条 is more likely a year."""
    return head["unit"] is None and head["list"].isdigit() and int(head["list"][:6]) in _YEARS


def read_numbers(text: str, head: "re.Match[str]", grammar: Grammar) -> list[Numbers]:
    """
    Read the provisions that begin at a match of `grammar.head`, with everything linked to them.

    :param text: As `plain` gives it.
    :returns: In order, not overlapping. Of 第一款至第三款 and 第一项至第三项 both ends are given.
    :raises ValueError: If one of the numbers at the beginning is 0 or too large; later ones end the list.
    """
    found = _articles(head)
    found = _with_parts(text, found, grammar)
    while True:
        link = _SEPARATOR.match(text, found[-1].end)
        part = link and _first(grammar.linked, text, link.end())
        if link is None or part is None:
            return found
        try:
            found = _joined(found, part, is_range=link[0].strip() in _RANGES)
        except ValueError:
            return found
        found = _with_parts(text, found, grammar)


def _joined(found: list[Numbers], part: "re.Match[str]", *, is_range: bool) -> list[Numbers]:
    """`found` and what the linked `part` adds to it."""
    groups, before = part.groupdict(), found[-1]
    if groups.get("list") is not None:
        return _ranged(before, _articles(part), found) if is_range else found + _articles(part)
    if groups.get("suffix") is not None:
        value = _value(part["suffix"])
        if is_range:
            return [*found[:-1], replace(before, last=before.article, last_suffix=value, end=part.end())]
        return [*found, Numbers(part.start(), part.end(), before.article, value)]
    return found + list(_parts(before, part, part.start()))


def _ranged(before: Numbers, following: list[Numbers], found: list[Numbers]) -> list[Numbers]:
    """Join two articles by 至; numbers that fall are two articles."""
    first, *others = following
    if (first.article, first.suffix or 0) <= (before.article, before.suffix or 0) or first.last:
        return found + following
    joined = replace(before, last=first.article, last_suffix=first.suffix, end=first.end)
    return [*found[:-1], joined, *others]


def _articles(match: "re.Match[str]") -> list[Numbers]:
    """The articles of a list that shares one 条."""
    found: list[Numbers] = []
    for link, value, start, end in _listed(match, "list"):
        number = Numbers(start, end, value)
        found = _ranged(found[-1], [number], found) if link in _RANGES and found else [*found, number]
    suffix = match["suffix"] and _value(match["suffix"])
    if suffix and found[-1].last:
        found[-1] = replace(found[-1], last_suffix=suffix)
    elif suffix:
        found[-1] = replace(found[-1], suffix=suffix)
    found[0] = replace(found[0], start=match.start())
    found[-1] = replace(found[-1], end=match.end())
    return found


def _with_parts(text: str, found: list[Numbers], grammar: Grammar) -> list[Numbers]:
    """Add the paragraphs and items right behind the last provision."""
    while part := _first(grammar.direct, text, found[-1].end):
        last = found[-1]
        is_item = part.groupdict().get("paragraphs") is None
        if last.last or (last.paragraph and not is_item) or last.item:
            return found
        try:
            found = [*found[:-1], *_parts(last, part, last.start)]
        except ValueError:
            return found
    return found


def _parts(owner: Numbers, part: "re.Match[str]", start: int) -> Iterator[Numbers]:
    """One provision for each paragraph or item of a list that shares one 款 or 项."""
    groups = part.groupdict()
    name = next(n for n in ("paragraphs", "items", "bracketed") if groups.get(n) is not None)
    listed = list(_listed(part, name))
    for index, (_, value, begin, end) in enumerate(listed):
        own = replace(
            owner,
            start=start if index == 0 else begin,
            end=part.end() if index == len(listed) - 1 else end,
        )
        if name == "paragraphs":
            yield replace(own, paragraph=value, item=None)
        else:
            yield replace(own, item=value)


def _listed(match: "re.Match[str]", group: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield link, value, start and end of each number in a list."""
    link, before = "", match.start(group)
    for number in _NUMBER.finditer(match.string, *match.span(group)):
        link = match.string[before : number.start()].strip(" \t\u3000\xa0第（）")
        before = number.end()
        yield link, _value(number[0]), number.start(), number.end()


def _first(patterns: tuple[re.Pattern[str], ...], text: str, position: int) -> "re.Match[str] | None":
    return next((m for pattern in patterns if (m := pattern.match(text, position))), None)


def _value(text: str) -> int:
    value = parse_numeral(text)
    if value < 1:
        raise ValueError(f"numbers of provisions start at 1: {text!r}")
    return value
