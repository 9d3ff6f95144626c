"""The result of a citation check to take along: as plain text, as a table, as a Word document."""

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from kb.references.check import Checked
from kb.references.verdict import State
from ui.citing import Examination
from ui.presenters.labels import day_label, full_title
from ui.presenters.sheet import safe_cell

STATES = {
    State.NONEXISTENT: "查无此条",
    State.REPEALED: "已废止",
    State.AMENDED: "已修改",
    State.NOT_YET_IN_FORCE: "尚未施行",
    State.OUTSIDE: "资料库未收",
    State.IN_FORCE: "现行有效",
}
HEADER = ("行", "状态", "引用", "说明")


@dataclass(frozen=True, slots=True)
class Row:
    """One reference of the report."""

    line: int
    """1-based."""
    state: State
    written: str
    """As it stands in the text."""
    canonical: str
    note: str
    text: str
    """The provision, if the library holds it."""
    source: str
    """Title of the document that the provision is taken from."""


def rows(examination: Examination) -> Iterator[Row]:
    """Yield the references in the order of the text."""
    line_of = _lines(examination)
    for checked in examination.found:
        mention = checked.mention
        cited = [v.cited for v in checked.verdicts if v.cited is not None]
        yield Row(
            line=line_of(mention.start),
            state=checked.state,
            written=" ".join(examination.text[mention.start : mention.end].split()),
            canonical=canonical(checked),
            note=checked.note,
            text="\n".join(v.text or v.passage.passage.text for v in cited),
            source=full_title(cited[0].document) if cited else "",
        )


def canonical(checked: Checked) -> str:
    """:returns: The reference in its one spelling, with the edition that it names."""
    reference = checked.mention.reference
    return f"{reference}（{reference.edition}年文本）" if reference.edition else str(reference)


def counts(examination: Examination) -> dict[State, int]:
    """:returns: How many references there are of each state that occurs, the gravest state first."""
    tally = Counter(checked.state for checked in examination.found)
    return {state: tally[state] for state in State if tally[state]}


def summary(examination: Examination) -> str:
    """:returns: One line: how many references were found and how they stand."""
    if not examination.found:
        return f"没有找到写明条号的引用（全文 {len(examination.text)} 字）"
    parts = "、".join(f"{STATES[state]} {n} 处" for state, n in counts(examination).items())
    return f"找到引用 {len(examination.found)} 处：{parts}（按 {day_label(examination.day)}的法规）"


def abolished_lines(examination: Examination) -> list[str]:
    """:returns: One line for each abolished law that the text names without a provision."""
    line_of = _lines(examination)
    return [
        f"《{entry.law}》（第 {'、'.join(map(str, dict.fromkeys(map(line_of, entry.places))))} 行，只写了名称）{entry.gone.note}"
        for entry in examination.abolished
    ]


def plain_report(examination: Examination) -> str:
    """:returns: The report as lines to paste into a message."""
    lines = [summary(examination)]
    for row in rows(examination):
        note = f"：{row.note}" if row.note else ""
        lines.append(f"第 {row.line} 行　{row.written}　【{STATES[row.state]}】{note}")
    lines += abolished_lines(examination)
    return "\n".join(lines)


def csv_report(examination: Examination) -> str:
    """:returns: CSV with a byte order mark; a cell that a spreadsheet would compute is disarmed."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(("行", "状态", "原文写法", "规范写法", "说明", "条文", "条文出处"))
    for row in rows(examination):
        cells = (str(row.line), STATES[row.state], row.written, row.canonical, row.note, row.text, row.source)
        writer.writerow([safe_cell(cell) for cell in cells])
    line_of = _lines(examination)
    for entry in examination.abolished:
        line, name, note = str(line_of(entry.places[0])), f"《{entry.law}》", entry.gone.note
        writer.writerow([line, STATES[State.REPEALED], name, safe_cell(entry.law), note, "", ""])
    return file.getvalue()


def word_report(examination: Examination) -> bytes:
    """:returns: A Word document: the summary, then a table with the provisions."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm

    document = Document()
    font = document.styles["Normal"].font
    font.name = "宋体"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.add_heading("引用核对结果", level=1)
    for line in (summary(examination), *abolished_lines(examination)):
        document.add_paragraph(line)
    widths = (Cm(1.4), Cm(2.4), Cm(4.2), Cm(8.5))
    table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, ("行", "状态", "引用", "说明和条文"), strict=True):
        cell.text = name
    for row in rows(examination):
        provision = f"{row.source}：{row.text}" if row.text else ""
        values = (
            str(row.line),
            STATES[row.state],
            row.written,
            "\n".join(filter(None, (row.note, provision))),
        )
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = _for_xml(value)
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = width
    document.add_paragraph("“资料库未收”只说明资料库里没有，不表示引用有错。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _lines(examination: Examination) -> Callable[[int], int]:
    """:returns: What tells the line (1-based) of a position in the text."""
    starts = list(accumulate((len(line) + 1 for line in examination.text.split("\n")), initial=0))
    return lambda position: bisect_right(starts, position)


def _for_xml(text: str) -> str:
    """:returns: `text` without the characters that no XML file may hold."""
    return "".join(
        c
        for c in text
        if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
