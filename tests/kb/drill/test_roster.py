import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kb.drill.person import Role
from kb.drill.roster import Roster, read_lines, read_roster
from kb.drill.roster_cells import read_years
from kb.drill.roster_table import MOST_BYTES, MOST_ROWS
from kb.errors import InputError, UnreadableFile


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def seen(roster: Roster) -> list[tuple[str, str, str, Decimal | None]]:
    return [(p.name, p.unit, p.district, p.years) for p in roster.people]


WANTED = [
    ("王芳", "东村居民区", "花木街道", Decimal(5)),
    ("李四", "西村", "塘桥街道", Decimal("2.5")),
    ("张三", "", "", None),
]


@pytest.mark.parametrize(
    "text",
    [
        "1、王　芳 东村居民区 花木街道 5年\n\n李四，西村，塘桥街道，两年半\n3. 张三",
        "姓名\t任职年限（年）\t街道/镇\t居民区\n王芳\t5\t花木街道\t东村居民区\n李四\t2.5\t塘桥街道\t西村\n张三",
        "\ufeff王芳、花木街道、5、东村居民区\r\n李四|2年6个月|西村|塘桥街道\r\n张三\r\n",
    ],
)
def test_lines_are_read_as_people_type_them(text: str) -> None:
    roster = read_lines(text)
    assert seen(roster) == WANTED
    assert roster.remarks == ()


TABLE: list[list[object]] = [
    ["第五期研讨班名单"],
    ["序号", "名字", "单位", "街道", "年限", "角色"],
    [1, "王 芳", "东村居民区", "花木街道", 5.0, "评委"],
    [],
    [2, "李四", "西村", "塘桥街道", "2年半", "居委主任"],
    [3, None, "北村"],
    [4, "张三", None, None, "2019年3月起", "书记"],
]
REMARKS = [(5, "角色", False), (6, "没有姓名", True), (7, "任职年限", False)]


def check_table(roster: Roster) -> None:
    assert seen(roster) == WANTED
    assert [p.role for p in roster.people] == [Role.JUDGE, Role.MEMBER, Role.MEMBER]
    assert [p.id for p in roster.people] == ["r3", "r5", "r7"]
    assert [(r.line, r.text[: len(start)], r.left_out) for r, (_, start, _) in zip(roster.remarks, REMARKS, strict=True)] == REMARKS  # fmt: skip


def test_xlsx_is_read_with_titles_above_and_a_remark_on_every_doubtful_row() -> None:
    check_table(read_roster(xlsx(*TABLE), "名单.xlsx"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_either_encoding(encoding: str, delimiter: str) -> None:
    lines = [delimiter.join("" if c is None else str(c) for c in row) for row in TABLE]
    lines[0] = TABLE[0][0] + delimiter * 5  # type: ignore[operator]
    check_table(read_roster("\r\n".join(lines).encode(encoding), "名单.csv"))


def test_formulas_and_invisible_marks_are_only_text() -> None:
    roster = read_roster(xlsx(["姓名", "单位"], ["王\u202e芳\u200b", "=1+1"]), "a.xlsx")
    assert seen(roster)[0][:2] == ("王芳", "")  # a formula without a value has none
    assert read_lines("王芳,=HYPERLINK(1)").people[0].unit == "=HYPERLINK(1)"


def test_cells_that_found_no_use_are_reported() -> None:
    assert "“2019”没有用上" in str(read_lines("赵六 东村 2019").remarks[0])


@pytest.mark.parametrize("bad", ["9999", "一" * 21])
def test_what_is_no_name_is_left_out_and_the_others_stay(bad: str) -> None:
    roster = read_lines(f"姓名\n{bad}\n王芳")
    assert [p.name for p in roster.people] == ["王芳"]
    assert [(r.line, r.left_out) for r in roster.remarks] == [(2, True)]


@pytest.mark.parametrize(
    ("data", "source", "problem"),
    [
        (b"", "a.txt", "名单里没有人"),
        ("单位\n东村".encode(), "a.csv", None),
        (b"PK\x03\x04rubbish", "a.xlsx", "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "另存为 .xlsx"),
        (b"not a workbook", "a.xlsx", "另存为 .xlsx"),
        (b"\xff\xfe\x00\x00", "a.txt", "编码"),
        (b"x" * (MOST_BYTES + 1), "a.txt", "超过 5 MB"),
        ("王芳\n" .encode() * (MOST_ROWS + 1), "a.txt", f"超过 {MOST_ROWS} 行"),
        ("王芳\n" .encode() * (MOST_ROWS + 1), "a.csv", f"超过 {MOST_ROWS} 行"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used_are_refused(data: bytes, source: str, problem: str | None) -> None:
    if problem is None:
        assert read_roster(data, source).people  # no headings: told by their looks
        return
    with pytest.raises(InputError, match=problem):
        read_roster(data, source)


def test_too_many_rows_of_a_sheet_are_refused() -> None:
    with pytest.raises(InputError, match="行"):
        read_roster(xlsx(*([f"王{n}"] for n in range(MOST_ROWS + 1))), "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "years"),
    [("3", "3"), ("3.25年", "3.3"), ("半年", "0.5"), ("十二年", "12"), ("8个月", "0.7"), ("1年6个月", "1.5"),
     ("2年多", "2"), ("０", None), ("", None), ("年", None), ("61", None), ("东村", None), ("三半", None)],
)  # fmt: skip
def test_years_are_read_as_people_write_them(cell: str, years: str | None) -> None:
    if cell == "０":
        assert read_years(cell) == 0
        return
    assert read_years(cell) == (None if years is None else Decimal(years))


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.csv", "a.xlsx"]))
def test_any_bytes_give_a_roster_or_one_line(data: bytes, source: str) -> None:
    try:
        roster = read_roster(data, source)
    except InputError:
        return
    assert roster.people


@given(st.text(max_size=300))
def test_any_text_gives_a_roster_or_one_line(text: str) -> None:
    try:
        roster = read_lines(text)
    except InputError:
        return
    assert len({p.id for p in roster.people}) == len(roster.people) > 0


def test_a_packed_bomb_is_not_opened() -> None:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", b"0" * (31 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="太大"):
        read_roster(file.getvalue(), "a.xlsx")
