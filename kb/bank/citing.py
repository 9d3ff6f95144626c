"""References cited in a written answer: for which scoring point, and right or wrong there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.bank.clauses import Span, sentences
from kb.bank.question import Case, Short
from kb.references.check import TO_MEND, Checked
from kb.references.find import Mention
from kb.references.reference import Reference, parse_reference
from kb.references.verdict import State


class Fit(StrEnum):
    """Whether a reference bears out the point that it was cited for."""

    RIGHT = "right"
    WRONG = "wrong"
    """No such provision, law no more, or another provision than the point rests on."""
    OUTSIDE = "outside"
    """The library cannot tell."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference in an answer, judged for one point."""

    mention: Mention
    fit: Fit
    note: str = ""
    """Chinese: why, where the library has something to say."""


def cited_for(
    question: Short | Case, number: int, answer: str, shown: Sequence[Span], cited: Iterable[Checked]
) -> tuple[Citation, ...]:
    """
    Choose the references that an answer gives for one point.

    Those the point rests on count wherever they stand. Any other counts for the points whose words are in
    its sentence, unless it is right for another point or among the question's own.

    :param number: Index of the point.
    :param shown: The words of the answer that show the point.
    :param cited: What `check` says of the answer's references; the order is kept.
    """
    point = question.points[number]
    known = [*question.refs, *(ref for other in question.points for ref in other.refs)]
    found = []
    for checked in cited:
        mention = checked.mention
        if _among(point.refs, mention.reference):
            wrong = checked.state in TO_MEND
            # The bank vouches for it where the library does not hold it.
            note = "" if checked.state is State.OUTSIDE else checked.note
            found.append(Citation(mention, Fit.WRONG if wrong else Fit.RIGHT, note))
        elif not _among(known, mention.reference) and _beside(answer, mention, shown):
            outside = checked.state is State.OUTSIDE
            found.append(Citation(mention, Fit.OUTSIDE if outside else Fit.WRONG, checked.note))
    return tuple(found)


def _among(refs: Iterable[str], reference: Reference) -> bool:
    return any(_agrees(parse_reference(ref), reference) for ref in refs)


def _agrees(wanted: Reference, given: Reference) -> bool:
    """Same article; where both name a paragraph or an item, the same."""
    if wanted.law != given.law or not _covers(given, wanted):
        return False
    return all(
        one is None or other is None or one == other
        for one, other in ((wanted.paragraph, given.paragraph), (wanted.item, given.item))
    )


def _covers(given: Reference, wanted: Reference) -> bool:
    if given.last is None:
        return (given.article, given.suffix) == (wanted.article, wanted.suffix)
    return given.article <= wanted.article <= given.last


def _beside(answer: str, mention: Mention, shown: Sequence[Span]) -> bool:
    for clauses in sentences(answer):
        start, end = clauses[0].start, clauses[-1].end
        if start <= mention.start < end:
            return any(start <= span.start < end for span in shown)
    return False
