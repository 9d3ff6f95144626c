import time

import pytest

from ingest.source_text import SourceText
from ingest.structure.detect import detect_kind
from ingest.structure.understand import understand
from kb.documents import Kind


def source(text: str, folders: tuple[str, ...] = (), stem: str = "某"):
    return SourceText("某.md", stem, text, "markdown", folders)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("某规定\n第一条 甲\n第二条 乙\n第三条 丙", Kind.REGULATION),
        ("某某批复\n<!-- INFO END -->\n来函收悉。", Kind.REGULATION),
        ("# 某事\n## 基本案情\n甲\n## 裁判结果\n乙", Kind.CASE),
        ("某事\n背景：甲\n做法：乙", Kind.CASE),
        ("某流程\n第一步 甲\n第二步 乙", Kind.PROCEDURE),
        ("某街道召开会议\n会上讨论了第三条建议。", Kind.BULLETIN),
        ("", Kind.BULLETIN),
    ],
)
def test_shape_tells_the_kind(text, kind):
    assert detect_kind(source(text)) is kind


@pytest.mark.parametrize(
    ("folders", "kind"),
    [
        (("案例", "民法典"), Kind.CASE),
        (("民法典",), Kind.REGULATION),
        (("procedures",), Kind.PROCEDURE),
        (("bulletins",), Kind.BULLETIN),
        (("DLC", "上海地方法规", "地方性法规", "上海"), Kind.REGULATION),
    ],
)
def test_folders_come_before_shape(folders, kind):
    assert detect_kind(source("某某", folders)) is kind


def test_the_user_and_the_front_matter_come_first():
    text = "---\nkind: procedure\n---\n# 某\n正文。"
    assert understand(source(text))[0].kind is Kind.PROCEDURE
    assert understand(source(text), kind=Kind.CASE)[0].kind is Kind.CASE
    assert understand(source("# 某\n正文。"), region="上海")[0].region == "上海"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "line",
    ["第" + "一" * 20_000 + "x", "第 " + "一 " * 20_000, "/ " * 20_000 + "甲乙", "# " + " " * 20_000 + "x#y"]
    + [
        "《" * 20_000 + "废止",
        "第一章" + "甲" * 20_000,
        "（" * 20_000,
        "." * 20_000 + "x",
        "# " + "# " * 20_000,
    ],
    ids=range(9),
)
def test_hostile_lines_take_no_longer_than_others(kind, line):
    begun = time.perf_counter()
    understand(source(f"某规定\n第一条 甲\n{line}\n第二条 {line}"), kind=kind)
    assert time.perf_counter() - begun < 2


def test_navigation_pages_and_empty_files_hold_nothing():
    assert understand(source("---\nbookCollapseSection: true\n---", stem="_index")) == []
    assert understand(source("")) == []
    assert understand(source("\n \n")) == []
