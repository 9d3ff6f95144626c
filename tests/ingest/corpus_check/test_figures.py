"""Figures of gists against the official text."""

import pytest

from ingest.corpus_check.figures import check_figures
from tests.ingest.corpus_check.conftest import Checker
from tests.ingest.corpus_check.samples import bank, case, digest, question


@pytest.mark.parametrize(
    "gist",
    [
        "30日内组建，公告15天。",
        "30天内组建",
        "三十日（旧法是60日）",
        "组建，每年一次也行，罚测试法第二条说的500到1000元",
    ],
)
def test_figures_of_the_article_and_of_others_named_are_right(checked: Checker, gist: str) -> None:
    assert checked(check_figures, {"a.md": digest(f"### 第一条\n\n{gist}\n")}) == []


@pytest.mark.parametrize(
    ("gist", "figure"),
    [
        ("45日内组建", "45日"),
        ("三个月内组建", "三个月"),
        ("30个工作日内组建", "30个工作日"),
        ("2/3以上", "2/3"),
        ("罚500元", "500元"),
    ],
)
def test_other_figures_are_named_at_their_line(checked: Checker, gist: str, figure: str) -> None:
    found = checked(check_figures, {"a.md": digest(f"### 第一条\n\n先组建。\n{gist}\n")})
    assert found == [("a.md", 13, f"测试法第一条的原文里没有“{figure}”；请核对")]


def test_lines_of_a_case_under_its_basis_are_gists(checked: Checker) -> None:
    body = "## 情景\n\n拖了八个月。\n\n## 依据\n\n- 测试法第二条：罚500元到2000元。\n- 要点条例第一条：罚9元。\n\n## 结果\n\n罚了700元。\n"
    assert checked(check_figures, {"a.md": case(body)}) == [
        ("a.md", 15, "测试法第二条的原文里没有“2000元”；请核对")
    ]


def test_right_answers_that_no_provision_gives_are_worth_a_look(checked: Checker) -> None:
    fill = {"type": "fill", "options": None, "stem": "____内组建", "answer": "[[六十日, 60日]]"}
    text = bank(
        question(), question(2, answer="C"), question(3, **fill), question(4, answer="C", difficulty=4)
    )
    assert [(line, message[:7]) for _, line, message in checked(check_figures, {"q.yaml": text})] == [
        (21, "q-a-002"), (32, "q-a-003"),
    ]  # fmt: skip


def test_scoring_points_on_law_are_compared_and_good_practice_is_not(checked: Checker) -> None:
    points = (
        "["
        + ", ".join(f"{{text: 四十五日内办好, weight: 50, dimension: {d}, accept: [办好]}}" for d in "LD")
        + "]"
    )
    text = bank(question(type="short", options=None, answer="写明", points=points))
    assert [message[:7] for _, _, message in checked(check_figures, {"q.yaml": text})] == ["q-a-001"]
