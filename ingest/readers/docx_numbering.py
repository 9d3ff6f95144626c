"""The numbers that Word generates for lists, headings and articles, which no text run holds."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import category, east_asian_width

from docx.oxml.ns import qn

from ingest.readers.docx_xml import find, number, switched_on, value
from ingest.readers.number_formats import written

DEPTHS = range(9)
BULLET = "•"
"""Stands for every bullet: the real one is often a code that only a symbol font can show."""

_LONGEST = 64
_BASED_ON_AT_MOST = 20
_PLACE = re.compile(r"%([1-9])")

_Place = tuple[str, int]
"""The list that a paragraph belongs to, and how deep; list ``""`` is none."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted and written."""

    start: int
    number_format: str
    pattern: str
    """``第%1条`` or ``%1.%2``: a place for the number of each level."""
    suffix: str
    """What follows the number: ``tab``, ``space`` or ``nothing``."""
    restarts: int | None
    """It starts anew after a paragraph of this many levels or fewer; ``None``: of any outer level."""
    legal: bool
    """All its numbers are Arabic, whatever the other levels say."""

    def restarts_after(self, depth: int, own: int) -> bool:
        """:returns: Whether a paragraph at `depth` makes this level, which is at `own`, start anew."""
        return depth < (own if self.restarts is None else min(own, self.restarts))


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A ``w:num``: the levels of its definition with its own changes."""

    definition: str
    """Lists of one definition count on together."""
    levels: Mapping[int, Level]
    restarted: tuple[int, ...]
    """Levels that start anew where this list begins."""
    linked: Mapping[str, int]
    """Paragraph styles and the level that each of them means."""

    def label(self, depth: int, counts: Mapping[int, int]) -> str:
        """:returns: The number of a paragraph with the blank that sets it off from the text."""
        level = self.levels[depth]
        if level.number_format == "bullet":
            return f"{BULLET} "

        def part(place: re.Match[str]) -> str:
            shown = self.levels.get(int(place[1]) - 1)
            if shown is None:
                return ""
            count = counts.get(int(place[1]) - 1, shown.start)
            return written(count, "decimal" if level.legal else shown.number_format)

        text = _PLACE.sub(part, level.pattern)[:_LONGEST]
        return text + _gap(text, level.suffix)


class Numbering:
    """
    Counts the numbered paragraphs of one document.

    It is asked for every paragraph once, in the order of the document.
    """

    def __init__(self, numbering: Any | None, styles: Any):
        """
        :param numbering: Root of ``numbering.xml``; ``None`` where the document has none.
        :param styles: Root of ``styles.xml``.
        """
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        self._lists = {} if numbering is None else dict(_lists(numbering, self._styles))
        self._style_places: dict[str, _Place] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()

    def label(self, paragraph: Any) -> str:
        """
        Count a paragraph and tell its number.

        :param paragraph: A ``w:p``.
        :returns: ``第十二条　``, ``（一）``, ``1.2 ``; empty where Word shows none.
        """
        name, depth = self._place(paragraph)
        found = self._lists.get(name)
        if found is None or depth not in found.levels:
            return ""
        counts = self._counts[found.definition]
        if name not in self._begun:
            self._begun.add(name)
            for restarted in found.restarted:
                counts.pop(restarted, None)
        counts[depth] = counts[depth] + 1 if depth in counts else found.levels[depth].start
        for inner, level in found.levels.items():
            if level.restarts_after(depth, inner):
                counts.pop(inner, None)
        return found.label(depth, counts)

    def _place(self, paragraph: Any) -> _Place:
        """Take the list and depth that the paragraph states itself, then those of its style."""
        style = value(paragraph, "w:pPr/w:pStyle")
        if style not in self._style_places:
            self._style_places[style] = self._style_place(style)
        name, depth = self._style_places[style]
        own_name = value(paragraph, "w:pPr/w:numPr/w:numId")
        own_depth = number(value(paragraph, "w:pPr/w:numPr/w:ilvl"))
        if own_name:
            return own_name, own_depth or 0
        return name, depth if own_depth is None else own_depth

    def _style_place(self, style_id: str) -> _Place:
        """A style's list, its own or that of a style it is based on; the list says which level is meant."""
        chain: list[str] = []
        depth: int | None = None
        while style_id in self._styles and len(chain) < _BASED_ON_AT_MOST:
            style = self._styles[style_id]
            chain.append(style_id)
            depth = number(value(style, "w:pPr/w:numPr/w:ilvl")) if depth is None else depth
            if name := value(style, "w:pPr/w:numPr/w:numId"):
                linked = self._lists[name].linked if name in self._lists else {}
                return name, next((linked[link] for link in chain if link in linked), depth or 0)
            style_id = value(style, "w:basedOn")
        return "", 0


def _lists(numbering: Any, styles: Mapping[str, Any]) -> Iterator[tuple[str, NumberedList]]:
    definitions = {a.get(qn("w:abstractNumId")): a for a in numbering.iter(qn("w:abstractNum"))}
    nums = {num.get(qn("w:numId")): num for num in numbering.iter(qn("w:num"))}
    levels = {name: dict(_levels(definition)) for name, definition in definitions.items()}
    links = {name: dict(_links(definition)) for name, definition in definitions.items()}
    for name, num in nums.items():
        definition = value(num, "w:abstractNumId")
        if definition in definitions:
            style = styles.get(value(definitions[definition], "w:numStyleLink"))
            through = None if style is None else nums.get(value(style, "w:pPr/w:numPr/w:numId"))
            definition = definition if through is None else value(through, "w:abstractNumId")
        if definition in definitions:
            own, restarted = _overridden(num, levels[definition])
            yield name, NumberedList(definition, own, restarted, links[definition])


def _overridden(num: Any, levels: Mapping[int, Level]) -> tuple[dict[int, Level], tuple[int, ...]]:
    own, restarted = dict(levels), []
    for override in num.iter(qn("w:lvlOverride")):
        own |= _levels(override)
        depth = number(override.get(qn("w:ilvl")))
        start = number(value(override, "w:startOverride"))
        if depth in own and start is not None:
            own[depth] = replace(own[depth], start=start)
            restarted.append(depth)
    return own, tuple(restarted)


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for element in parent.iterchildren(qn("w:lvl")):
        depth = number(element.get(qn("w:ilvl")))
        if depth is None or depth not in DEPTHS:
            continue
        formats = list(element.iter(qn("w:numFmt")))  # the last one is the fallback of a custom format
        yield (
            depth,
            Level(
                start=number(value(element, "w:start")) or 0,
                number_format=formats[-1].get(qn("w:val"), "decimal") if formats else "decimal",
                pattern=value(element, "w:lvlText")[:_LONGEST],
                suffix=value(element, "w:suff") or "tab",
                restarts=number(value(element, "w:lvlRestart")),
                legal=switched_on(element, "w:isLgl"),
            ),
        )


def _links(definition: Any) -> Iterator[tuple[str, int]]:
    for element in definition.iterchildren(qn("w:lvl")):
        depth = number(element.get(qn("w:ilvl")))
        if depth is not None and find(element, "w:pStyle") is not None:
            yield value(element, "w:pStyle"), depth


def _gap(text: str, suffix: str) -> str:
    """A tab or space as Chinese print has it: nothing after ``、`` and ``）``, a wide blank after ``条``."""
    if not text or suffix == "nothing" or text[-1].isspace():
        return ""
    if east_asian_width(text[-1]) not in "WF":
        return " "
    return "" if category(text[-1]).startswith("P") else "\u3000"
