"""Rows of cells out of typed lines, CSV and xlsx; bounded, and never computed."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from kb.drill.person import tidy
from kb.errors import InputError, UnreadableFile

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000
MOST_CELLS = 40
_LONGEST_CELL = 200
_MOST_UNPACKED = 30 * 1024 * 1024

Row: TypeAlias = tuple[int, tuple[str, ...]]
"""Number of a line or row, counted from 1, and its tidy cells; empty rows are left out."""

_ENCODINGS = ("utf-8-sig", "gb18030")
_SERIAL = re.compile(r"^\s*\d{1,4}\s*[.、．)）]\s*(?=\S)")
_SEPARATORS = (re.compile(r"\t"), re.compile(r"[,，;；|]"), re.compile(r"、"), re.compile(r"\s+"))
_GAP_IN_NAME = re.compile(r"^([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])(?=[\s\u3000]|$)")


def typed_rows(text: str) -> list[Row]:
    """
    Read lines as people type or paste them.

    One person a line; parts are set off by tabs, else commas, else 、, else blanks. A serial number in
    front is dropped; a name of two characters may have a gap (``王　芳 东村``).

    :raises InputError: If there are more than `MOST_ROWS` lines.
    """
    lines = text.lstrip("\ufeff").splitlines()
    if len(lines) > MOST_ROWS:
        raise _too_many("")
    rows = (_cells(_SERIAL.sub("", line[: MOST_CELLS * _LONGEST_CELL])) for line in lines)
    return _numbered(list(rows))


def _cells(line: str) -> list[str]:
    for separator in _SEPARATORS[:-1]:
        if separator.search(line.strip()):
            return separator.split(line)
    return _SEPARATORS[-1].split(_GAP_IN_NAME.sub(r"\1\2", line.strip()))


def file_rows(data: bytes, source: str) -> list[Row]:
    """
    Read a roster file by its suffix: ``.xlsx``, ``.csv``, anything else as typed lines.

    :param source: Name of the file, for the suffix and for messages.
    :raises InputError: If it is too large, damaged, or of a kind that is not read.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"文件超过 {MOST_BYTES >> 20} MB", remedy="请只留名单", path=source)
    suffix = Path(source).suffix.lower()
    if data.startswith(b"PK"):
        return _xlsx_rows(data, source)
    if data.startswith(b"\xd0\xcf\x11\xe0") or suffix in (".xls", ".et", ".xlsx"):
        raise UnreadableFile(
            "不是 .xlsx 表格", remedy="请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx", path=source
        )
    text = _decoded(data, source)
    return _csv_rows(text, source) if suffix == ".csv" else typed_rows(text)


def _decoded(data: bytes, source: str) -> str:
    if b"\0" not in data:
        for encoding in _ENCODINGS:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise UnreadableFile("认不出文字编码", remedy="请另存为 UTF-8 编码的文本或 .xlsx", path=source)


def _csv_rows(text: str, source: str) -> list[Row]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t，", key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            if len(rows) == MOST_ROWS:
                raise _too_many(source)
            rows.append(row)
    except csv.Error as error:
        raise UnreadableFile("CSV 格式有错", remedy="请另存为 .xlsx", path=source) from error
    return _numbered(rows)


def _xlsx_rows(data: bytes, source: str) -> list[Row]:
    """Read the sheet that was in front when the file was saved."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            unpacked = sum(member.file_size for member in container.infolist())
        if unpacked > _MOST_UNPACKED:
            raise UnreadableFile("表格解压后太大", remedy="请只留名单，另存为新的 .xlsx", path=source)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            rows = list(_sheet_rows(book.active, source))
        finally:
            book.close()
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - a crafted file fails anywhere inside openpyxl
        remedy = "请用 Excel 或 WPS 打开后另存为 .xlsx"
        raise UnreadableFile("表格打不开，可能已损坏", remedy=remedy, path=source) from error
    return _numbered(rows)


def _sheet_rows(sheet: Any, source: str) -> Iterator[list[str]]:
    if not hasattr(sheet, "iter_rows"):
        raise UnreadableFile("打开的是图表页", remedy="请切换到名单所在的工作表后保存", path=source)
    sheet.reset_dimensions()  # some programs write a wrong size
    filled = 0
    for row in sheet.iter_rows(max_col=MOST_CELLS, values_only=True):
        filled += any(value is not None for value in row)  # formatted empty rows may go on for ever
        if filled > MOST_ROWS:
            raise _too_many(source)
        yield [_written(value) for value in row]


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e9:
        return str(int(value))
    return str(value)


def _numbered(rows: list[list[str]]) -> list[Row]:
    tidied = (tuple(tidy(cell[:_LONGEST_CELL]) for cell in row[:MOST_CELLS]) for row in rows)
    return [(number, cells) for number, cells in enumerate(tidied, start=1) if any(cells)]


def _too_many(source: str) -> InputError:
    return InputError(f"超过 {MOST_ROWS} 行", remedy="请只留参加研讨的人", path=source or None)
