"""Questions → our spreadsheet: a sheet of instructions, a sheet of questions with lists to choose from."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kb.bank.exchange.columns import COLUMNS, GUIDE, GUIDE_LINES, PLACE, SHEET
from kb.bank.exchange.lines import join_items, point_lines
from kb.bank.exchange.record import portable
from kb.bank.names import DEPARTMENTS, DIFFICULTIES, TYPES
from kb.bank.question import LETTERS, Case, Fill, Multiple, Ordering, Question, Short, Single, TrueFalse
from kb.errors import InputError

LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""
_LAST_ROW = 5_000
_LISTS = {"题型": tuple(TYPES.values()), "难度": tuple(map(str, DIFFICULTIES)), "供题部门": DEPARTMENTS}
_COMPUTED = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


def write_sheet(questions: Iterable[Question] = ()) -> bytes:
    """
    Write questions, or an empty template.

    Every cell is text: nothing in it is ever computed, whatever it begins with.

    :returns: A workbook (xlsx).
    :raises InputError: If a text is longer than a cell can hold.
    """
    book = Workbook()
    sheet, guide = book.active, book.create_sheet(GUIDE)
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _fill_row(sheet, 1, [column.heading for column in COLUMNS])
    for row, question in enumerate(questions, start=2):
        _fill_row(sheet, row, _cells(portable(question)))
    _dress(sheet)
    guide.column_dimensions["A"].width = 110
    for row, line in enumerate(GUIDE_LINES, start=1):
        guide.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(question: Question) -> list[str]:
    cells = {
        "编号": question.id,
        "题型": TYPES[question.type],
        "主题": question.topic,
        "难度": str(question.difficulty),
        "地区": question.region,
        "供题部门": question.department,
        "题干": question.stem,
        "答案": answer_cell(question),
        "解析": question.explanation,
        "依据": join_items(question.refs),
    }
    if isinstance(question, Single | Multiple | Ordering):
        cells |= {f"选项{letter}": text for letter, text in zip(LETTERS, question.options, strict=False)}
    if isinstance(question, Short | Case):
        cells |= {f"得分点{n}": "\n".join(point_lines(p)) for n, p in enumerate(question.points, start=1)}
    return [cells.get(heading, "") for heading in PLACE]


def answer_cell(question: Question) -> str:
    """:returns: The answer as the sheet, and a list of questions, show it."""
    if isinstance(question, TrueFalse):
        return "对" if question.answer else "错"
    if isinstance(question, Fill):
        return "\n".join(join_items(wordings) for wordings in question.answer)
    return "".join(question.answer)


def _fill_row(sheet: Worksheet, row: int, values: list[str]) -> None:
    for number, value in enumerate(values, start=1):
        if not value:
            continue
        if len(value) > LONGEST_CELL:
            raise InputError(
                f"{values[0]} 的“{COLUMNS[number - 1].heading}”超过 {LONGEST_CELL} 字，表格放不下",
                remedy="请改短，或导出为 .xml",
            )
        cell = sheet.cell(row, number, value)
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        cell.number_format = "@"
        if value.startswith(_COMPUTED):
            cell.quotePrefix = True  # it stays text even after somebody has edited it
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _dress(sheet: Worksheet) -> None:
    shade = PatternFill("solid", fgColor="FFF2E8D5")
    for number, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        sheet.cell(1, number).font = Font(bold=True)
        if column.needed:
            sheet.cell(1, number).fill = shade
        if column.heading in _LISTS:
            choices = DataValidation("list", formula1=f'"{",".join(_LISTS[column.heading])}"')
            choices.allow_blank = True
            choices.error = f"请从列表里选{column.heading}"
            choices.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(choices)
    sheet.freeze_panes = "C2"
