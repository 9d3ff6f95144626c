"""``andian corpus`` as a department meets it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ingest.corpus_check.samples import bank, case, queries, question
from ui import cli

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Write files into a folder and run ``andian corpus`` on it."""

    def run(action: str, files: dict[str, str], *options: str) -> tuple[int, str]:
        folder = tmp_path / "ours"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        code = cli.main(["corpus", action, str(folder), *options])
        return code, capsys.readouterr().out

    return run


def test_errors_are_shown_with_file_and_line_and_exit_with_1(corpus: Run) -> None:
    code, out = corpus("check", {"a.md": case("民法典第二百七十八条。\n民法典第九千条。\n" + "字" * 600)})
    assert code == 1
    assert "a.md:10：错误：民法典第九千条：这部法没有这一条" in out
    assert "错误 1 处" in out


def test_warnings_alone_exit_with_0(corpus: Run) -> None:
    code, out = corpus("check", {"a.md": case("《无名办法》第一条。" + "字" * 600)})
    assert code == 0
    assert "提醒：无名办法第一条：无法核对" in out


def test_json_and_the_day_of_the_check(corpus: Run) -> None:
    files = {"a.md": case("生态环境法典第一条。" + "字" * 600)}
    code, out = corpus("check", files, "--json", "--date", "2026-08-15")
    data = json.loads(out)
    assert (code, data["summary"]) == (0, {"errors": 0, "warnings": 0, "date": "2026-08-15"})


def test_a_day_earlier_the_same_law_was_not_in_force(corpus: Run) -> None:
    files = {"a.md": case("生态环境法典第一条。" + "字" * 600)}
    code, out = corpus("check", files, "--json", "--date", "2026-08-14")
    data = json.loads(out)
    assert code == 1
    assert [(f["path"], f["line"], f["check"], f["severity"]) for f in data["findings"]] == [
        ("a.md", 9, "references", "error")
    ]
    assert "尚未施行" in data["findings"][0]["message"]


def test_copied_wording_is_found_in_the_folders_named(corpus: Run, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    sentence = "这是别人写的一句话一共有二十多个字谁也不该照抄进来"
    (theirs / "b.txt").write_text(sentence, encoding="utf-8")
    code, out = corpus("check", {"a.md": case("字" * 600 + sentence)}, "--texts", str(theirs))
    assert code == 1
    assert "与 b.txt 相同" in out


def test_stats_are_tables_for_the_readme(corpus: Run) -> None:
    files = {"a.md": case("正文。"), "q.yaml": bank(question(), question(2)), "u.yaml": queries("过期了")}
    code, out = corpus("stats", files)
    assert code == 0
    assert "| 主题 | 案例 | 试题 | 问法 |\n| --- | ---: | ---: | ---: |" in out
    assert "| 换届 | 1 | 2 | 1 |" in out
    assert "| 题型 | 单选 |\n| --- | ---: |\n| 数量 | 2 |" in out


def test_stats_as_json(corpus: Run) -> None:
    code, out = corpus("stats", {"q.yaml": bank()}, "--json")
    data = json.loads(out)
    assert (code, data["types"], data["departments"]) == (0, {"single": 1}, {"房办": 1})
    assert {"topic": "换届", "cases": 0, "questions": 1, "queries": 0} in data["topics"]


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([str(tmp_path / "none")], [str(tmp_path), "--texts", str(tmp_path / "none")]):
        assert cli.main(["corpus", "check", *arguments]) == 1
        assert capsys.readouterr().err.strip().splitlines()[-1].startswith("没有文件夹")
