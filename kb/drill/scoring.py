"""
From judges' marks to places.

**Mean of the judges.** For each criterion: from five judges up the highest and the lowest mark are dropped (one
of each, also where several are equal) and the rest averaged; below five the plain mean, since dropping two of
four would leave the word to two people.

**Dimensions.** Of each dimension: Σ means / Σ most × weight; the weights are P 20, L 45, C 20, D 15. Where a
round marks only some dimensions, the sum is scaled up so that a full sheet is 100 all the same.

**Rounding.** Sums and quotients are exact fractions. What is shown is rounded, half up, to 0.01: the mean of a
criterion, the total of a sheet, a group's points of one question. The parts by dimension are rounded with carrying
(each is the rounded sum up to it less the rounded sum before it), so that they add up to the rounded total exactly
and never beyond the maximum. Totals add what is shown, so that anybody can check them on paper.

**Ties.** Equal totals are ordered by the objective points (graded against a key, so no opinion decides), then
by the share of dimension L (the heaviest, and what the drill is about). Groups that are equal in
all three share the place, and the next place is left free (1, 2, 2, 4). Speed never decides: it rewards the
quick over the right; it counts only in 抢答, whose point it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kb.bank.question import Dimension
from kb.drill.criteria import WEIGHTS, Criterion, mark_problems
from kb.errors import InputError

TRIMMED_FROM = 5
CENT = Decimal("0.01")
ZERO = Decimal("0.00")

Marks = Mapping[str, Decimal]
"""Code of a criterion → mark of one judge."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the judges together give one group for one question."""

    criteria: Mapping[str, Decimal]
    """Code → mean, from 0 to the criterion's most."""
    dimensions: Mapping[Dimension, Decimal]
    """Dimension → score out of its (scaled) weight; those that were not marked are left out."""
    judges: int

    @property
    def total(self) -> Decimal:
        """Out of 100."""
        return sum(self.dimensions.values(), ZERO)


@dataclass(frozen=True, slots=True)
class Total:
    """Everything a group has."""

    group: int
    objective: Decimal = ZERO
    """Points graded against a key."""
    judged: Decimal = ZERO
    """Points from the judges' sheets."""
    dimensions: Mapping[Dimension, Decimal] = field(default_factory=dict)
    """Dimension → part of `judged` that comes from it."""

    @property
    def points(self) -> Decimal:
        """Objective and judged points together."""
        return self.objective + self.judged


@dataclass(frozen=True, slots=True)
class Placed:
    """A group and its place, counted from 1; groups that nothing tells apart share it."""

    place: int
    total: Total


def rounded(value: Fraction) -> Decimal:
    """:returns: `value`, which is not negative, to 0.01, half up."""
    hundredths = (value.numerator * 200 + value.denominator) // (value.denominator * 2)
    return Decimal(hundredths).scaleb(-2).quantize(CENT, ROUND_HALF_UP)


def judges_mean(marks: Sequence[Decimal]) -> Fraction:
    """
    Average one criterion over the judges, exactly.

    :raises ValueError: If there are no marks.
    """
    if not marks:
        raise ValueError("no marks to average")
    kept = sorted(Fraction(mark) for mark in marks)
    if len(kept) >= TRIMMED_FROM:
        kept = kept[1:-1]
    return sum(kept, Fraction(0)) / len(kept)


def sheet(marks: Sequence[Marks], criteria: Sequence[Criterion]) -> Sheet:
    """
    Put the judges' sheets together.

    :param marks: One complete sheet a judge; none gives a sheet of zeros.
    :param criteria: What was marked.
    :raises InputError: If a sheet is incomplete or out of bounds, or there are no criteria.
    """
    if not criteria:
        raise InputError("没有评分项", remedy="请给这一轮设评分项")
    problems = [problem for one in marks for problem in mark_problems(one, criteria)]
    if problems:
        raise InputError(problems[0], remedy="请评委补全或改正")
    means = {c.code: judges_mean([one[c.code] for one in marks]) if marks else Fraction(0) for c in criteria}
    marked: list[Dimension] = [d for d in WEIGHTS if any(c.dimension == d for c in criteria)]
    scale = Fraction(100) / sum(Fraction(WEIGHTS[d]) for d in marked)
    scores: dict[Dimension, Fraction] = {}
    for dimension in marked:
        own = [c for c in criteria if c.dimension == dimension]
        share = sum((means[c.code] for c in own), Fraction(0)) / sum(Fraction(c.most) for c in own)
        scores[dimension] = share * Fraction(WEIGHTS[dimension]) * scale
    return Sheet({code: rounded(mean) for code, mean in means.items()}, _carried(scores), len(marks))


def _carried(exact: Mapping[Dimension, Fraction]) -> dict[Dimension, Decimal]:
    shown: dict[Dimension, Decimal] = {}
    so_far = Fraction(0)
    for dimension, value in exact.items():
        shown[dimension] = rounded(so_far + value) - rounded(so_far)
        so_far += value
    return shown


def judged_points(sheet: Sheet, points: Decimal) -> Mapping[Dimension, Decimal]:
    """
    Turn a sheet into points of a question.

    :param points: What the question is worth.
    :returns: Dimension → points; together `points` at most.
    """
    worth = Fraction(points) / 100
    return _carried({dimension: Fraction(score) * worth for dimension, score in sheet.dimensions.items()})


def total(group: int, objective: Sequence[Decimal], judged: Sequence[Mapping[Dimension, Decimal]]) -> Total:
    """
    Add up a group's points.

    :param objective: Points of each question graded against a key.
    :param judged: `judged_points` of each question that was judged.
    """
    dimensions: dict[Dimension, Decimal] = {}
    for part in judged:
        for dimension, value in part.items():
            dimensions[dimension] = dimensions.get(dimension, ZERO) + value
    return Total(group, sum(objective, ZERO), sum(dimensions.values(), ZERO), dimensions)


def places(totals: Sequence[Total]) -> list[Placed]:
    """:returns: The groups by place; those that share one in the order of their numbers."""
    ordered = sorted(totals, key=lambda t: (*(-value for value in _merit(t)), t.group))
    found: list[Placed] = []
    for position, entry in enumerate(ordered, start=1):
        shares = found and _merit(found[-1].total) == _merit(entry)
        found.append(Placed(found[-1].place if shares else position, entry))
    return found


def _merit(entry: Total) -> tuple[Decimal, Decimal, Decimal]:
    return entry.points, entry.objective, entry.dimensions.get("L", ZERO)
