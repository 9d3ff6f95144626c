"""Searches that found nothing, found poorly, or left a visitor without an answer (查无结果)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb.judging.grouping import grouped
from kb.judging.searches import Search

WEAK_SCORE = 0.77
"""Cosine under which the nearest passage is hardly about the question (measured with the default model:
six in a hundred lay questions of the library's subject lie below, and six in ten of other subjects)."""


class Reason(StrEnum):
    """Why a search counts as unanswered; the gravest first."""

    MISSED = "missed"
    NOTHING = "nothing"
    WEAK = "weak"


class How(StrEnum):
    """What an administrator did about a gap."""

    SYNONYM = "synonym"
    LINK = "link"
    CASE = "case"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Handled:
    """Something done about searches of like words; undone by its number."""

    id: int
    texts: tuple[str, ...]
    how: How
    detail: tuple[str, ...]
    """Of a synonym: the term and its other name; of a link: the reference; else empty."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Unanswered searches of like words, which nobody has dealt with since."""

    texts: tuple[str, ...]
    """The wordings, the most frequent first."""
    count: int
    last: datetime
    reasons: tuple[Reason, ...]
    before: How | None = None
    """What was done about it earlier, evidently in vain."""


def reason(search: Search) -> Reason | None:
    """:returns: Why a search counts as unanswered; ``None`` if it does not."""
    if search.missed:
        return Reason.MISSED
    if not search.hits:
        return Reason.NOTHING
    weak = search.top_score is not None and search.top_score < WEAK_SCORE
    return Reason.WEAK if weak and not search.opened else None


def open_gaps(
    searches: Iterable[Search], handled: Iterable[Handled], words: Callable[[str], Iterable[str]]
) -> list[Gap]:
    """
    Collect what still waits for an answer.

    :param searches: The log.
    :param handled: What was done already; searches before it are settled, later ones come up again.
    :param words: Splits a text into the words by which texts are alike.
    :returns: Gaps, the gravest reason first, then the most frequent, then the latest.
    """
    settled = {text: done for done in sorted(handled, key=lambda h: h.at) for text in done.texts}
    poor: dict[str, list[tuple[Search, Reason]]] = {}
    for search in searches:
        why, done = reason(search), settled.get(search.text)
        if why is not None and (done is None or search.at > done.at):
            poor.setdefault(search.text, []).append((search, why))
    by_frequency = sorted(poor, key=lambda text: (-len(poor[text]), text))
    gaps = [_gap(texts, poor, settled) for texts in grouped(by_frequency, words)]
    order = list(Reason)
    return sorted(gaps, key=lambda g: (order.index(g.reasons[0]), -g.count, -g.last.timestamp(), g.texts))


def _gap(
    texts: Sequence[str], poor: dict[str, list[tuple[Search, Reason]]], settled: dict[str, Handled]
) -> Gap:
    found = [pair for text in texts for pair in poor[text]]
    reasons = Counter(why for _, why in found)
    before = next((settled[text].how for text in texts if text in settled), None)
    return Gap(
        texts=tuple(texts),
        count=len(found),
        last=max(search.at for search, _ in found),
        reasons=tuple(why for why in Reason if reasons[why]),
        before=before,
    )
