"""Figures against values computed by hand, and within their bounds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kb.bank.statistics import (
    LEAST,
    Figure,
    correlation,
    discrimination,
    facility,
    reliability,
    score_table,
    statistics_of,
)

NAN = math.nan


def test_facility_is_the_mean_share() -> None:
    assert facility(np.array([1.0] * 12 + [0.5] * 4 + [0.0] * 4 + [NAN] * 5)) == Figure(0.7, 20)


def test_nothing_is_told_under_twenty_attempts_but_their_number_is() -> None:
    table = np.linspace(0, 1, 19 * 2).reshape(19, 2)
    (first, _), whole = statistics_of(table), reliability(table)
    assert [first.facility, first.discrimination, first.correlation, whole.alpha] == [Figure(None, 19)] * 4


def test_discrimination_by_hand() -> None:
    # 100 persons, so that the groups are of 27: the upper 27 get everything, the next 30 only the first
    # question, the others nothing. The lower 27 got 0 of both.
    table = np.array([[1.0, 1.0]] * 27 + [[1.0, 0.0]] * 30 + [[0.0, 0.0]] * 43)
    assert discrimination(table, 0).value == pytest.approx(1)
    # 10 of the upper 27 miss the second question, which ranks them with the next 30: 17 persons are sure
    # of their place, the other 10 places are shared by 40 persons of whom nobody has the second question.
    table[:10, 1] = 0.0
    assert discrimination(table, 1).value == pytest.approx(17 / 27)


def test_persons_of_equal_rank_share_the_last_places() -> None:
    # Of 20 persons 5.4 make a group; 10 rank first and half of those have question 0.
    table = np.array([[1.0, 0.0]] * 5 + [[0.0, 1.0]] * 5 + [[0.0, 0.0]] * 10)
    assert discrimination(table, 0).value == pytest.approx(0.5)


def test_correlation_by_hand() -> None:
    # Rest scores 0…3, five persons each; the upper ten have the question: point-biserial
    # (2.5 − 0.5) / √1.25 · √(0.5 · 0.5) = 0.8944.
    rest = np.repeat([0.0, 1 / 3, 2 / 3, 1.0], 5)
    table = np.column_stack([(rest > 0.5).astype(float), rest])
    assert correlation(table, 0).value == pytest.approx(2 / math.sqrt(1.25) * 0.5)


def test_alpha_by_hand() -> None:
    # Two equal questions: k/(k−1)·(1 − (v+v)/(4v)) = 1. Two unrelated ones, all four answers equally
    # frequent: 2·(1 − (¼+¼)/½) = 0.
    half = np.array([0.0, 1.0] * 10)
    assert reliability(np.column_stack([half, half])).alpha == Figure(1.0, 20)
    other = np.array([0.0, 0.0, 1.0, 1.0] * 5)
    whole = reliability(np.column_stack([half, other]))
    assert (whole.is_kr20, whole.alpha.value) == (True, pytest.approx(0))


def test_alpha_of_binary_scores_is_kr20() -> None:
    table = (np.arange(30)[:, None] * np.array([3, 5, 7, 11]) % 13 > 5).astype(float)
    p = table.mean(axis=0)
    kr20 = 4 / 3 * (1 - float((p * (1 - p)).sum()) / float(table.sum(axis=1).var()))
    assert reliability(table).alpha.value == pytest.approx(kr20)
    assert not reliability(table / 2).is_kr20
    assert reliability(table / 2).alpha.value == pytest.approx(kr20)


def test_who_lacks_a_question_does_not_count_for_alpha() -> None:
    half = np.array([0.0, 1.0] * 10)
    table = np.vstack([np.column_stack([half, half]), [[1.0, NAN]] * 7])
    assert reliability(table).alpha == Figure(1.0, 20)
    assert facility(table[:, 0]).n == 27


def test_what_does_not_vary_has_no_figure() -> None:
    same = np.ones((25, 3))
    item, whole = statistics_of(same)[0], reliability(same)
    assert (item.facility.value, item.discrimination, item.correlation) == (
        1.0,
        Figure(None, 25),
        Figure(None, 25),
    )
    assert whole.alpha == reliability(same[:, :1]).alpha == Figure(None, 25)


def test_attempts_become_a_table_and_the_last_counts() -> None:
    persons, questions, table = score_table([("甲", "q-1", 0.5), ("乙", "q-2", 1.0), ("甲", "q-1", 0.0)])
    assert (persons, questions) == (["甲", "乙"], ["q-1", "q-2"])
    np.testing.assert_array_equal(table, [[0.0, NAN], [NAN, 1.0]])
    assert statistics_of(score_table([])[2]) == []


@pytest.mark.parametrize("scores", [np.zeros(3), np.full((2, 2), 1.1), np.full((2, 2), -0.1)])
def test_impossible_scores_are_refused(scores) -> None:
    with pytest.raises(ValueError, match="scores must"):
        statistics_of(scores)


_tables = st.tuples(st.integers(1, 40), st.integers(1, 5)).flatmap(
    lambda shape: arrays(
        float, shape, elements=st.one_of(st.sampled_from([0.0, 0.5, 1.0, NAN]), st.floats(0, 1))
    )
)


@settings(deadline=None)
@given(_tables, st.randoms())
def test_figures_keep_their_bounds_and_forget_the_order_of_persons(table, random) -> None:
    order = list(range(len(table)))
    random.shuffle(order)
    for number, (item, other) in enumerate(
        zip(statistics_of(table), statistics_of(table[order]), strict=True)
    ):
        n = int((~np.isnan(table[:, number])).sum())
        assert (item.facility.n, item.discrimination.n) == (n, n)
        for figure, same, least in (
            (item.facility, other.facility, 0),
            (item.discrimination, other.discrimination, -1),
            (item.correlation, other.correlation, -1),
        ):
            assert figure.n >= LEAST or figure.value is None
            assert figure.value is None or least - 1e-9 <= figure.value <= 1 + 1e-9
            assert (figure.value is None) == (same.value is None)
            assert figure.value == pytest.approx(same.value, abs=1e-6)
    alpha = reliability(table).alpha
    assert alpha.value is None or (alpha.n >= LEAST and alpha.value <= 1)
