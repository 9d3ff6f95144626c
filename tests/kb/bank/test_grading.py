"""Marks of the objective types: the partial-credit rules, and the bounds that always hold."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bank.blanks import LONGEST, normalised, same_filling
from kb.bank.grading import mark_fill, mark_multiple, mark_ordering, mark_single, mark_true_false
from kb.bank.question import QUESTION
from kb.references.numerals import format_numeral

COMMON = {
    "id": "q-huanjie-001", "topic": "换届", "difficulty": 2, "region": "上海", "department": "房办", "status": "active",
    "stem": "题干", "explanation": "因为", "refs": ["民法典第二百七十八条"],
}  # fmt: skip
OPTIONS = ["甲", "乙", "丙", "丁"]
LETTERS = "ABCD"


def make(**fields: Any) -> Any:
    return QUESTION.validate_python(COMMON | fields)


def multiple(answer: str) -> Any:
    return make(type="multiple", options=OPTIONS, answer=list(answer))


def ordering(answer: str = "CABD") -> Any:
    return make(type="ordering", options=OPTIONS, answer=list(answer))


FILL = make(type="fill", stem="由____以上参与，提前____通知", answer=[["三分之二"], ["六十日", "60日"]])


@pytest.mark.parametrize(("chosen", "mark"), [("B", 1), ("A", 0), ("", 0)])
def test_single(chosen: str, mark: float) -> None:
    assert mark_single(make(type="single", options=OPTIONS, answer="B"), chosen) == mark


@pytest.mark.parametrize(("chosen", "mark"), [(False, 1), (True, 0), (None, 0)])
def test_true_or_false(chosen: bool | None, mark: float) -> None:
    assert mark_true_false(make(type="truefalse", answer=False), chosen) == mark


@pytest.mark.parametrize(
    ("chosen", "mark"),
    [("ABC", 1), ("AB", 2 / 3), ("C", 1 / 3), ("ABCD", 0), ("AD", 0), ("D", 0), ("", 0), ("AA", 1 / 3)],
)
def test_multiple_counts_what_is_right_and_forgives_nothing_wrong(chosen: str, mark: float) -> None:
    assert mark_multiple(multiple("ABC"), chosen) == pytest.approx(mark)


@pytest.mark.parametrize(
    ("order", "mark"),
    [
        ("CABD", 1),
        ("DBAC", 0),
        ("", 0),
        ("C", 0),
        ("ABDC", 2 / 3),
        ("CAB", 2 / 3),
        ("CAAB", 0),
        ("CADB", 1 / 3),
    ],
)
def test_ordering_counts_neighbouring_steps(order: str, mark: float) -> None:
    assert mark_ordering(ordering(), order) == pytest.approx(mark)


@pytest.mark.parametrize(
    ("filled", "mark"),
    [
        (["三分之二", "六十日"], 1),
        (["2/3", "６０ 天"], 1),
        (["（２／３）", "60日。"], 1),
        (["四分之三", "60日"], 0.5),
        (["60日", "三分之二"], 0),
        (["三分之二"], 0.5),
        ([], 0),
        (["", " "], 0),
        (["三分之二", "60日", "多写"], 1),
    ],
)
def test_blanks_count_one_by_one(filled: list[str], mark: float) -> None:
    assert mark_fill(FILL, filled) == mark


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("百分之五十", "50％"), ("一半", "一半"), ("五万元", "50000元"), ("5万元", "五万块钱"), ("两个月", "2个月"),
        ("《民法典》", "民法典"), ("ＡＢ", "ab"), ("业主 大会", "业主大会"), ("百分之六十", "五分之三"),
    ],
)  # fmt: skip
def test_the_same_in_another_script(one: str, other: str) -> None:
    assert same_filling(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("60日", "6日"), ("", ""), ("。", "，"), ("三分之二", "三分之一"), ("1/0", "0"), ("六十日", "六十元")],
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert not same_filling(one, other)


@given(st.integers(min_value=1, max_value=99_999))
def test_every_number_is_the_same_in_both_scripts(value: int) -> None:
    assert same_filling(f"{format_numeral(value)}日", f"{value}天")
    assert not same_filling(f"{format_numeral(value)}日", f"{value + 1}天")


@given(st.integers(1, 999), st.integers(1, 999))
def test_shares_compare_by_value(over: int, under: int) -> None:
    reduced = Fraction(over, under)
    spoken = f"{format_numeral(reduced.denominator)}分之{format_numeral(reduced.numerator)}"
    assert same_filling(f"{over}/{under}", spoken)


@given(st.text(max_size=LONGEST + 20))
def test_any_text_can_be_filled_in(text: str) -> None:
    assert mark_fill(FILL, [text, text]) in (0, 0.5)
    assert len(text) <= LONGEST or normalised(text) == ""


@given(st.sets(st.sampled_from(LETTERS), min_size=1), st.text(alphabet="ABCDEFx", max_size=8))
def test_marks_of_multiple_stay_in_bounds(answer: set[str], chosen: str) -> None:
    mark = mark_multiple(multiple("".join(sorted(answer))), chosen)
    assert 0 <= mark <= 1
    assert (mark == 1) == (set(chosen) == answer)
    assert mark == 0 or set(chosen) <= answer


@given(st.sets(st.sampled_from(LETTERS), min_size=1), st.data())
def test_one_more_right_letter_never_costs(answer: set[str], data: st.DataObject) -> None:
    question = multiple("".join(sorted(answer)))
    chosen = data.draw(st.sets(st.sampled_from(sorted(answer))))
    more = chosen | {data.draw(st.sampled_from(sorted(answer)))}
    assert mark_multiple(question, more) >= mark_multiple(question, chosen)


@given(
    st.permutations(LETTERS).filter(lambda p: list(p) != list(LETTERS)),
    st.text(alphabet=LETTERS + "x", max_size=6),
)
def test_marks_of_ordering_stay_in_bounds(right: list[str], order: str) -> None:
    mark = mark_ordering(ordering("".join(right)), order)
    assert 0 <= mark <= 1
    assert (mark == 1) == (list(order) == right or "".join(right) in order and len(set(order)) == len(order))
