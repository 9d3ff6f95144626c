"""Figures of an answer as people say them, comparable with those of a scoring point."""

import re
from fractions import Fraction

from kb.amounts import LOOSE, amounts

_SPOKEN = (
    ("块钱", "元"),
    ("块", "元"),
    ("双过半", "人数二分之一面积二分之一"),
    ("一半以上", "二分之一"),
    ("过半数", "二分之一"),
    ("半数", "二分之一"),
    ("过半", "二分之一"),
    ("过了一半", "二分之一"),
    ("一半", "二分之一"),
)
_A_FEW = 2
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万0-9.]+[个户名人次日天月年元块层]?|分之|过半|双")

Figure = tuple[Fraction, str]
"""A value and its unit; shares have the unit 比例."""


def figures(text: str) -> frozenset[Figure]:
    """
    Read the figures of a text: 六十天 is 60日, 两百块 200元, 一半以上 and 50% one half, 2/3 and 三分之二 the same.

    One or two of something (一次, 两人) written in words say nothing and are left out.
    """
    for spoken, written in _SPOKEN:
        text = text.replace(spoken, written)
    found = amounts(text)
    return frozenset((a.value, a.unit) for a in found if a.arabic or a.unit not in LOOSE or a.value > _A_FEW)


def is_numeral(word: str) -> bool:
    """Whether a word is (a part of) a figure and is better compared by its value."""
    return _NUMERAL.fullmatch(word) is not None
