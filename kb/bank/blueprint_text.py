"""A part of a blueprint in one line: ``换届 单选 5 难度2-3``."""

import re
from collections.abc import Collection

from kb.bank.blueprint import Part
from kb.bank.names import DEPARTMENTS, TYPE_OF
from kb.errors import InputError

_COUNT = re.compile(r"(\d{1,3})[道题]?")
_DIFFICULTY = re.compile(r"难度([1-5])(?:[-–—~至到]([1-5]))?")
_REMEDY = "应写成 单选 5，也可加主题、部门和难度：换届 单选 5 难度2-3"


def parse_part(text: str, topics: Collection[str]) -> Part:
    """
    Read words in any order: a count, and where wanted a type, a topic, a department, a difficulty.

    :param topics: The topics of the bank.
    :raises InputError: If a word is none of these, is given twice, or the count is missing.
    """
    found: dict[str, str | int] = {}
    for word in re.split(r"[\s,，、]+", text.strip()):
        values = _meaning(word, topics)
        if not values or found.keys() & values.keys():
            raise InputError(f"看不懂“{text}”里的“{word}”", remedy=_REMEDY)
        found |= values
    if "count" not in found:
        raise InputError(f"“{text}”没有写几道题", remedy=_REMEDY)
    return Part(**found)  # type: ignore[arg-type]


def _meaning(word: str, topics: Collection[str]) -> dict[str, str | int]:
    if match := _COUNT.fullmatch(word):
        return {"count": int(match[1])}
    if match := _DIFFICULTY.fullmatch(word):
        ends = sorted((int(match[1]), int(match[2] or match[1])))
        return {"easiest": ends[0], "hardest": ends[1]}
    if word in TYPE_OF:
        return {"type": TYPE_OF[word]}
    if word in DEPARTMENTS:
        return {"department": word}
    return {"topic": word} if word in topics else {}
