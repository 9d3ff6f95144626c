"""Entries that are incomplete, doubled or sorted under nothing."""

import pytest

from ingest.corpus_check.schema import check_schema
from tests.ingest.corpus_check.conftest import Checker
from tests.ingest.corpus_check.samples import bank, case, queries, question


def test_a_sound_folder_has_nothing_to_report(checked: Checker) -> None:
    files = {
        "cases/a.md": case("正文。"),
        "questions/a.yaml": bank(),
        "queries/a.yaml": queries("过期了", cases="case-a"),
    }
    assert checked(check_schema, files) == []


@pytest.mark.parametrize(
    ("path", "text", "line", "message"),
    [
        ("a.md", "只有正文。", 1, "信息区缺少 id、kind、title、origin、region、topics"),
        ("a.md", case("正文。", topics="[换界]"), 7, "没有主题“换界”"),
        ("a.md", case("正文。", id="案例甲"), 2, "编号“案例甲”请用小写拼音"),
        ("a.md", case("正文。", colour="red"), 8, "没有名为“colour”的键"),
        ("a.md", case("### 第一条\n\n内容。", kind="regulation"), 1, "没有 law"),
        ("q.yaml", bank(question(answer="E")), 3, "答案 E 没有对应的选项"),
        ("q.yaml", bank(question(difficulty=9)), 5, "“difficulty”太大"),
        ("q.yaml", bank(question(refs="[第三条]")), 13, "依据“第三条”写法不对"),
        ("q.yaml", bank(question(department="城管")), 7, "“department”的值不对"),
        ("q.yaml", bank(question(stem=None)), 3, "缺少“stem”"),
        ("q.yaml", bank(question(type="essay")), 3, "可用的有"),
        ("q.yaml", bank(question(), question()), 14, "编号“q-a-001”已被 q.yaml:3 使用"),
        ("q.yaml", bank(topic="养鸡"), 1, "没有主题“养鸡”"),
        ("q.yaml", "topic: 换届\nquestions:\n  - [1\n", 4, "不是有效的 YAML"),
        ("q.yaml", "topic: 换届\nquestions: 三道\n", 2, "应是一个列表"),
        ("q.yaml", "notes: 无\n", 1, "看不出是什么资料"),
        ("u.yaml", queries("过期了", cases="case-x"), 3, "没有编号为“case-x”的案例"),
        ("u.yaml", queries("过期了").replace("complaint", "poem"), 3, "“style”的值不对"),
        ("g.yaml", "terms:\n  - {term: 换届, refs: []}\n", 2, "换届 缺少“definition”"),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_its_line(
    checked: Checker, path: str, text: str, line: int, message: str
) -> None:
    found = checked(check_schema, {path: text})
    assert any(f[:2] == (path, line) and message in f[2] for f in found), found


def test_messages_are_one_chinese_line(checked: Checker) -> None:
    for _, _, message in checked(
        check_schema, {"q.yaml": bank(question(options="[一, 二]", answer="是", extra="x"))}
    ):
        assert "\n" not in message
        assert any("\u4e00" <= c <= "\u9fff" for c in message)


def test_a_department_folder_leans_on_the_shipped_corpus(checked: Checker) -> None:
    shipped = {
        "topics.yaml": "topics:\n  - {name: 物业费, slug: wuyefei}\n",
        "cases/a.md": case("正文。", topics="[物业费]"),
    }
    ours = {
        "u.yaml": queries("贵不贵", cases="case-a").replace("换届", "物业费"),
        "b.md": case("正文。", topics="[物业费]"),
    }
    found = checked(check_schema, ours, shipped=shipped)
    assert [(path, message[:17]) for path, _, message in found] == [("b.md", "编号“case-a”已被 自带资料")]


def test_a_file_of_the_same_name_replaces_the_shipped_one(checked: Checker) -> None:
    text = {"cases/a.md": case("正文。")}
    assert checked(check_schema, text, shipped=text | {"topics.yaml": ""}) == []


def test_a_file_that_is_not_utf8_is_a_finding(checked: Checker, tmp_path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "gbk.md").write_bytes("案例".encode("gbk"))
    assert checked(check_schema, {}) == [("gbk.md", 1, "不是 UTF-8 文字；请另存为 UTF-8")]
