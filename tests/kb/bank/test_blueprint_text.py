import pytest

from kb.bank.blueprint import Part
from kb.bank.blueprint_text import parse_part
from kb.errors import InputError


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("单选 5", Part(5, "single")),
        ("换届 多选 3 难度2-4", Part(3, "multiple", "换届", 2, 4)),
        ("难度5，2道、案例分析 律师", Part(2, "case", None, 5, 5, "律师")),
        (" 10题 难度4至2 ", Part(10, None, None, 2, 4)),
    ],
)
def test_words_come_in_any_order(text: str, part: Part) -> None:
    assert parse_part(text, {"换届"}) == part


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("单选", "“单选”没有写几道题"),
        ("单选 多选 3", "看不懂“单选 多选 3”里的“多选”"),
        ("养犬 3", "看不懂“养犬 3”里的“养犬”"),
        ("", "看不懂"),
        ("难度6 1", "难度6"),
    ],
)
def test_what_is_not_understood_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_part(text, {"换届"})
