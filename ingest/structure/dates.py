"""Dates as statutes, file names and web pages print them."""

import re
from datetime import date

from kb.references.numerals import parse_numeral

_NUMBER = "[0-9０-９零〇○一二三四五六七八九十]"
DATE = rf"{_NUMBER}{{4}}\s*年\s*{_NUMBER}{{1,3}}\s*月\s*{_NUMBER}{{1,3}}\s*日"
"""Regular expression for a full date in Chinese writing."""

_CHINESE = re.compile(rf"({_NUMBER}{{4}})\s*年\s*({_NUMBER}{{1,3}})\s*月\s*({_NUMBER}{{1,3}})\s*日")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")


def find_date(text: str) -> date | None:
    """
    Read the first full date in `text`.

    :param text: ``2021年1月1日``, ``二〇二一年一月一日``, ``2021-01-01`` or ``2021.1.1`` among other words.
    :returns: The date; ``None`` when there is none or the calendar has no such day.
    """
    for pattern in (_CHINESE, _NUMERIC):
        match = pattern.search(text)
        if match is not None:
            return _date(*match.groups())
    return None


def date_in_name(stem: str) -> date | None:
    """:returns: The version date in a file name such as ``物业管理条例(2018-03-19)``, if it is a real one."""
    match = re.search(r"[（(]\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*[)）]", stem)
    return _date(*match.groups()) if match else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(parse_numeral(year), parse_numeral(month), parse_numeral(day))
    except ValueError:
        return None
