"""Clauses and stretches of answers, claims of points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bank.clauses import LONGEST, claims, sentences, stretches


def cut(text: str) -> list[list[str]]:
    return [[text[c.start : c.end] for c in clauses] for clauses in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("先报警，再劝。围住落物", [["先报警", "再劝"], ["围住落物"]]),
        ("1.报警。2、劝住\n（3）安抚", [["报警"], ["劝住"], ["安抚"]]),
        ("一、报警；二、劝住", [["报警"], ["劝住"]]),
        ("罚0.5万元", [["罚0.5万元"]]),
        ("。，！\n ", []),
    ],
)
def test_answers_are_cut_into_clauses(text: str, parts: list[list[str]]) -> None:
    assert cut(text) == parts


@given(st.text(alphabet="甲乙，。\n 1.", max_size=60))
def test_stretches_stay_inside_the_text_and_are_not_blank(text: str) -> None:
    for span in stretches(text):
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        assert not set("。\n") & set(text[span.start : span.end])


def test_stretches_have_a_greatest_length() -> None:
    text = "，".join("甲乙丙丁戊己庚辛")
    assert max(text[s.start : s.end].count("，") for s in stretches(text)) == LONGEST - 1


@pytest.mark.parametrize(
    ("point", "asked"),
    [
        ("报警，由公安调查", ["报警由公安调查"]),
        ("业主书面要求街道，街道六十日内组建", ["业主书面要求街道", "街道六十日内组建"]),
        ("核名册、三处公告", ["核名册", "三处公告"]),
    ],
)
def test_points_are_cut_into_claims(point: str, asked: list[str]) -> None:
    assert claims(point) == asked
