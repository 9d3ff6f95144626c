"""A written answer cut into clauses, and the stretches of neighbouring clauses that may make one point."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SENTENCE = re.compile(r"[^。！？!?；;\n\r]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_NUMBERING = re.compile(r"\s*(?:[（(]?\d{1,2}[)）.．、](?!\d)|[一二三四五六七八九十]{1,2}、)?\s*")
LONGEST = 4
"""Clauses of a stretch at most."""


class Span(NamedTuple):
    """A stretch of a text, ``text[start:end]``."""

    start: int
    end: int


def sentences(text: str) -> Iterator[list[Span]]:
    """Yield the clauses of each sentence, without numbering and blanks around them; empty ones are dropped."""
    for sentence in _SENTENCE.finditer(text):
        found: list[Span] = []
        for clause in _CLAUSE.finditer(text, *sentence.span()):
            numbering = None if found else _NUMBERING.match(text, clause.start(), clause.end())
            start = numbering.end() if numbering else clause.start()
            words = text[start : clause.end()]
            start += len(words) - len(words.lstrip())
            end = start + len(words.strip())
            if start < end:
                found.append(Span(start, end))
        if found:
            yield found


def stretches(text: str) -> list[Span]:
    """:returns: All runs of 1 to `LONGEST` neighbouring clauses of one sentence, in order of their beginning."""
    return [
        Span(clauses[first].start, clauses[last].end)
        for clauses in sentences(text)
        for first in range(len(clauses))
        for last in range(first, min(first + LONGEST, len(clauses)))
    ]


def claims(point: str) -> list[str]:
    """:returns: What a scoring point asks for, one by one; a piece of one or two characters joins the one before."""
    pieces = [piece for piece in re.split(r"[，,、；;。]", point) if piece.strip()]
    joined: list[str] = []
    for piece in pieces:
        if joined and (len(piece) <= 2 or len(joined[-1]) <= 2):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
