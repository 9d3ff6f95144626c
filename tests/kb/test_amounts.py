"""Figures with units."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.amounts import RATIO, amounts
from kb.references.numerals import format_numeral


def read(text: str) -> list[tuple[Fraction, str]]:
    return [(amount.value, amount.unit) for amount in amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三十日", [(30, "日")]),
        ("30 天", [(30, "日")]),
        ("十个工作日", [(10, "工作日")]),
        ("五至十日", [(5, "日"), (10, "日")]),
        ("5—10天", [(5, "日"), (10, "日")]),
        ("一千到一万元", [(1000, "元"), (10_000, "元")]),
        ("5到10万元", [(50_000, "元"), (100_000, "元")]),
        ("一万五千元", [(15_000, "元")]),
        ("2.5万元", [(25_000, "元")]),
        ("三分之二", [(Fraction(2, 3), RATIO)]),
        ("2/3", [(Fraction(2, 3), RATIO)]),
        ("百分之二十", [(Fraction(1, 5), RATIO)]),
        ("20%", [(Fraction(1, 5), RATIO)]),
        ("两成", [(Fraction(1, 5), RATIO)]),
        ("半年", [(6, "月")]),
        ("每周五十六个小时", [(56, "小时")]),
        ("2020年5月1日起满三年", [(3, "年")]),
        ("第三条第二款，第一年", []),
        ("二〇二六年八月十五日起，到三月底，三个月", [(3, "月")]),
        ("成立、完成、一成不变的成本", [(Fraction(1, 10), RATIO)]),
    ],
)  # fmt: skip
def test_reads_what_statutes_and_people_write(text: str, expected: list[tuple[Fraction, str]]) -> None:
    assert read(text) == expected


@given(st.integers(1, 99_999), st.sampled_from(["日", "元", "户", "周岁"]))
def test_both_scripts_mean_the_same(number: int, unit: str) -> None:
    if unit == "日" and number == 10:
        return
    chinese = [value for value, _ in read(f"为{format_numeral(number)}{unit}")]
    assert chinese == [value for value, _ in read(f"为{number}{unit}")] == [number]


@given(st.text(alphabet="一二三十百千万0123456789/.%成分之百至到日元年月半每第条（）", max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    assert all(value >= 0 for value, _ in read(text))
