import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.metrics import RECALL_CUTS, ndcg, query_metrics, recall, reciprocal_rank, success

RANKED = ["a", "b", "c", "d", "e", "f"]
items = st.lists(st.integers(0, 30).map(str), unique=True, max_size=25)
relevant = st.sets(st.integers(0, 30).map(str), min_size=1, max_size=8)


@pytest.mark.parametrize(("cut", "expected"), [(1, 0.0), (2, 1 / 3), (5, 2 / 3), (100, 2 / 3)])
def test_recall_counts_the_relevant_above_the_cut(cut: int, expected: float) -> None:
    assert recall(RANKED, {"b", "e", "x"}, cut) == pytest.approx(expected)


@pytest.mark.parametrize(("cut", "expected"), [(1, 0.0), (2, 0.0), (3, 1.0), (5, 1.0)])
def test_success_asks_for_one(cut: int, expected: float) -> None:
    assert success(RANKED, {"c", "x"}, cut) == expected


@pytest.mark.parametrize(("wanted", "expected"), [("a", 1.0), ("d", 0.25), ("x", 0.0)])
def test_reciprocal_rank_is_that_of_the_first(wanted: str, expected: float) -> None:
    assert reciprocal_rank(RANKED, {wanted}) == expected


def test_reciprocal_rank_sees_nothing_below_the_cut() -> None:
    assert reciprocal_rank(RANKED, {"f"}, cut=5) == 0.0


def test_ndcg_by_hand() -> None:
    # Found at ranks 2 and 5 of three relevant: (1/log2 3 + 1/log2 6) / (1 + 1/log2 3 + 1/log2 4).
    gain = 1 / math.log2(3) + 1 / math.log2(6)
    ideal = 1 + 1 / math.log2(3) + 0.5
    assert ndcg(RANKED, {"b", "e", "x"}) == pytest.approx(gain / ideal)


def test_ndcg_of_more_relevant_than_the_cut_can_still_be_perfect() -> None:
    assert ndcg(RANKED, set(RANKED), cut=3) == pytest.approx(1.0)


@given(items, relevant)
def test_all_figures_are_shares(ranked: list[str], wanted: set[str]) -> None:
    assert all(0.0 <= value <= 1.0 + 1e-12 for value in query_metrics(ranked, wanted).values())


@given(items, relevant)
def test_recall_grows_with_the_cut(ranked: list[str], wanted: set[str]) -> None:
    figures = query_metrics(ranked, wanted)
    values = [figures[f"recall@{cut}"] for cut in RECALL_CUTS]
    assert values == sorted(values)


@given(items, relevant)
def test_a_perfect_ranking_is_perfect(others: list[str], wanted: set[str]) -> None:
    figures = query_metrics([*sorted(wanted), *(item for item in others if item not in wanted)], wanted)
    assert figures["ndcg@10"] == pytest.approx(1.0)
    assert figures["mrr@10"] == figures["success@1"] == figures["recall@10"] == 1.0


@given(items, relevant)
def test_nothing_relevant_found_is_nothing(ranked: list[str], wanted: set[str]) -> None:
    assert set(query_metrics([item for item in ranked if item not in wanted], wanted).values()) == {0.0}


@given(items, relevant)
def test_moving_a_relevant_item_up_never_hurts(ranked: list[str], wanted: set[str]) -> None:
    found = next((place for place, item in enumerate(ranked) if item in wanted and place), None)
    if found is None:
        return
    better = ranked[: found - 1] + [ranked[found], ranked[found - 1]] + ranked[found + 1 :]
    before, after = query_metrics(ranked, wanted), query_metrics(better, wanted)
    assert all(after[name] >= before[name] - 1e-12 for name in before)
