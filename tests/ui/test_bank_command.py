"""``andian bank`` as a trainer and a script meet it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kb.bank.exchange.gift_write import write_gift
from kb.bank.exchange.template import write_sheet
from tests.kb.bank.exchange.samples import EACH, make
from ui import cli

IDS = [question.id for question in EACH]


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Andian = Callable[..., Ran]


@pytest.fixture
def andian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Andian:
    """Run ``andian bank`` over an empty library."""
    monkeypatch.setenv("ANDIAN_CORPUS", "none")

    def run(*arguments: str) -> Ran:
        try:
            code = cli.main(["bank", *arguments, "--home", str(tmp_path / "home")])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def filled(andian: Andian, tmp_path: Path) -> Andian:
    """The same with one published question of each type."""
    file = tmp_path / "七题.gift"
    file.write_bytes(write_gift(EACH))
    assert andian("import", str(file), "--by", "甲").code == 0
    assert andian("review", *IDS, "--by", "乙").code == 0
    assert andian("publish", *IDS, "--by", "甲").code == 0
    return andian


@pytest.mark.parametrize(
    "name",
    ["list", "show", "import", "export", "paper", "review", "publish", "retire", "reopen", "undo", "stats"],
)
def test_every_action_has_chinese_help(andian: Andian, name: str) -> None:
    ran = andian(name, "--help")
    assert (ran.code, ran.out.startswith("用法：andian bank")) == (0, True)
    assert "usage" not in ran.out
    assert "--json" in ran.out


@pytest.mark.parametrize("suffix", [".xlsx", ".gift", ".xml"])
def test_what_is_exported_is_imported_again_as_the_same(filled: Andian, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"出{suffix}"
    assert "已导出 7 题" in filled("export", str(file)).out
    again = filled("import", str(file), "--by", "丙", "--json")
    assert (again.code, again.data["same"], again.data["saved"]) == (0, IDS, False)


def test_a_template_is_filled_in_and_undone(andian: Andian, tmp_path: Path) -> None:
    file = tmp_path / "模板.xlsx"
    assert "空模板" in andian("export", str(file), "--template").out
    file.write_bytes(write_sheet([make(id="q-a-001"), make(id="q-a-002", stem="另问一件全不相干的事情")]))
    ran = andian("import", str(file), "--by", "甲", "--json")
    assert (ran.data["new"], ran.data["saved"]) == (["q-a-001", "q-a-002"], True)
    assert "已撤销 甲 对 2 题的操作" in andian("undo", str(ran.data["undo"])).out
    assert andian("list", "--json").data["total"] == 0
    assert andian("undo", str(ran.data["undo"])).code == 1


def _with_a_mistake(tmp_path: Path) -> Path:
    file = tmp_path / "有错.gift"
    file.write_bytes(write_gift(EACH[:2]).replace("难度：2".encode(), "难度：9".encode(), 1))
    return file


def test_with_a_mistake_nothing_is_written_unless_it_may_be_skipped(andian: Andian, tmp_path: Path) -> None:
    file = _with_a_mistake(tmp_path)
    ran = andian("import", str(file), "--by", "甲")
    assert ran.code == 1
    assert ran.err == f"{file}：第 4 行“难度”：难度应是 1 到 5 的整数\n"
    assert "一题也没有收" in ran.out
    assert andian("list", "--json").data["total"] == 0
    ran = andian("import", str(file), "--by", "甲", "--skip-bad")
    assert (ran.code, "新题 1，修改 0，相同 0，有错 1 处；已存为草稿" in ran.out) == (1, True)
    assert andian("list", "--json").data["total"] == 1


def test_a_dry_run_writes_nothing_and_tells_of_duplicates(filled: Andian, tmp_path: Path) -> None:
    file = tmp_path / "像.gift"
    file.write_bytes(write_gift([make(id="q-b-001", stem="业委会几日内要组建")]))
    ran = filled("import", str(file), "--by", "甲", "--dry-run")
    assert (ran.code, "q-b-001 与 q-a-001 有" in ran.out, "没有写入" in ran.out) == (0, True, True)
    assert filled("list", "--json").data["total"] == 7


def test_another_wording_needs_to_be_asked_for(filled: Andian, tmp_path: Path) -> None:
    file = tmp_path / "改.gift"
    file.write_bytes(write_gift([make(id="q-a-001", stem="换了说法")]))
    ran = filled("import", str(file), "--by", "丙")
    assert (ran.code, "内容不同；要修改它请加 --update" in ran.err) == (1, True)
    ran = filled("import", str(file), "--by", "丙", "--update", "--json")
    assert (ran.code, ran.data["changed"]) == (0, ["q-a-001"])
    shown = filled("show", "q-a-001", "--json").data
    assert (shown["state"], shown["version"], shown["versions"]) == ("draft", 2, 2)
    assert "业委会几日内组建" in filled("show", "q-a-001", "--version", "1").out
    assert filled("show", "q-a-001", "--version", "3").code == 1


def test_questions_without_an_id_get_one(andian: Andian, tmp_path: Path) -> None:
    file = tmp_path / "别处.txt"
    note = "// [tag:依据：测试法第一条]\n"
    file.write_text(f"{note}狗要牵绳{{T####因为}}\n\n{note}猫要戴铃{{F####没有这条}}\n", encoding="utf-8")
    options = ("--topic", "养犬", "--difficulty", "1", "--department", "房办")
    ran = andian("import", str(file), "--by", "甲", "--json", *options)
    assert ran.data["new"] == ["user-0001", "user-0002"]
    assert andian("show", "user-0002", "--json").data["question"]["topic"] == "养犬"


def test_a_list_is_narrowed_and_paged(filled: Andian) -> None:
    assert "共 7 题，第 2/3 页" in filled("list", "--size", "3", "--page", "2").out
    data = filled("list", "--type", "案例分析", "--state", "已发布", "--json").data
    assert [entry["question"]["id"] for entry in data["questions"]] == ["q-a-007"]
    assert filled("list", "--text", "没有的词", "--json").data["total"] == 0


def test_a_question_is_shown_whole(filled: Andian) -> None:
    out = filled("show", "q-a-006").out
    assert "q-a-006  简答  难度 2  已发布" in out
    assert "第 1 版（共 1 版），甲" in out
    assert "1. 第1点（60 分，依法按程序；依据 测试法第二条）" in out
    assert "A. 三十日\nB. 十五日\nC. 六十日\nD. 九十日\n答案：CADB" in filled("show", "q-a-005").out


def test_review_is_by_another_person(andian: Andian, tmp_path: Path) -> None:
    file = tmp_path / "一题.gift"
    file.write_bytes(write_gift(EACH[:1]))
    andian("import", str(file), "--by", "甲")
    assert "请先由另一人审核" in andian("publish", "q-a-001", "--by", "乙").err
    ran = andian("review", "q-a-001", "--by", "甲")
    assert (ran.code, "不能由本人审核" in ran.err) == (1, True)
    ran = andian("retire", "q-a-001", "--by", "乙", "--json")
    assert ran.data["questions"] == ["q-a-001"]
    andian("undo", str(ran.data["undo"]))
    assert andian("show", "q-a-001", "--json").data["state"] == "draft"


def test_a_paper_avoids_what_the_series_has_used(filled: Andian, tmp_path: Path) -> None:
    file = tmp_path / "卷.xlsx"
    wanted = ("--part", "单选 1", "--part", "换届 案例分析 1 难度2", "--series", "第五期")
    first = filled("paper", *wanted, "--seed", "x", "--use", "--by", "甲", "--out", str(file))
    assert first.code == 0, first.err
    assert "换届案例分析（难度 2） 1 道\n  q-a-007" in first.out
    assert "共 2 题（单选 1、案例分析 1）；种子 x" in first.out
    assert file.is_file()
    assert filled("show", "q-a-001", "--json").data["uses"] == {"第五期": 1}
    again = filled("paper", *wanted)
    assert again.code == 1
    assert (
        "需要 1 道单选，只有 0 道（另有 1 道本系列用过）；需要 1 道换届案例分析（难度 2），只有 0 道（另有 1 道本系列用过）"
        in again.err
    )
    data = filled("paper", *wanted, "--allow-used", "--json").data
    assert [part["questions"] for part in data["parts"]] == [["q-a-001"], ["q-a-007"]]
    assert data["seed"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["paper", "--part", "单选 1", "--use"], 1, "请加 --series 和 --by"),
        (["paper", "--part", "填空"], 1, "没有写几道题"),
        (["paper"], 2, "缺少参数"),
        (["import", "没有.xlsx", "--by", "甲"], 1, "找不到文件"),
        (["import", "a.doc", "--by", "甲"], 1, "不认识的文件类型；请用 .xlsx"),
        (["import", "a.xlsx"], 2, "--by"),
        (["show", "q-z"], 1, "没有编号为“q-z”的题"),
        (["list", "--type", "论述"], 2, "可选"),
        (["export", "没有的文件夹/a.xlsx"], 1, "写不了"),
    ],
)
def test_wrong_calls_are_one_chinese_line(
    filled: Andian, arguments: list[str], code: int, message: str
) -> None:
    ran = filled(*arguments)
    assert (ran.code, len(ran.err.strip().splitlines())) == (code, 1)
    assert message in ran.err


def test_the_bank_is_counted(filled: Andian) -> None:
    assert "共 7 题：草稿 0，已审核 0，已发布 7，已停用 0" in filled("stats").out
    data = filled("stats", "--json").data
    assert (data["total"], data["states"]["published"], data["topics"]["换届"]["case"]) == (7, 7, 1)


def _scores(tmp_path: Path, persons: int) -> Path:
    file = tmp_path / "得分.csv"
    rows = [f"人{n},q-{q},{2 * (n % 4 >= q)},2" for n in range(persons) for q in (1, 2, 3)]
    file.write_text("\ufeff答题人,题号,得分,满分\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_scores_become_statistics_with_their_number(andian: Andian, tmp_path: Path) -> None:
    file = str(_scores(tmp_path, 40))
    data = andian("stats", "--scores", file, "--json").data
    assert [q["facility"] for q in data["questions"]] == [{"value": v, "n": 40} for v in (0.75, 0.5, 0.25)]
    assert data["questions"][1]["discrimination"]["value"] == 1
    # Variances 3/16, 4/16, 3/16; the sums 0…3 vary by 5/4: 3/2 · (1 − 10/16 · 4/5) = 0.75.
    assert data["reliability"] == {"value": pytest.approx(0.75), "n": 40, "kr20": True}
    assert "信度（KR-20）0.75，全部答完的 40 人" in andian("stats", "--scores", file).out


def test_few_scores_give_no_figures(andian: Andian, tmp_path: Path) -> None:
    out = andian("stats", "--scores", str(_scores(tmp_path, 19))).out
    assert "q-1   19    —" in out


@pytest.mark.parametrize(
    "line", ["甲,q-1,3,2", "甲,q-1,x,2", "甲,q-1,1,0", "甲,q-1", ",q-1,1,2", "甲,q-1,nan,2"]
)
def test_a_wrong_score_is_named_by_its_line(andian: Andian, tmp_path: Path, line: str) -> None:
    file = tmp_path / "得分.csv"
    file.write_text(f"答题人,题号,得分,满分\n甲,q-2,1,2\n{line}\n", encoding="utf-8")
    ran = andian("stats", "--scores", str(file))
    assert (ran.code, f"{file}:3：这一行不对" in ran.err) == (1, True)


def test_the_shipped_questions_enter_once_and_a_users_change_stays(
    andian: Andian, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANDIAN_CORPUS", "shipped")
    data = andian("list", "--state", "已发布", "--size", "1", "--json").data
    assert data["total"] > 600
    one = data["questions"][0]["question"]["id"]
    assert data["questions"][0]["origin"] == "shipped"
    andian("retire", one, "--by", "甲")
    assert andian("show", one, "--json").data["state"] == "retired"
    assert andian("list", "--state", "已停用", "--json").data["total"] == 1
