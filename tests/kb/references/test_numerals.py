from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.references.numerals import format_numeral, parse_numeral

ARTICLE_NUMBERS = st.integers(1, 99_999)


@given(ARTICLE_NUMBERS)
def test_what_is_written_is_read_back(value):
    assert parse_numeral(format_numeral(value)) == value


@given(ARTICLE_NUMBERS)
def test_arabic_and_positional_forms_mean_the_same(value):
    digits = str(value)
    wide = digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    positional = digits.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    assert parse_numeral(digits) == parse_numeral(wide) == parse_numeral(positional) == value


@given(ARTICLE_NUMBERS)
def test_written_form_has_no_superfluous_zero(value):
    text = format_numeral(value)
    assert "零零" not in text
    assert not text.endswith("零")
    assert not text.startswith(("零", "一十"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (278, "二百七十八"),
        (1001, "一千零一"), (1010, "一千零一十"), (1260, "一千二百六十"), (10_000, "一万"), (10_010, "一万零一十"),
        (11_260, "一万一千二百六十"), (20_001, "二万零一"), (99_999, "九万九千九百九十九"),
    ],
)  # fmt: skip
def test_numbers_as_statutes_print_them(value, text):
    assert format_numeral(value) == text
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一二六〇", 1260), ("二○二五", 2025), ("二〇二五", 2025), ("２７８", 278), ("1260", 1260), ("007", 7),
        ("一十二", 12), ("两百", 200), ("零", 0), ("二百零八", 208), ("二百〇八", 208),
    ],
)  # fmt: skip
def test_other_spellings_are_read(text, value):
    assert parse_numeral(text) == value


@pytest.mark.parametrize("text", ["", " ", "第", "1百", "十a", "-1", "1.5", "²", "一 二"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a numeral"):
        parse_numeral(text)


@pytest.mark.parametrize("text", ["100000", "十万", "一百万", "九九九九九九", "9" * 5000, "十" * 10_000])
def test_no_article_has_so_large_a_number(text):
    with pytest.raises(ValueError, match="too large|digits"):
        parse_numeral(text)


@pytest.mark.parametrize("value", [0, -1, 100_000])
def test_only_article_numbers_are_written(value):
    with pytest.raises(ValueError, match="1 to 99999"):
        format_numeral(value)


@given(st.text("零〇○一二三四五六七八九十百千万两0123456789０９", max_size=12))
def test_any_run_of_numerals_is_read_or_refused(text):
    with suppress(ValueError):
        assert 0 <= parse_numeral(text) <= 99_999
