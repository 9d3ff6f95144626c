"""Drawn groups as a spreadsheet to print and to file; `kb.drill.roster` reads either kind back."""

import csv
import io
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kb.drill.groups import Draw
from kb.drill.person import Person
from ui.presenters.sheet import safe_cell

HEADER = ("组别", "姓名", "单位", "街道", "任职年限")
_WIDTHS = (8, 14, 28, 20, 10)


def group_rows(draw: Draw) -> Iterator[tuple[str, ...]]:
    """:returns: One row a person, group by group, under `HEADER`."""
    for number, group in enumerate(draw.groups, start=1):
        for person in group:
            yield (f"第 {number} 组", person.name, person.unit, person.district, shown_years(person))


def shown_years(person: Person) -> str:
    """:returns: Years in post as a list shows them; empty if they were not given."""
    return "" if person.years is None else f"{person.years.normalize():f}"


def foot(draw: Draw) -> list[str]:
    """:returns: Lines below the list: how to draw again, and what could not hold."""
    return [f"随机种子：{draw.seed}（名单和种子相同，抽签结果就相同）", *draw.unmet]


def groups_csv(draw: Draw) -> bytes:
    """:returns: CSV with a byte order mark; a cell that a spreadsheet would compute is disarmed."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([safe_cell(cell) for cell in row] for row in group_rows(draw))
    return file.getvalue().encode()


def groups_xlsx(draw: Draw) -> bytes:
    """:returns: A workbook: the groups on the first sheet, seed and remarks on the second; all cells are text."""
    book = Workbook()
    sheet, notes = book.active, book.create_sheet("说明")
    assert isinstance(sheet, Worksheet)
    sheet.title = "分组"
    for row in (HEADER, *group_rows(draw)):
        _append(sheet, row)
    for line in foot(draw):
        _append(notes, (line,))
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    notes.column_dimensions["A"].width = 80
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _append(sheet: Worksheet, row: tuple[str, ...]) -> None:
    sheet.append(row)
    for cell in sheet[sheet.max_row]:
        if cell.value is not None:
            cell.data_type = "s"  # otherwise a name that begins with = would be computed
