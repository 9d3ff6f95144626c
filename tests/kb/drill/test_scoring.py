import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.drill.criteria import DEFAULT_CRITERIA, WEIGHTS, Criterion
from kb.drill.scoring import Total, judged_points, judges_mean, places, rounded, sheet, total
from kb.errors import InputError


def decimals(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("marks", "mean"),
    [
        (["7"], 7),
        (["0", "10", "10", "10"], Fraction(30, 4)),
        (["0", "8", "9", "10", "10"], 9),
        (["5", "5", "5", "5", "5"], 5),
        (["1", "1", "1", "10", "10", "10"], Fraction(22, 4)),
    ],
)
def test_highest_and_lowest_go_from_five_judges_up(marks: list[str], mean: Fraction) -> None:
    assert judges_mean(decimals(*marks)) == mean
    with pytest.raises(ValueError, match="no marks"):
        judges_mean([])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(49, 10000), "0.00"),
        (Fraction(2, 3), "0.67"),
        (Fraction(9), "9.00"),
    ],
)
def test_halves_are_rounded_up(value: Fraction, shown: str) -> None:
    assert str(rounded(value)) == shown


def test_the_weights_are_those_of_the_brief() -> None:
    assert dict(WEIGHTS) == {"P": 20, "L": 45, "C": 20, "D": 15}


def test_a_sheet_by_hand() -> None:
    marks = [{"P": Decimal(20), "L": Decimal("30.5"), "C": Decimal(10), "D": Decimal(0)},
             {"P": Decimal(10), "L": Decimal(45), "C": Decimal(10), "D": Decimal("7.5")}]  # fmt: skip
    result = sheet(marks, DEFAULT_CRITERIA)
    assert {k: str(v) for k, v in result.criteria.items()} == {"P": "15.00", "L": "37.75", "C": "10.00", "D": "3.75"}  # fmt: skip
    assert str(result.total) == "66.50"
    assert {k: str(v) for k, v in judged_points(result, Decimal(10)).items()} == {"P": "1.50", "L": "3.78", "C": "1.00", "D": "0.37"}  # fmt: skip
    assert str(sum(judged_points(result, Decimal(10)).values())) == "6.65"


def test_a_round_that_marks_two_dimensions_still_has_a_hundred() -> None:
    criteria = [
        Criterion(code="a", label="程序", dimension="L", most=Decimal(10)),
        Criterion(code="b", label="条文", dimension="L", most=Decimal(30)),
        Criterion(code="c", label="方向", dimension="P", most=Decimal(5)),
    ]
    full = sheet([{"a": Decimal(10), "b": Decimal(30), "c": Decimal(5)}], criteria)
    assert full.total == 100
    half = sheet([{"a": Decimal(0), "b": Decimal(20), "c": Decimal(5)}], criteria)
    assert half.dimensions == {"P": Decimal("30.77"), "L": Decimal("34.61")}  # together 65.38


@pytest.mark.parametrize(
    ("mark", "said"), [({"P": "21"}, "0 到 20"), ({"P": "-0.01"}, "0 到 20"), ({"P": None}, "没有打分")]
)
def test_incomplete_or_impossible_sheets_are_refused(mark: dict[str, str | None], said: str) -> None:
    marks = {"P": "20", "L": "1", "C": "1", "D": "1"} | mark
    with pytest.raises(InputError, match=said):
        sheet([{k: Decimal(v) for k, v in marks.items() if v is not None}], DEFAULT_CRITERIA)
    with pytest.raises(InputError, match="没有评分项"):
        sheet([], [])


SHEETS = st.lists(
    st.fixed_dictionaries(
        {c.code: st.integers(0, int(c.most * 100)).map(lambda n: Decimal(n) / 100) for c in DEFAULT_CRITERIA}
    ),
    max_size=8,
)


@given(SHEETS, st.integers(1, 100_000).map(lambda n: Decimal(n) / 100), st.randoms(use_true_random=False))
def test_within_bounds_and_whatever_the_order(
    marks: list[dict[str, Decimal]], points: Decimal, dice: random.Random
) -> None:
    result = sheet(marks, DEFAULT_CRITERIA)
    assert sheet(dice.sample(marks, len(marks)), DEFAULT_CRITERIA) == result
    assert 0 <= result.total <= 100
    for criterion in DEFAULT_CRITERIA:
        own = [one[criterion.code] for one in marks]
        mean = result.criteria[criterion.code]
        assert min(own, default=Decimal(0)) <= mean <= max(own, default=Decimal(0))
        assert 0 <= result.dimensions[criterion.dimension] <= WEIGHTS[criterion.dimension]
    given = judged_points(result, points)
    assert all(value >= 0 for value in given.values())
    assert sum(given.values()) == rounded(Fraction(result.total) * Fraction(points) / 100) <= points


def test_a_group_s_total_keeps_the_dimensions_apart() -> None:
    summed = total(3, decimals("10", "2.5"), [{"L": Decimal("3.78"), "P": Decimal(1)}, {"L": Decimal(1)}])
    assert (summed.points, summed.objective, summed.judged) == (Decimal("18.28"), Decimal("12.5"), Decimal("5.78"))  # fmt: skip
    assert summed.dimensions == {"L": Decimal("4.78"), "P": Decimal(1)}
    assert total(1, [], []).points == 0


def entry(group: int, objective: str, judged: str, law: str = "0") -> Total:
    return Total(group, Decimal(objective), Decimal(judged), {"L": Decimal(law)})


def test_ties_go_to_the_objective_points_then_to_the_law_then_are_shared() -> None:
    totals = [
        entry(1, "10", "20", "9"), entry(2, "20", "10", "5"), entry(3, "10", "20", "9"), entry(4, "10", "20", "8"),
        entry(5, "40", "0"), entry(6, "10", "20.00", "9.0"),
    ]  # fmt: skip
    found = [(placed.place, placed.total.group) for placed in places(totals)]
    assert found == [(1, 5), (2, 2), (3, 1), (3, 3), (3, 6), (6, 4)]
    assert places([]) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=9), st.randoms(use_true_random=False))  # fmt: skip
def test_places_do_not_depend_on_the_order_and_follow_the_points(
    rows: list[tuple[int, int, int]], dice: random.Random
) -> None:
    totals = [entry(g, *map(str, row)) for g, row in enumerate(rows, start=1)]
    found = places(totals)
    assert places(dice.sample(totals, len(totals))) == found
    assert sorted(p.total.group for p in found) == list(range(1, len(rows) + 1))
    for before, after in zip(found, found[1:], strict=False):
        assert before.total.points >= after.total.points
        assert before.place <= after.place
