"""``andian group`` as a trainer meets it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ui import cli

Group = Callable[..., tuple[int, str, str]]
ROSTER = "姓名,单位,街道,任职年限,角色\n" + "".join(
    f"学员{n},{'东村' if n <= 3 else f'村{n}'},花木街道,{n % 9},\n" for n in range(1, 12)
)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_text(ROSTER + "钱律师,,,,律师\n,村,,,\n", encoding="utf-8")
    return path


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Group:
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "none")

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = cli.main(["group", *map(str, arguments), "--home", str(tmp_path / "cli")])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        return code, *capsys.readouterr()

    return run


def drawn(group: Group, *arguments: str | Path) -> dict[str, Any]:
    code, out, error = group(*arguments, "--json")
    assert code == 0, error
    data: dict[str, Any] = json.loads(out)
    return data


def names(data: dict[str, Any]) -> list[list[str]]:
    return [[person["name"] for person in members] for members in data["groups"]]


def test_groups_are_printed_with_the_seed_and_what_could_not_hold(group: Group, roster: Path) -> None:
    code, out, error = group(roster, "--groups", "2", "--seed", "第五期")
    assert code == 0
    assert out.count("第 1 组  ") == 6
    assert out.count("第 2 组  ") == 5
    for line in ("不分组：钱律师（律师）", "共 11 人，2 组，每组 5 或 6 人", "随机种子：第五期",
                 "东村有 3 人，只有 2 组，必有同单位的人同组（每组最多 2 人）"):  # fmt: skip
        assert line in out
    assert error == "第 14 行：没有姓名，未收\n"


def test_the_seed_decides_and_one_is_made_where_none_is_given(group: Group, roster: Path) -> None:
    first, again = (drawn(group, roster, "--size", "4", "--seed", "a") for _ in range(2))
    assert first == again
    assert [len(members) for members in first["groups"]] == [4, 4, 3]
    free = drawn(group, roster)
    assert [len(members) for members in free["groups"]] == [4, 4, 3]
    assert free["seed"]
    assert names(drawn(group, roster, "--seed", free["seed"])) == names(free)


def test_json_has_the_documented_shape(group: Group, roster: Path) -> None:
    roster.write_text(roster.read_text(encoding="utf-8") + "学员1,东村,,,\n", encoding="utf-8")
    data = drawn(group, roster, "--groups", "3", "--seed", "a")
    assert set(data) == {"seed", "groups", "unmet", "not_grouped", "remarks", "duplicates"}
    one = next(p for members in data["groups"] for p in members if p["line"] == 3)
    assert one == {
        "line": 3,
        "name": "学员2",
        "unit": "东村",
        "district": "花木街道",
        "years": 2.0,
        "role": "学员",
    }
    assert [p["name"] for p in data["not_grouped"]] == ["钱律师"]
    assert data["remarks"] == [{"line": 14, "text": "没有姓名，未收", "left_out": True}]
    assert data["duplicates"] == [{"likeness": "same", "lines": [2, 15]}]
    assert "有 1 人没有填任职年限" in data["unmet"][-1]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_groups_are_written_and_draw_the_same_again(
    group: Group, roster: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"分组{suffix}"
    data = drawn(group, roster, "--groups", "3", "--seed", "a", "--out", out)
    assert names(drawn(group, out, "--groups", "3", "--seed", "a")) == names(data)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_nothing_that_is_written_is_a_formula(group: Group, tmp_path: Path) -> None:
    roster = tmp_path / "名单.txt"
    roster.write_text("姓名\t单位\n=王芳+1\t@东村\n李四\t-西村\n", encoding="gb18030")
    book, sheet = tmp_path / "a.xlsx", tmp_path / "a.csv"
    for out in (book, sheet):
        drawn(group, roster, "--groups", "1", "--seed", "=1+1", "--out", out)
    cells = [cell for place in load_workbook(book) for row in place.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=王芳+1" in {cell.value for cell in cells}
    rows = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("text", "arguments", "code", "said"),
    [
        (None, [], 1, "找不到文件"),
        ("", [], 1, "名单里没有人"),
        ("姓名,角色\n王芳,律师\n", [], 1, "名单里没有学员"),
        ("王芳\n", ["--groups", "2"], 1, "1 人分不成 2 组"),
        ("王芳\n", ["--seed", " "], 1, "随机种子"),
        ("王芳\n", ["--out", "a.docx"], 1, "只能写成 .xlsx 或 .csv"),
        ("王芳\n", ["--out", "没有/这个/a.csv"], 1, "写不了"),
        ("王芳\n", ["--groups", "0"], 2, "应是大于 0 的整数"),
        ("王芳\n", ["--groups", "1", "--size", "1"], 2, "--size 和 --groups 只能写一个"),
    ],
)
def test_what_is_to_be_mended_is_said_in_one_line(
    group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, arguments: list[str], code: int, said: str
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "名单.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    got, _, error = group(path, *arguments)
    assert (got, error.count("\n")) == (code, 1)
    assert said in error
    assert not list(tmp_path.glob(".*a.*"))
