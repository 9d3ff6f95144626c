"""Figures as people say them."""

import pytest

from kb.bank.figures import figures, is_numeral


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("六十天", "60日"),
        ("罚两百块", "罚200元"),
        ("过半数同意", "50%同意"),
        ("三分之二", "2/3"),
        ("半年", "六个月"),
    ],
)
def test_the_same_figure(one: str, other: str) -> None:
    assert figures(one) == figures(other) != frozenset()


def test_small_counts_in_words_say_nothing() -> None:
    assert figures("劝一次，两人去") == frozenset()


def test_numerals_are_known_from_words() -> None:
    assert is_numeral("六十日")
    assert not is_numeral("公布")
