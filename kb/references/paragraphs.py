"""The paragraphs (款) and items (项) inside the text of an article."""

import re
from dataclasses import dataclass

from kb.references.numerals import NUMERAL, parse_numeral

_ITEM = re.compile(rf"[（(](?P<item>{NUMERAL})[）)]")
_SUBITEM = re.compile(r"\d{1,2}[.．、](?!\d)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with the items that belong to it."""

    text: str
    """Its lines, those of the items included."""
    items: dict[int, str]
    """Number → text; in order."""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """
    Split an article.

    :param text: As the library stores it: one line a paragraph or item.
    :returns: Its paragraphs; a line that begins with （一） or 1. belongs to the paragraph before it.
    """
    found: list[list[str]] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if found and (_ITEM.match(line) or _SUBITEM.match(line)):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(Paragraph("\n".join(lines), _items(lines)) for lines in found)


def part_of(text: str, paragraph: int | None, item: int | None) -> str | None:
    """
    Take from an article what a reference names.

    :param text: The whole article.
    :returns: The paragraph or item; the whole where neither is named; ``None`` if there is no such part.
        第X条第Y项 without a paragraph is the first item of that number.
    """
    if paragraph is None and item is None:
        return text
    parts = paragraphs(text)
    if paragraph is not None:
        parts = parts[paragraph - 1 : paragraph]
    if item is None:
        return parts[0].text if parts else None
    return next((part.items[item] for part in parts if item in part.items), None)


def _items(lines: list[str]) -> dict[int, str]:
    items: dict[int, str] = {}
    number = 0
    for line in lines:
        match = _ITEM.match(line)
        if match is not None:
            number = _value(match["item"])
        if number and number in items:
            items[number] += "\n" + line
        elif number:
            items[number] = line
    return items


def _value(numeral: str) -> int:
    try:
        return parse_numeral(numeral)
    except ValueError:
        return 0
