"""``andian cite check`` as a secretary's clerk meets it."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordDocument

from ui import cli

Cite = Callable[..., tuple[int, str, str]]
FINE = "依据《民法典》第278条第二款和《某某市养犬办法》第三条。"


@pytest.fixture
def cite(
    library_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Cite:
    """Check a text, given as a file or piped in, against a copy of the small library."""
    home = tmp_path / "cli"
    shutil.copytree(library_home, home)
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "none")

    def run(text: str | Path | bytes, *options: str) -> tuple[int, str, str]:
        if not isinstance(text, Path):
            data = text if isinstance(text, bytes) else text.encode()
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        name = str(text) if isinstance(text, Path) else "-"
        code = cli.main(["cite", "check", name, "--home", str(home), *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_what_is_good_or_merely_outside_exits_with_0(cite: Cite) -> None:
    code, out, _ = cite(FINE)
    assert code == 0
    assert "现行有效" in out
    assert "资料库未收" in out
    assert "找到引用 2 处：资料库未收 1 处、现行有效 1 处" in out


@pytest.mark.parametrize("text", ["民法典第九千条", "物权法第七十六条", "民法典第二百九十六条第五款"])
def test_what_must_be_mended_exits_with_1(cite: Cite, text: str) -> None:
    assert cite(text)[0] == 1


def test_each_reference_has_its_line(cite: Cite) -> None:
    _, out, _ = cite("标题\n\n民法典第二百七十八条\n民法典第九千条。")
    lines = [line.split()[:3] for line in out.splitlines()[1:3]]
    assert lines == [
        ["3", "现行有效", "民法典第二百七十八条"],
        ["4", "查无此条", "民法典第九千条"],
    ]
    assert "它共 4 条" in out


def test_the_day_decides(cite: Cite) -> None:
    assert cite("物权法第七十六条", "--as-of", "2020-12-31")[0] == 0
    code, out, _ = cite("民法典第二百七十八条", "--as-of", "2020-12-31")
    assert code == 1
    assert "尚未施行" in out


def test_json_has_the_documented_shape(cite: Cite) -> None:
    code, out, _ = cite("见《民法典》第九百四十六条。", "--json", "--as-of", "2024-01-01")
    data = json.loads(out)
    assert code == 0
    assert {key: data[key] for key in ("file", "as_of", "characters", "counts")} == {
        "file": "-", "as_of": "2024-01-01", "characters": 14, "counts": {"in_force": 1},
    }  # fmt: skip
    (found,) = data["references"]
    assert (found["line"], found["start"], found["end"], found["written"]) == (
        1,
        1,
        13,
        "《民法典》第九百四十六条",
    )
    assert (found["ref"], found["state"], found["note"]) == ("民法典第九百四十六条", "in_force", "")
    (provision,) = found["provisions"]
    assert (provision["now"], provision["replaced_by"]) == (None, None)
    assert provision["cited"]["document_id"] == "law-minfadian"
    assert provision["cited"]["position"] == 2
    assert "六十日" in provision["cited"]["text"]


def test_an_abolished_law_that_is_only_named(cite: Cite) -> None:
    code, out, _ = cite("根据《物权法》，\n《物权法》的精神。")
    assert code == 1
    assert "《物权法》（第 1、2 行，只写了名称）2021年1月1日起废止" in out
    data = json.loads(cite("根据《物权法》，", "--json")[1])
    assert [(law["law"], law["starts"]) for law in data["abolished_laws"]] == [("物权法", [2])]


def test_a_word_document_is_read(cite: Cite, tmp_path: Path) -> None:
    document, path = WordDocument(), tmp_path / "通知.docx"
    document.add_paragraph("根据物权法第七十六条，现予公告。")
    document.save(str(path))
    code, out, _ = cite(path)
    assert code == 1
    assert "已废止" in out


def test_text_in_another_encoding_is_read(cite: Cite) -> None:
    assert "现行有效 1 处" in cite("根据民法典第二百七十八条的规定，业主共同决定。".encode("gb18030"))[1]


def test_a_text_without_references_says_so(cite: Cite) -> None:
    code, out, _ = cite("今天开会，大家都到了。")
    assert code == 0
    assert "没有找到写明条号的引用" in out


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("没有.txt", None, "找不到文件"),
        ("空.txt", b"", "文件是空的"),
        ("包.zip", b"PK\x03\x04", "请解压后一份一份地核"),
        ("表.xls", b"x", "不支持 .xls 文件"),
        ("长.txt", ("字" * 200_001).encode(), "一次最多核 20 万字"),
    ],
)
def test_errors_are_one_chinese_line_and_1(
    cite: Cite, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err = cite(path)
    assert (code, out) == (1, "")
    assert message in err
    assert len(err.strip().splitlines()) == 1


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["cite", "check", "--help"])
    out = capsys.readouterr().out
    assert out.startswith("用法：")
    assert "--as-of" in out
