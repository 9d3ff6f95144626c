"""What the cells of a roster mean: the names of columns, and cells that stand without any."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from kb.drill.person import MOST_YEARS, Role, tidy
from kb.references.numerals import NUMERAL, parse_numeral

Column: TypeAlias = Literal["name", "unit", "district", "years", "role"]

_HEADINGS: dict[Column, tuple[str, ...]] = {
    "name": ("姓名", "名字", "名称", "学员", "学员姓名", "人员", "书记", "书记姓名", "参训人员", "name"),
    "unit": ("单位", "居民区", "居委", "居委会", "社区", "村居", "小区", "工作单位", "所在单位", "所属单位",
             "所在居民区", "所在居委", "所在社区", "党组织", "部门", "unit"),
    "district": ("街道", "镇", "街镇", "乡镇", "街道/镇", "街道(镇)", "镇街", "片区", "所属街道", "所在街道",
                 "所属街镇", "所在街镇", "district"),
    "years": ("任职年限", "年限", "任职年数", "任职时长", "任职", "工龄", "工作年限", "年数", "任书记年限", "years"),
    "role": ("角色", "身份", "类别", "人员类别", "role"),
}  # fmt: skip
_COLUMN_OF = {heading: column for column, headings in _HEADINGS.items() for heading in headings}
_PARENTHESIS = re.compile(r"[（(](?!镇)[^（()）]*[)）]")

_ROLES = {role.value: role for role in Role} | {
    **dict.fromkeys(("书记", "居民区书记", "社区书记", "参训", "参训人员", "组员", "组长"), Role.MEMBER),
    **dict.fromkeys(("主持", "主持人", "老师", "讲师"), Role.TRAINER),
    "裁判": Role.JUDGE,
    "街道领导": Role.LEADER,
    "职能部门": Role.DEPARTMENT,
    "签约律师": Role.LAWYER,
    **dict.fromkeys(("来宾", "观摩", "旁听"), Role.GUEST),
}

_NUMBER = rf"\d+(?:\.\d+)?|{NUMERAL}|半"
_YEARS = re.compile(
    rf"(?:约|近)?(?:(?P<years>{_NUMBER})\s*(?:个)?(?P<unit>年|周年|y)?(?P<half>半)?(?:多|余|以上)?)?"
    rf"(?:零|又)?(?:(?P<months>\d{{1,3}}|{NUMERAL})\s*个?月)?"
)
_DISTRICT = re.compile(r".{1,18}(?:街道|镇|乡|办事处)")
_SERIAL = re.compile(r"\d{1,4}[.、．)）]?")


def heading(cell: str) -> Column | None:
    """:returns: The column that `cell` heads; remarks in brackets do not count (``任职年限（年）``)."""
    text = "".join(tidy(cell).split()).replace("／", "/").lower().strip("*:：")
    return _COLUMN_OF.get(text) or _COLUMN_OF.get(_PARENTHESIS.sub("", text))


def headings(cells: Sequence[str]) -> dict[int, Column] | None:
    """:returns: Position → column, if `cells` are a row of headings with a name among them; else ``None``."""
    found: dict[int, Column] = {}
    for position, cell in enumerate(cells):
        column = heading(cell)
        if column is not None and column not in found.values():
            found[position] = column
    is_head = "name" in found.values() and (len(found) > 1 or len([c for c in cells if c.strip()]) == 1)
    return found if is_head else None


def guessed(cells: Sequence[str]) -> tuple[dict[Column, str], list[str]]:
    """
    Sort out cells without headings by what they look like.

    A leading serial number is passed over; years, roles and 街道 are recognised; of the rest the first is
    the name and the second the unit.

    :returns: Column → cell, and the cells that found no column.
    """
    found: dict[Column, str] = {}
    unused: list[str] = []
    rest = [cell for cell in cells if cell]
    if len(rest) > 1 and _SERIAL.fullmatch(rest[0]):
        rest = rest[1:]
    for cell in rest:
        column = _looks_like(cell) if "name" in found else "name"
        if column is None or column in found:
            column = "unit" if "unit" not in found else None
        if column is None:
            unused.append(cell)
        else:
            found[column] = cell
    return found, unused


def _looks_like(cell: str) -> Column | None:
    if cell in _ROLES:
        return "role"
    if read_years(cell) is not None:
        return "years"
    return "district" if _DISTRICT.fullmatch(cell) else None


def read_years(cell: str) -> Decimal | None:
    """
    Read years in post.

    :param cell: ``3``, ``3.5年``, ``两年半``, ``8个月``, ``1年6个月``.
    :returns: Years rounded half up to a tenth; ``None`` if `cell` is anything else or beyond 60.
    """
    match = _YEARS.fullmatch(cell)
    if match is None or not (match["years"] or match["months"]) or (match["half"] and not match["unit"]):
        return None
    try:
        years = _number(match["years"]) + (Decimal("0.5") if match["half"] else 0)
        years += _number(match["months"]) / 12
    except ValueError:
        return None
    rounded = years.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return rounded if rounded <= MOST_YEARS else None


def _number(text: str | None) -> Decimal:
    if not text:
        return Decimal(0)
    if text == "半":
        return Decimal("0.5")
    if "." in text:
        return Decimal(text[:8])
    return Decimal(parse_numeral(text))


def read_role(cell: str) -> Role | None:
    """:returns: The role that `cell` names; a member if it is empty, ``None`` if it is unknown."""
    return _ROLES.get(cell) if cell else Role.MEMBER
