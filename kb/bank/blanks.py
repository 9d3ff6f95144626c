"""When do two fillings of a blank say the same?"""

import re
from fractions import Fraction

from kb.references.numerals import parse_numeral
from kb.references.wording import bare_words
from kb.segment import folded

LONGEST = 200
"""Characters of a filling that are read; nothing accepted is longer."""
_NUMBER = r"(?:\d{1,12}(?:\.\d{1,6})?万?|[零〇一二两三四五六七八九十百千万]{1,12})"
_FIGURE = re.compile(
    rf"百分之(?P<percent>{_NUMBER})|(?P<sign>\d{{1,12}}(?:\.\d{{1,6}})?)%"
    rf"|(?P<under>{_NUMBER})分之(?P<over>{_NUMBER})|(?P<top>\d{{1,6}})/(?P<bottom>\d{{1,6}})|(?P<number>{_NUMBER})"
)
_UNITS = (("天", "日"), ("块钱", "元"), ("块", "元"), ("个月", "月"), ("个小时", "小时"))


def same_filling(one: str, other: str) -> bool:
    """
    Whether two fillings differ only in how they are written.

    Width and case of letters, blanks, punctuation and brackets do not count, nor does the script of
    numbers: 60日, ６０ 日 and 六十天 are the same, as are 三分之二 and 2/3, 百分之五十 and 50%. Two fillings
    that say nothing are not the same.
    """
    left, right = normalised(one), normalised(other)
    return bool(left) and left == right


def normalised(text: str) -> str:
    """:returns: The form in which fillings compare; empty if it says nothing or is too long to be meant."""
    if len(text) > LONGEST:
        return ""
    plain = _FIGURE.sub(_as_value, re.sub(r"\s", "", folded(text)))
    for unit, usual in _UNITS:
        plain = plain.replace(unit, usual)
    return bare_words(plain)


def _as_value(match: "re.Match[str]") -> str:
    """A figure as its value in lowest terms, in letters and digits only; what is no number stays as it is."""
    parts = match.groupdict()
    try:
        if percent := parts["percent"] or parts["sign"]:
            value = _value(percent) / 100
        elif parts["number"]:
            value = _value(parts["number"])
        else:
            value = _value(parts["over"] or parts["top"] or "") / _value(
                parts["under"] or parts["bottom"] or ""
            )
    except (ValueError, ZeroDivisionError):
        return match[0]
    return f"n{value.numerator}d{value.denominator}n"


def _value(text: str) -> Fraction:
    if text[0].isdigit():
        return Fraction(text.removesuffix("万")) * (10_000 if text.endswith("万") else 1)
    return Fraction(parse_numeral(text))
