"""Answers that can be guessed."""

from ingest.corpus_check.balance import check_balance
from tests.ingest.corpus_check.conftest import Checker
from tests.ingest.corpus_check.samples import bank, question

LEVEL = "[三十日, 十五日, 六十日, 九十日]"


def test_evenly_spread_answers_are_right(checked: Checker) -> None:
    text = bank(*(question(n, answer="ABCD"[n % 4]) for n in range(12)))
    assert checked(check_balance, {"q.yaml": text}) == []


def test_a_letter_that_is_right_too_often(checked: Checker) -> None:
    text = bank(*(question(n, answer="AABCD"[n % 5] if n > 1 else "A") for n in range(12)))
    assert checked(check_balance, {"q.yaml": text}) == [
        ("q.yaml", 1, "12 道单选里答案 A 有 6 个；请调换选项，不超过四成")
    ]


def test_the_longest_option_that_is_right_too_often(checked: Checker) -> None:
    longer = {
        letter: LEVEL.replace(day, day + "之内")
        for letter, day in zip("ABCD", LEVEL[1:-1].split(", "), strict=True)
    }
    text = bank(*(question(n, answer="ABCD"[n % 4], options=longer["ABCD"[n % 4]]) for n in range(12)))
    assert [m for _, _, m in checked(check_balance, {"q.yaml": text})] == [
        "12 道单选里 12 道的最长选项就是答案；请改写选项，不超过 45%"
    ]


def test_small_files_are_not_judged(checked: Checker) -> None:
    assert checked(check_balance, {"q.yaml": bank(*(question(n) for n in range(11)))}) == []
