"""The list of people of a seminar, read from whatever the trainer has, with a report on every row."""

from dataclasses import dataclass
from decimal import Decimal

from kb.drill.person import LONGEST_NAME, LONGEST_UNIT, Person, Role
from kb.drill.roster_cells import Column, guessed, headings, read_role, read_years
from kb.drill.roster_table import Row, file_rows, typed_rows
from kb.errors import InputError

_TITLE_ROWS = 10
"""How far down the row of headings is looked for; titles and notes may stand above it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about one row."""

    line: int
    """Row or line, counted from 1 as a spreadsheet or an editor shows it."""
    text: str
    """In Chinese, without a final stop."""
    left_out: bool
    """Whether the row was not taken."""

    def __str__(self) -> str:
        """:returns: ``第 5 行：没有姓名，未收``."""
        return f"第 {self.line} 行：{self.text}"


@dataclass(frozen=True, slots=True)
class Roster:
    """What was read: the people in order, and remarks by row."""

    people: tuple[Person, ...]
    remarks: tuple[Remark, ...] = ()


def read_roster(data: bytes, source: str) -> Roster:
    """
    Read a roster file: xlsx, CSV or lines of text (UTF-8 or GBK).

    Columns go by their headings (姓名, 单位, 街道, 任职年限, 角色 and their like), whatever their order;
    without headings cells are told by what they look like. A row that cannot be used is left out and
    reported; it never stops the others.

    :param source: Name of the file; its suffix tells how to read it.
    :raises InputError: If the file cannot be read or names nobody.
    """
    return _roster(file_rows(data, source), source)


def read_lines(text: str) -> Roster:
    """
    Read typed or pasted lines, one person a line, as `read_roster` does.

    :raises InputError: If there are too many lines or nobody is named.
    """
    return _roster(typed_rows(text), "")


def _roster(rows: list[Row], source: str) -> Roster:
    columns, rows = _split(rows)
    people: list[Person] = []
    remarks: list[Remark] = []
    for line, cells in rows:
        values, unused = guessed(cells) if columns is None else (_by_column(cells, columns), [])
        person, notes = _person(line, values)
        notes += [f"“{cell[:20]}”没有用上" for cell in unused if person is not None]
        if person is not None:
            people.append(person)
        remarks += [Remark(line, note, left_out=person is None) for note in notes]
    if not people:
        raise InputError("名单里没有人", remedy="请给出“姓名”一列，一行一人", path=source or None)
    return Roster(tuple(people), tuple(remarks))


def _split(rows: list[Row]) -> tuple[dict[int, Column] | None, list[Row]]:
    """:returns: The columns by the row of headings, if there is one, and the rows below it."""
    for index, (_, cells) in enumerate(rows[:_TITLE_ROWS]):
        columns = headings(cells)
        if columns is not None:
            return columns, rows[index + 1 :]
    return None, rows


def _by_column(cells: tuple[str, ...], columns: dict[int, Column]) -> dict[Column, str]:
    return {column: cells[at] for at, column in columns.items() if at < len(cells)}


def _person(line: int, values: dict[Column, str]) -> tuple[Person | None, list[str]]:
    name = values.get("name", "")
    if not name:
        return None, ["没有姓名，未收"]
    if len(name) > LONGEST_NAME:
        return None, [f"姓名“{name[:LONGEST_NAME]}…”超过 {LONGEST_NAME} 个字，未收"]
    if not any(char.isalpha() for char in name):
        return None, [f"“{name}”不像姓名，未收"]
    notes: list[str] = []
    person = Person(
        id=f"r{line}",
        name=name,
        unit=_bounded("单位", values.get("unit", ""), notes),
        district=_bounded("街道", values.get("district", ""), notes),
        years=_years(values.get("years", ""), notes),
        role=_role(values.get("role", ""), notes),
    )
    return person, notes


def _bounded(label: str, text: str, notes: list[str]) -> str:
    if len(text) > LONGEST_UNIT:
        notes.append(f"{label}超过 {LONGEST_UNIT} 个字，已截短")
    return text[:LONGEST_UNIT]


def _years(text: str, notes: list[str]) -> Decimal | None:
    years = read_years(text) if text else None
    if text and years is None:
        notes.append(f"任职年限“{text[:20]}”看不懂，按没有填；应写成 3、3.5 或 1年6个月")
    return years


def _role(text: str, notes: list[str]) -> Role:
    role = read_role(text)
    if role is None:
        known = "、".join(role.value for role in Role)
        notes.append(f"角色“{text[:20]}”不认识，按学员；可写 {known}")
    return role or Role.MEMBER
