"""Numbers as Word writes them in its lists (ECMA-376, ST_NumberFormat)."""

import re

from kb.references.numerals import format_numeral

_HAN = "〇一二三四五六七八九"
_DIGITS = {
    "ideographDigital": _HAN,
    "japaneseDigitalTenThousand": _HAN,
    "taiwaneseDigital": _HAN,
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
_SERIES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_THOUSANDS = frozenset({"chineseCountingThousand", "taiwaneseCountingThousand"})
_TENS = frozenset({"chineseCounting", "taiwaneseCounting"})
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ONE_BEFORE_UNIT = re.compile("一(?=[十百千])")
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_LARGEST_CHINESE = 99_999
_LARGEST_ROMAN = 3_999
_LARGEST_LETTER = 780  # 30 times the alphabet: above that Word starts anew


def written(value: int, number_format: str) -> str:
    """
    Write one number of a list.

    :param value: 0 or more.
    :param number_format: A value of ST_NumberFormat such as ``chineseCountingThousand``.
    :returns: The number in that format; Arabic digits where the format is not known here or does
        not reach that far, as Word does; nothing for ``none``.
    """
    if number_format == "none":
        return ""
    if number_format in _DIGITS:
        return _digits(value, _DIGITS[number_format])
    if number_format in _SERIES:
        series = _SERIES[number_format]
        return series[value - 1] if 0 < value <= len(series) else str(value)
    if number_format == "decimalZero":
        return f"{value:02}"
    if number_format == "numberInDash":
        return f"- {value} -"
    return _chinese(value, number_format) or _western(value, number_format) or str(value)


def _digits(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _chinese(value: int, number_format: str) -> str:
    if not 0 < value <= _LARGEST_CHINESE:
        return ""
    text = format_numeral(value)
    if number_format in _THOUSANDS:
        return text
    if number_format in _TENS:
        return text if value < 100 else _digits(value, _HAN)
    if number_format == "japaneseCounting":
        return _ONE_BEFORE_UNIT.sub("", text.replace("零", ""))
    if number_format == "chineseLegalSimplified":
        return (f"一{text}" if text.startswith("十") else text).translate(_LEGAL)
    return ""


def _western(value: int, number_format: str) -> str:
    text = ""
    if number_format in ("lowerLetter", "upperLetter") and 0 < value <= _LARGEST_LETTER:
        repeats, letter = divmod(value - 1, 26)
        text = chr(ord("a") + letter) * (repeats + 1)
    if number_format in ("lowerRoman", "upperRoman") and 0 < value <= _LARGEST_ROMAN:
        for amount, numeral in _ROMAN:
            times, value = divmod(value, amount)
            text += numeral * times
    return text.upper() if number_format.startswith("upper") else text
