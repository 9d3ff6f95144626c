"""Our spreadsheet → questions, with every mistake by row and column."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from kb.bank.exchange.columns import COLUMNS, MOST_POINTS, PLACE, SHEET
from kb.bank.exchange.lines import read_point, split_items
from kb.bank.exchange.record import (
    FIELDS,
    MOST_BYTES,
    MOST_QUESTIONS,
    Defaults,
    Draft,
    Problem,
    Read,
    checked,
    tidy,
)
from kb.bank.names import TYPE_OF
from kb.bank.question import LETTERS
from kb.errors import InputError, UnreadableFile

_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_COLUMNS = 60
_MOST_EMPTY = 20_000
_TRUE = {"对": True, "正确": True, "√": True, "是": True, "true": True, "t": True}
_FALSE = {"错": False, "错误": False, "×": False, "否": False, "false": False, "f": False}
_BOOLS = _TRUE | _FALSE

Cells: TypeAlias = Mapping[str, str]
"""Heading → text of one row."""


def read_sheet(data: bytes, path: str, defaults: Defaults | None = None) -> Read:
    """
    Read the sheet 试题, or the first one.

    :param path: Shown in errors.
    :param defaults: What empty cells mean.
    :raises InputError: If the file is too large or damaged, or lacks a column that is needed.
    """
    rows = _rows(data, path)
    number, head = next(rows, (0, []))
    places = _places([tidy(str(cell.value)) if cell.value is not None else "" for cell in head], path)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for number, row in rows:
        cells, wrong = _texts(row, places, number)
        problems += wrong
        if cells:
            if len(drafts) == MOST_QUESTIONS:
                raise InputError(f"超过 {MOST_QUESTIONS} 道题", remedy="请分成几个文件", path=path)
            drafts.append(Draft(number, _values(cells)))
    read = checked(drafts, problems, defaults or Defaults(region=None), "行")
    named = [Problem(p.place, _column(p.column, places), p.message) for p in read.problems]
    return Read(read.questions, tuple(named), read.unnamed, unit=read.unit)


def _rows(data: bytes, path: str) -> Iterator[tuple[int, list[Any]]]:
    """:returns: Row numbers and cells of the rows that hold something."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"文件超过 {MOST_BYTES >> 20} MB", remedy="请分成几个文件", path=path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            if sum(member.file_size for member in container.infolist()) > _MOST_UNPACKED:
                raise UnreadableFile("表格解压后太大", remedy="请只留试题，另存为新的 .xlsx", path=path)
        book = load_workbook(io.BytesIO(data), read_only=True)
        try:
            sheet: Any = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong size
            empty = 0
            for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
                filled = any(cell.value is not None and str(cell.value).strip() for cell in row)
                empty += not filled
                if empty > _MOST_EMPTY:
                    break  # formatted rows without anything in them may go on for ever
                if filled:
                    yield number, list(row)
        finally:
            book.close()
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - a crafted file fails anywhere inside openpyxl
        remedy = "请用 Excel 或 WPS 打开后另存为 .xlsx"
        raise UnreadableFile("表格打不开，可能已损坏", remedy=remedy, path=path) from error


def _places(headings: list[str], path: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        name = re.sub(r"\s|[（(].*?[)）]", "", heading)
        if name in PLACE:
            found.setdefault(name, number)
    lacking = [c.heading for c in COLUMNS if c.heading in ("题型", "题干", "答案") and c.heading not in found]
    if lacking:
        raise InputError(
            f"缺少列“{'”“'.join(lacking)}”",
            remedy="请用 andian bank export --template 得到模板，表头不要改名",
            path=path,
        )
    return found


def _texts(row: list[Any], places: Mapping[str, int], number: int) -> tuple[dict[str, str], list[Problem]]:
    cells: dict[str, str] = {}
    problems = []
    for heading, place in places.items():
        cell = row[place] if place < len(row) else None
        if cell is None or cell.value is None:
            continue
        try:
            text = _written(cell.value, getattr(cell, "data_type", "s"))
        except ValueError as error:
            problems.append(Problem(number, heading, str(error)))
        else:
            if text:
                cells[heading] = text
    return cells, problems


def _written(value: object, data_type: str) -> str:
    if data_type == "f":
        raise ValueError("是公式；请改成文字")
    if data_type == "e":
        raise ValueError("是出错的公式；请改成文字")
    if isinstance(value, datetime | date | time | timedelta):
        raise ValueError("被表格软件当成了日期；请把单元格设为文本后重新填写")
    if isinstance(value, bool):
        return "对" if value else "错"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return tidy(str(value))


def _values(cells: Cells) -> dict[str, Any]:
    kind = TYPE_OF.get(cells.get("题型", ""), cells.get("题型", "").lower())
    names = {heading: name for name, heading in FIELDS.items()}
    values: dict[str, Any] = {
        names[heading]: text for heading, text in cells.items() if heading in names and heading != "选项"
    }
    values["type"] = kind
    if "难度" in cells:
        values["difficulty"] = int(cells["难度"]) if cells["难度"] in "12345" else cells["难度"]
    if "依据" in cells:
        values["refs"] = [ref for line in cells["依据"].split("\n") for ref in split_items(line)]
    if "答案" in cells:
        values["answer"] = _answer(kind, cells["答案"])
    options = [cells.get(f"选项{letter}", "") for letter in LETTERS]
    while options and not options[-1]:
        options.pop()
    points = [cells[name] for n in range(1, MOST_POINTS + 1) if (name := f"得分点{n}") in cells]
    if options:
        values["options"] = options
    if points:
        values["points"] = [read_point(cell.split("\n")) for cell in points]
    return values


def _answer(kind: str, text: str) -> Any:
    letters = re.sub(r"[\s,，、；;.→>-]", "", text.upper().translate(_WIDE))
    if kind == "single":
        return letters
    if kind in ("multiple", "ordering"):
        return list(letters)
    if kind == "truefalse":
        return _BOOLS.get(text.strip().lower(), text)
    if kind == "fill":
        return [split_items(line) for line in text.split("\n") if line.strip()]
    return text


_WIDE = {0xFF21 + n: 0x41 + n for n in range(26)}


def _column(name: str, places: Mapping[str, int]) -> str:
    """:returns: ``H 选项A`` for the name of a field as `kb.bank.exchange.record` tells it."""
    heading = re.sub(r"^选项(\d)$", lambda m: f"选项{LETTERS[int(m[1]) - 1]}", name)
    if heading == "选项":
        heading = "选项A"
    if heading == "得分点":
        heading = "得分点1"
    return f"{get_column_letter(places[heading] + 1)} {heading}" if heading in places else heading
