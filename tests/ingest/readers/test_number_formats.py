import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.number_formats import written
from kb.references.numerals import parse_numeral

CHINESE = [
    "chineseCountingThousand",
    "taiwaneseCountingThousand",
    "chineseCounting",
    "ideographDigital",
    "japaneseCounting",
]
ALL = [
    *CHINESE,
    *("decimal", "decimalZero", "decimalFullWidth", "decimalEnclosedCircle", "numberInDash", "none"),
    *(
        "upperLetter",
        "lowerLetter",
        "upperRoman",
        "lowerRoman",
        "chineseLegalSimplified",
        "ideographTraditional",
    ),
    *("cardinalText", "unheard of", "upperNonsense", ""),
]


@pytest.mark.parametrize(
    ("number_format", "value", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("decimalFullWidth", 10, "１０"),
        ("chineseCountingThousand", 12, "十二"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 101, "一〇一"),
        ("ideographDigital", 12, "一二"),
        ("ideographDigital", 100, "一〇〇"),
        ("japaneseCounting", 12, "十二"),
        ("japaneseCounting", 111, "百十一"),
        ("japaneseCounting", 203, "二百三"),
        ("chineseLegalSimplified", 10, "壹拾"),
        ("chineseLegalSimplified", 23, "贰拾叁"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("ideographTraditional", 10, "癸"),
        ("ideographZodiac", 12, "亥"),
        ("upperLetter", 26, "Z"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("none", 3, ""),
        ("cardinalText", 3, "3"),
    ],
)
def test_format(number_format: str, value: int, text: str) -> None:
    assert written(value, number_format) == text


@pytest.mark.parametrize("number_format", CHINESE)
@given(value=st.integers(1, 9_999))
def test_chinese_numbers_can_be_read_back(number_format: str, value: int) -> None:
    assert parse_numeral(written(value, number_format)) == value


@given(st.integers(0, 10**9), st.sampled_from(ALL))
def test_no_number_grows_long(value: int, number_format: str) -> None:
    assert len(written(value, number_format)) <= 30
