"""
How good the questions and a test were: facility, discrimination, reliability.

Scores are shares of the points of a question, 0–1, in an array of persons × questions; ``nan`` where a
person was not given a question. Under `LEAST` attempts no figure is told, because chance rules there;
the number of attempts always is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

LEAST = 20
"""Attempts under which no figure is told."""
TAIL = 0.27
"""Share of persons in the upper and in the lower group: T. L. Kelley, The selection of upper and lower groups
for the validation of test items, Journal of Educational Psychology 30 (1939) 17–24."""

Scores: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and the number of attempts that it rests on."""

    value: float | None
    """``None`` under `LEAST` attempts, and where it is not defined because all scores are the same."""
    n: int


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What the attempts at one question say of it."""

    facility: Figure
    discrimination: Figure
    correlation: Figure


@dataclass(frozen=True, slots=True)
class Reliability:
    """Whether the questions of a test measure the same thing."""

    alpha: Figure
    is_kr20: bool
    """All scores were 0 or 1, where Cronbach's alpha is the KR-20 of Kuder and Richardson."""


def statistics_of(scores: Scores) -> list[ItemStatistics]:
    """
    Look at every question.

    :param scores: Persons × questions.
    :returns: One entry a question, in order.
    :raises ValueError: If `scores` is no table, or holds a score outside 0–1.
    """
    table = _checked(scores)
    return [
        ItemStatistics(facility(table[:, n]), discrimination(table, n), correlation(table, n))
        for n in range(table.shape[1])
    ]


def facility(scores: Scores) -> Figure:
    """
    Tell how easy a question was: the mean share of its points (facility index, Moodle's quiz statistics).

    :param scores: One score a person.
    :returns: 0 (nobody got a point) to 1.
    """
    given = scores[~np.isnan(scores)]
    return Figure(float(given.mean()) if len(given) >= LEAST else None, len(given))


def discrimination(scores: Scores, item: int) -> Figure:
    """
    Tell whether good groups did better: the mean of the upper 27 % less that of the lower 27 %.

    The index D of Kelley (1939), over the persons who were given the question, ranked by the mean of all
    their scores. Persons of equal rank at the edge of a group count in equal parts, so that the order in
    which they are listed changes nothing.

    :returns: -1 to 1; ``None`` also if all of them are of one rank.
    """
    given = ~np.isnan(scores[:, item])
    rows, n = scores[given], int(given.sum())
    if n < LEAST:
        return Figure(None, n)
    totals = _means(rows).round(9)  # sums of the same shares differ in their last bits
    if totals.min() == totals.max():
        return Figure(None, n)
    own, size = rows[:, item], TAIL * n
    upper, lower = _tail(-totals, size), _tail(totals, size)
    return Figure(float(own @ upper - own @ lower) / size, n)


def correlation(scores: Scores, item: int) -> Figure:
    """
    Correlate the score in a question with the mean of the person's other scores (Pearson).

    Moodle calls this its discrimination index; of a question scored 0 or 1 it is the point-biserial
    correlation, corrected for the question itself.

    :returns: -1 to 1; ``None`` also if either side does not vary.
    """
    others = np.delete(scores, item, axis=1)
    given = ~np.isnan(scores[:, item]) & (~np.isnan(others)).any(axis=1)
    n = int(given.sum())
    if n < LEAST:
        return Figure(None, n)
    own, rest = scores[given, item], _means(others[given])
    spread = float(own.std() * rest.std())
    if own.std() < 1e-9 or rest.std() < 1e-9:
        return Figure(None, n)
    covariance = float(((own - own.mean()) * (rest - rest.mean())).mean())
    return Figure(min(1.0, max(-1.0, covariance / spread)), n)


def reliability(scores: Scores) -> Reliability:
    """
    Compute Cronbach's alpha: k / (k − 1) · (1 − Σ variance of a question / variance of the sums).

    L. J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951) 297–334;
    for scores of 0 and 1 it equals the formula 20 of G. F. Kuder and M. W. Richardson, The theory of the
    estimation of test reliability, Psychometrika 2 (1937) 151–160. Persons who were not given all of the
    questions are left out.

    :returns: At most 1, and below 0 if the questions contradict each other; ``None`` also for fewer than
        two questions or equal sums.
    """
    table = _checked(scores)
    whole = table[~np.isnan(table).any(axis=1)]
    n, k = whole.shape
    binary = n > 0 and bool(np.isin(whole, (0.0, 1.0)).all())
    if n < LEAST or k < 2:
        return Reliability(Figure(None, n), binary)
    total = float(whole.sum(axis=1).var())
    if total < 1e-12:
        return Reliability(Figure(None, n), binary)
    alpha = k / (k - 1) * (1 - float(whole.var(axis=0).sum()) / total)
    return Reliability(Figure(min(1.0, alpha), n), binary)


def score_table(attempts: Sequence[tuple[str, str, float]]) -> tuple[list[str], list[str], Scores]:
    """
    Lay out single attempts as a table.

    :param attempts: Person, question, share of its points; of several by one person the last counts.
    :returns: Persons and questions in the order of their first attempts, and their scores.
    """
    persons = {name: n for n, name in enumerate(dict.fromkeys(a[0] for a in attempts))}
    questions = {name: n for n, name in enumerate(dict.fromkeys(a[1] for a in attempts))}
    table = np.full((len(persons), len(questions)), np.nan)
    for person, question, share in attempts:
        table[persons[person], questions[question]] = share
    return list(persons), list(questions), table


def _means(rows: Scores) -> Scores:
    """:returns: The mean of each person's scores, questions that were not given left out."""
    given = ~np.isnan(rows)
    means: Scores = np.where(given, rows, 0.0).sum(axis=1) / given.sum(axis=1)
    return means


def _tail(order: Scores, size: float) -> Scores:
    """:returns: How much of each person belongs to the group of `size` persons that `order` puts first."""
    weights = np.zeros(len(order))
    left = size
    for value in np.unique(order):
        tied = order == value
        share = min(1.0, left / float(tied.sum()))
        weights[tied] = share
        left -= share * float(tied.sum())
        if left <= 1e-12:
            break
    return weights


def _checked(scores: Scores) -> Scores:
    if scores.ndim != 2:
        raise ValueError(f"scores must be persons × questions, got {scores.ndim} dimensions")
    if ((scores < 0) | (scores > 1)).any():
        raise ValueError("scores must lie between 0 and 1")
    return scores
