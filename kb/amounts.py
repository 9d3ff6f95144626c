"""Figures with their units in a text: deadlines, sums, shares, sizes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kb.references.numerals import parse_numeral

RATIO = "比例"
_CHINESE = "零〇一二两三四五六七八九十百千"
_WORDS = rf"[{_CHINESE}]{{1,9}}"
_NUMBER = rf"(?:\d{{1,12}}(?:\.\d{{1,6}})?万?|{_WORDS}(?:万[{_CHINESE}]{{0,9}})?)"
_UNITS = {
    "个工作日": "工作日", "工作日": "工作日", "日": "日", "天": "日", "周年": "年", "年": "年", "个月": "月",
    "个小时": "小时", "小时": "小时", "分钟": "分钟", "元": "元", "平方米": "平方米", "㎡": "平方米", "米": "米",
    "厘米": "厘米", "周岁": "岁", "岁": "岁", "分贝": "分贝", "倍": "倍", "人": "人", "名": "人", "户": "户",
    "次": "次", "届": "届", "层": "层",
}  # fmt: skip
LOOSE = frozenset({"倍", "人", "户", "次", "届", "层", "米"})
"""Units whose Chinese numbers are often mere words (一次, 两人)."""
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_RANGE = re.compile(rf"({_NUMBER})([至到~～]|[-–—]{{1,2}})(?=({_NUMBER})({_UNIT}|%|％))")
_FIGURE = re.compile(
    rf"百分之(?P<percent>{_NUMBER})|(?P<whole>{_WORDS})分之(?P<part>{_WORDS})"
    rf"|(?P<over>\d{{1,6}})/(?P<under>\d{{1,6}})|(?P<sign>\d{{1,6}}(?:\.\d{{1,6}})?)[%％]|(?P<tenths>[一二两三四五六七八九\d])成(?!立|为|员|本|功)"
    rf"|(?P<half>半年)|每(?P<each>{_UNIT})|(?<![第\d./])(?P<number>{_NUMBER})(?P<unit>{_UNIT})"
)
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATES = re.compile(
    rf"(?:19|20)\d\d年|[一二][零〇九][零〇一二三四五六七八九]{{2}}年|{_DAY}月(?:{_DAY}日|[初中底])|\d{{1,2}}月|第[^条款项]{{1,8}}[条款项]"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: its value in a unit, and whether it was written with Arabic digits."""

    value: Fraction
    unit: str
    printed: str
    arabic: bool


def amounts(text: str) -> Iterator[Amount]:
    """
    Read the figures of a text in order.

    三分之二, 2/3, 67 % and 六成 are shares (`RATIO`); 天 counts as 日, 半年 as six months, 每户 as one household;
    dates and numbers of articles are no figures. Both ends of a range get the unit (5至10日, 5到10万元).
    """
    plain = _DATES.sub("，", re.sub(r"\s", "", text))
    plain = _RANGE.sub(_with_unit, plain)
    for match in _FIGURE.finditer(plain):
        amount = _amount(match)
        if amount is not None:
            yield amount


def _with_unit(match: "re.Match[str]") -> str:
    """Both ends of a range on their own; a small number before one in 万 is meant in 万 too."""
    low, to, high, unit = match.groups()
    small = "万" in high and "万" not in low and (_value(low) or 0) < 100
    return f"{low}{'万' if small else ''}{unit}{to}"


def _amount(match: "re.Match[str]") -> Amount | None:
    arabic = any(c.isdigit() and c.isascii() for c in match[0])
    groups = match.groupdict()
    if groups["half"]:
        return Amount(Fraction(6), "月", match[0], arabic)
    if groups["each"]:
        return Amount(Fraction(1), _UNITS[groups["each"]], match[0], arabic)
    share = _share(groups)
    if share is not None:
        return Amount(share, RATIO, match[0], arabic)
    value = _value(groups["number"] or "")
    if value is None:
        return None
    return Amount(value, _UNITS[groups["unit"]], match[0], arabic)


def _share(groups: dict[str, str | None]) -> Fraction | None:
    for name, whole in (("percent", 100), ("sign", 100), ("tenths", 10)):
        value = _value(groups[name] or "")
        if value is not None:
            return value / whole
    part, whole_value = (
        _value(groups["part"] or groups["over"] or ""),
        _value(groups["whole"] or groups["under"] or ""),
    )
    return part / whole_value if part is not None and whole_value else None


def _value(text: str) -> Fraction | None:
    try:
        if "万" in text:
            high, low = text.split("万", 1)
            return _plain(high) * 10_000 + (_plain(low) if low else 0)
        return _plain(text)
    except ValueError:
        return None


def _plain(text: str) -> Fraction:
    return Fraction(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else Fraction(parse_numeral(text))
