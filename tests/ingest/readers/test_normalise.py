import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.normalise import normalise


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert normalise(f"甲{end}乙") == "甲\n乙"


def test_controls_go_and_tabs_stay() -> None:
    assert normalise("第\0一\x07条\t为\x7f了\ufeff\u200b") == "第一条\t为了"


def test_direction_marks_that_disguise_text_go() -> None:
    assert normalise("甲\u202e乙\u2066丙") == "甲乙丙"


def test_half_of_a_surrogate_pair_goes() -> None:
    assert normalise("甲\ud800乙") == "甲乙"


def test_radicals_become_the_characters_a_reader_types() -> None:
    assert normalise("⺠法典第⼀条，⻋位和⼈⾏道，⻓宁区") == "民法典第一条，车位和人行道，长宁区"


def test_full_width_brackets_and_digits_keep_their_width() -> None:
    text = "（一）１２３ＡＢ①㎡　"
    assert normalise(text) == text


@given(st.text())
def test_is_idempotent_nfc_and_without_controls(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [char for char in once if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
