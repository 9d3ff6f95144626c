"""Prepare a statute's text: one line a heading, an article, a paragraph or an item."""

import re
from dataclasses import dataclass

from ingest.structure.headings import DIGIT, Heading, read_heading
from ingest.structure.marks import Mark, read_mark
from kb.references.numerals import NUMERAL

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ARTICLE_INSIDE = re.compile(rf"(?<=[。；：）)])\s*(?=[第笫]{NUMERAL}条)")
_HEADING_AT_END = re.compile(
    rf"(?<=[。；：）)])\s*(?=(?:#+\s*)?第{NUMERAL}(?:分编|编|章|节)\s*[^。；，、：]{{1,30}}$)"
)
_HEADING_AT_START = re.compile(
    rf"^((?:#+\s*)?第{NUMERAL}(?:分编|编|章|节)\s*[^。；，、：\s][^。；，、：]{{1,40}}?)\s*(?=[第笫]{NUMERAL}(?:条|章|节))"
)
_ITEM = re.compile(r"(?<=[；：。])[ \u3000\u00a0]+(?=[（(][一二三四五六七八九十]{1,3}[)）])")
_BARE_NUMBER = re.compile(rf"^第\s*(?:{DIGIT}\s*)+(?:分编|编|章|节)$")
_CONTENTS = re.compile(r"^(?:#+\s*)?目\s*[录次]$")
_LONGEST_ENTRY = 60
_LEADERS = re.compile(r"[\s.．·…—-]*\d*$")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line with what it may be; `inside` marks one cut out of a longer line on the chance that it is.
    """

    text: str
    heading: Heading | None = None
    mark: Mark | None = None
    inside: bool = False


def prepare(body: str) -> list[Line]:
    """
    Cut a statute's body into lines.

    Comments and the table of contents are dropped; articles and headings that are glued to other
    text get lines of their own, which the caller may join again.

    :param body: The text below the title and the history.
    """
    plain = [line.strip("\u200b\ufeff \t\u3000") for line in _COMMENT.sub("", body).split("\n")]
    texts = _without_contents([line for line in plain if line])
    lines: list[Line] = []
    for text in _named(texts):
        for position, part in enumerate(_cut(text)):
            first, *items = _ITEM.split(part)
            lines.append(Line(first, read_heading(first), read_mark(first), inside=position > 0))
            lines.extend(Line(item) for item in items)
    return lines


def _cut(text: str) -> list[str]:
    parts: list[str] = []
    start = _HEADING_AT_START.match(text)
    while start is not None:
        parts.append(start[1].strip())
        text = text[start.end() :].strip()
        start = _HEADING_AT_START.match(text)
    for part in _HEADING_AT_END.split(text):
        parts.extend(_ARTICLE_INSIDE.split(part))
    return [part.strip() for part in parts if part.strip()]


def _named(texts: list[str]) -> list[str]:
    """Join a heading's number and its name where they stand on two lines."""
    result: list[str] = []
    for text in texts:
        is_name = len(text) <= 20 and not re.search(r"[。；，、：#]", text) and not read_mark(text)
        if result and _BARE_NUMBER.match(result[-1]) and is_name and not _BARE_NUMBER.match(text):
            result[-1] = f"{result[-1]} {text}"
        else:
            result.append(text)
    return result


def _without_contents(texts: list[str]) -> list[str]:
    """Drop a table of contents: headings that come again later, with no sentence in between."""
    title = next((i for i, text in enumerate(texts) if _CONTENTS.match(text)), None)
    start = (
        next((i for i, text in enumerate(texts) if read_heading(text)), None) if title is None else title + 1
    )
    if start is None or start >= len(texts):
        return texts
    end = start
    while (
        end < len(texts) and len(texts[end]) <= _LONGEST_ENTRY and not texts[end].endswith(("。", "；", "："))
    ):
        if end > start and _entry(texts[end]) == _entry(texts[start]):
            return texts[: start if title is None else title] + texts[end:]
        end += 1
    run = texts[start:end]
    later = {_entry(text) for text in texts[end:]}
    if len(run) > 2 and sum(_entry(text) in later for text in run) > len(run) / 2:
        return texts[: start if title is None else title] + texts[end:]
    return texts if title is None else texts[:title] + texts[title + 1 :]


def _entry(text: str) -> str:
    return re.sub(r"[#\s]", "", _LEADERS.sub("", text[:_LONGEST_ENTRY]))
