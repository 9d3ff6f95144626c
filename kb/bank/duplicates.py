"""Is a question in the bank already, in nearly the same words?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kb.bank.question import Multiple, Ordering, Question, Single
from kb.minhash import grams, jaccard

ALIKE = 0.4
"""
Share of common 4-grams from which on two questions count as the same.

Measured on questions written apart: two of them share at most a fifth.
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question that is like another."""

    id: str
    share: float
    """Common 4-grams among all of both (Jaccard), 0–1."""


class Duplicates:
    """
    Questions against which new ones are checked.

    Exact: every question that shares a gram is compared; the bank is small enough for that.
    """

    def __init__(self, questions: Iterable[Question] = ()):
        """:param questions: What there is already."""
        self._sets: dict[str, frozenset[str]] = {}
        self._holding: defaultdict[str, set[str]] = defaultdict(set)
        for question in questions:
            self.add(question)

    def add(self, question: Question) -> None:
        """Let later questions be checked against this one too; one of the same id is replaced."""
        for gram in self._sets.get(question.id, ()):
            self._holding[gram].discard(question.id)
        self._sets[question.id] = members = grams(wording(question))
        for gram in members:
            self._holding[gram].add(question.id)

    def like(self, question: Question, least: float = ALIKE) -> list[Likeness]:
        """
        Find near-duplicates.

        :param question: The question; one of the same id is not compared with it.
        :param least: Share of common grams from which on one is told.
        :returns: The most similar first, then by id.
        """
        own = grams(wording(question))
        shared = Counter(other for gram in own for other in self._holding.get(gram, ()))
        shared.pop(question.id, None)
        found = [Likeness(other, jaccard(own, self._sets[other])) for other in shared]
        return sorted((f for f in found if f.share >= least), key=lambda f: (-f.share, f.id))


def wording(question: Question) -> str:
    """:returns: The words by which a question is compared: stem and options, in whatever order these are."""
    options = sorted(question.options) if isinstance(question, Single | Multiple | Ordering) else []
    return "".join([question.stem, *options])
