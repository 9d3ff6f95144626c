"""``andian grade`` as a trainer meets it."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ui import cli

Grade = Callable[..., tuple[int, str, str]]
ANSWER = "架空层要业主表决，三分之二参与、四分之三同意，依据民法典第二百七十八条和物权法第七十六条。\n先在居委会试办。"


@pytest.fixture
def grade(
    library_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    """Grade an answer, piped in or from a file, with the small library and without a model."""
    home = tmp_path / "cli"
    shutil.copytree(library_home, home)
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "none")

    def run(answer: str | Path, *options: str, question: str = "q-dangjian-024") -> tuple[int, str, str]:
        if isinstance(answer, str):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answer.encode())))
        name = str(answer) if isinstance(answer, Path) else "-"
        code = cli.main(["grade", question, name, "--home", str(home), *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_each_point_has_its_line(grade: Grade) -> None:
    code, out, err = grade(ANSWER)
    lines = out.splitlines()
    assert code == 0
    assert len(lines) == 1 + 5 + 1
    assert lines[1].split()[:2] == ["答到", "25/25"]
    assert "民法典第二百七十八条（引用正确）" in lines[1]
    assert "物权法第七十六条（引用有误" in lines[1]
    assert lines[3].split()[:2] == ["未答到", "0/15"]
    assert lines[-1].startswith("建议得分")
    assert "没有向量模型" in err


def test_json_has_the_documented_shape(grade: Grade) -> None:
    code, out, err = grade(ANSWER, "--json")
    data = json.loads(out)
    first = data["points"][0]
    assert (code, err, data["question"]) == (0, "", "q-dangjian-024")
    assert 0 < data["score"] < 1
    assert (first["standing"], first["earned"], first["weight"], first["against"]) == ("hit", 25, 25, [])
    assert all(ANSWER[w["start"] : w["end"]] == w["text"] for p in data["points"] for w in p["words"])
    assert [(r["ref"], r["fit"]) for r in first["references"]] == [
        ("民法典第二百七十八条", "right"),
        ("物权法第七十六条", "wrong"),
    ]


def test_a_file_is_read(grade: Grade, tmp_path: Path) -> None:
    path = tmp_path / "作答.txt"
    path.write_text(ANSWER, encoding="utf-8")
    assert grade(path, "--json")[1] == grade(ANSWER, "--json")[1]


def test_control_characters_do_not_reach_the_terminal(grade: Grade) -> None:
    assert "\x1b" not in grade("架空层业主表决\x1b[31m三分之二参与")[1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"question": "q-x-1"}, "题库里没有编号为“q-x-1”的题"),
        ({"question": "q-dangjian-001"}, "不是简答题或案例题"),
        ({"answer": Path("没有.txt")}, "找不到文件"),
        ({"answer": "字" * 2001}, "一次最多评 2000 字"),
    ],
)
def test_mistakes_are_one_chinese_line(grade: Grade, options: dict[str, str | Path], message: str) -> None:
    code, out, err = grade(options.pop("answer", ANSWER), **options)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert message in err
