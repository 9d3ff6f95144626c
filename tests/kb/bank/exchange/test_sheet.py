"""The spreadsheet as people fill it in, and every mistake by row and column."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kb.bank.exchange.columns import COLUMNS, GUIDE, SHEET
from kb.bank.exchange.record import Defaults
from kb.bank.exchange.sheet import read_sheet
from kb.bank.exchange.template import write_sheet
from kb.errors import InputError, UnreadableFile
from tests.kb.bank.exchange.samples import make

GOOD = {
    "编号": "q-a-001", "题型": "单选", "主题": "换届", "难度": 2, "地区": "上海", "供题部门": "房办", "题干": "几日内组建",
    "选项A": "三十日", "选项B": 15, "选项C": "六十日", "选项D": "九十日", "答案": "a", "解析": "三十日", "依据": "民法典第二百七十八条",
}  # fmt: skip


def sheet(*rows: dict[str, Any]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    headings = list(dict.fromkeys(key for row in rows for key in row))
    page.append(headings)
    for row in rows:
        page.append([row.get(key) for key in headings])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def problems(**changed: Any) -> list[tuple[int, str, str]]:
    read = read_sheet(sheet(GOOD, GOOD | {"编号": "q-a-002"} | changed), "题.xlsx")
    assert [place for place, _ in read.questions] == [2]
    return [(p.place, p.column, p.message) for p in read.problems]


def test_the_template_has_instructions_lists_and_no_question() -> None:
    data = write_sheet()
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == [SHEET, GUIDE]
    assert [cell.value for cell in book[SHEET][1]] == [column.heading for column in COLUMNS]
    lists = {str(v.sqref).split("2:")[0]: v.formula1 for v in book[SHEET].data_validations.dataValidation}
    assert lists == {
        "B": '"单选,多选,判断,填空,排序,简答,案例分析"',
        "D": '"1,2,3,4,5"',
        "F": '"党建办,自治办,司法所,房办,律师"',
    }
    assert read_sheet(data, "t.xlsx").questions == ()


def test_what_people_type_is_understood() -> None:
    rows: list[dict[str, Any]] = [
        GOOD,
        GOOD | {"编号": None, "题型": "多选", "答案": "Ａ、c "},
        {k: v for k, v in GOOD.items() if not k.startswith("选项")} | {"编号": "q-3", "题型": "判断", "答案": True},
        GOOD | {"编号": "q-4", "题型": "填空", "题干": "____内组建", "选项A": None, "选项B": None, "选项C": None, "选项D": None, "答案": "30日;三十日"},
        GOOD | {"编号": "q-5", "题型": "排序", "答案": "B→A→D→C"},
        {k: v for k, v in GOOD.items() if not k.startswith("选项")}
        | {"编号": "q-6", "题型": "简答", "答案": "范文", "得分点1": "书面通知\n权重:60\n维度：依法按程序\n认可：书面；写信", "得分点2": "得分点：提前\n权重：40%\n维度：d\n依据：测试法第一条\n认可：提前"},
    ]  # fmt: skip
    read = read_sheet(sheet(*rows), "题.xlsx")
    assert read.problems == ()
    single, multiple, judged, fill, order, short = (question.model_dump() for _, question in read.questions)
    assert (single["options"][1], single["answer"]) == ("15", "A")
    assert (multiple["answer"], read.unnamed) == (["A", "C"], frozenset({3}))
    assert judged["answer"] is True
    assert fill["answer"] == [["30日", "三十日"]]
    assert order["answer"] == list("BADC")
    assert [(p["text"], p["weight"], p["dimension"], p["accept"]) for p in short["points"]] == [
        ("书面通知", 60, "L", ["书面", "写信"]),
        ("提前", 40, "D", ["提前"]),
    ]


@pytest.mark.parametrize(
    ("changed", "column", "message"),
    [
        ({"题型": "单项"}, "B 题型", "题型应是 单选、多选、判断"),
        ({"难度": "难"}, "D 难度", "难度应是 1 到 5 的整数"),
        ({"难度": 6}, "D 难度", "难度应是 1 到 5 的整数"),
        ({"答案": "AB"}, "L 答案", "答案应是一个选项的字母"),
        ({"供题部门": "财务"}, "F 供题部门", "“供题部门”的值不对"),
        ({"题干": None}, "G 题干", "缺少“题干”"),
        ({"题干": "=1+1"}, "G 题干", "是公式；请改成文字"),
        ({"选项B": date(2026, 3, 4)}, "I 选项B", "当成了日期"),
        ({"选项C": None}, "J 选项C", "太短"),
        ({"选项D": None}, "H 选项A", "项数太少"),
        ({"答案": "E"}, "", "答案 E 没有对应的选项"),
        ({"依据": "民法典278"}, "N 依据", "写法不对"),
        ({"编号": "题一"}, "A 编号", "请用小写拼音"),
        ({"编号": "q-a-001"}, "A 编号", "编号与第 2 行相同"),
    ],
)
def test_every_mistake_has_its_row_and_column(changed: dict[str, Any], column: str, message: str) -> None:
    (found,) = problems(**changed)
    assert found[:2] == (3, column)
    assert message in found[2]


def test_several_mistakes_of_a_row_are_all_told() -> None:
    assert [column for _, column, _ in problems(难度=9, 解析=None, 主题=None)] == [
        "C 主题",
        "D 难度",
        "M 解析",
    ]


def test_what_is_not_said_is_taken_from_the_defaults() -> None:
    row = {k: v for k, v in GOOD.items() if k not in ("主题", "难度", "地区", "供题部门")}
    read = read_sheet(sheet(row), "题.xlsx", Defaults("养犬", 3, "律师", "全国"))
    ((_, question),) = read.questions
    assert (question.topic, question.difficulty, question.department, question.region) == (
        "养犬",
        3,
        "律师",
        "全国",
    )


def test_nothing_in_a_written_sheet_is_computed() -> None:
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)"]
    data = write_sheet([make(options=dangerous, stem='=HYPERLINK("http://x")')])
    cells = [cell for row in load_workbook(io.BytesIO(data))[SHEET].iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert [cell.value for cell in cells if cell.quotePrefix] == ['=HYPERLINK("http://x")', *dangerous]
    ((_, question),) = read_sheet(data, "t").questions
    assert question.model_dump()["options"] == dangerous


def test_a_text_that_no_cell_holds_is_refused_when_writing() -> None:
    long = [{"text": "点", "weight": 50, "dimension": "L", "accept": ["长" * 4000] * 9}] * 2
    with pytest.raises(InputError, match="q-huanjie-001 的“得分点1”超过 32767 字"):
        write_sheet([make("short", points=long)])


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", b"0" * 110_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: b"PK\x03\x04 broken", "表格打不开"),
        (lambda: b"id,stem", "表格打不开"),
        (_bomb, "解压后太大"),
        (lambda: b"0" * (10 * 1024 * 1024 + 1), "文件超过 10 MB"),
    ],
)
def test_files_that_are_no_sheets_are_one_line(data: Callable[[], bytes], message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_sheet(data(), "题.xlsx")
    assert str(caught.value).startswith("题.xlsx：")


def test_a_sheet_without_the_columns_is_refused() -> None:
    with pytest.raises(InputError, match="缺少列“题型”“答案”；请用 andian bank export --template"):
        read_sheet(sheet({"题干": "问"}), "题.xlsx")


def test_empty_rows_and_other_columns_do_not_matter() -> None:
    read = read_sheet(sheet({"备注": "x", **GOOD}, {"备注": None}, {**GOOD, "编号": "q-9"}), "题.xlsx")
    assert ([place for place, _ in read.questions], read.problems) == ([2, 4], ())
