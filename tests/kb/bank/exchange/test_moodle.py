"""Moodle XML of other programs, and what is wrong with a file."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bank.exchange.moodle_read import read_moodle
from kb.bank.exchange.moodle_write import write_moodle
from kb.bank.exchange.record import Defaults
from kb.errors import UnreadableFile
from tests.kb.bank.exchange.samples import EACH, make

REST = "<generalfeedback format='html'><text>&lt;p&gt;因为&lt;/p&gt;</text></generalfeedback><tags><tag><text>依据:测试法第一条</text></tag></tags>"
DEFAULTS = Defaults("换届", 2, "房办")


def quiz(kind: str, inner: str, text: str = "&lt;p&gt;几日&lt;br&gt;组建&lt;/p&gt;") -> bytes:
    stem = f"<questiontext format='html'><text>{text}</text></questiontext>"
    return f"<quiz><question type='category'/><question type='{kind}'>{stem}{inner}{REST}</question></quiz>".encode()


def answers(*pairs: tuple[str, str]) -> str:
    return "".join(f"<answer fraction='{share}'><text>{text}</text></answer>" for text, share in pairs)


def one(data: bytes) -> dict:
    read = read_moodle(data, "q.xml", DEFAULTS)
    assert (read.problems, read.unnamed) == ((), {1})
    ((_, question),) = read.questions
    return question.model_dump()


def test_choices_of_other_programs() -> None:
    inner = answers(("三十日", "100"), ("十五日", "0"), ("六十日", "0"), ("九十日", "-33.3"))
    question = one(quiz("multichoice", "<single>true</single>" + inner))
    assert (question["type"], question["stem"], question["answer"]) == ("single", "几日\n组建", "A")
    assert question["explanation"] == "因为"
    inner = answers(("甲", "50"), ("乙", "50"), ("丙", "0"), ("丁", "0"))
    assert one(quiz("multichoice", "<single>false</single>" + inner))["answer"] == ["A", "B"]


def test_other_types_of_other_programs() -> None:
    assert one(quiz("truefalse", answers(("true", "0"), ("false", "100"))))["answer"] is False
    question = one(quiz("shortanswer", answers(("三十日", "100"), ("一个月", "50")), "几日"))
    assert (question["stem"], question["answer"]) == ("几日____", [["三十日"]])
    question = one(quiz("cloze", "", "先{1:SA:=组建~%100%成立#好~%0%解散}再{2:SHORTANSWER_C:=公\\}告}"))
    assert (question["stem"], question["answer"]) == ("先____再____", [["组建", "成立"], ["公}告"]])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (quiz("numerical", ""), "题型 numerical 不在题型之内"),
        (quiz("cloze", "", "几{1:NUMERICAL:=3}日{1:SA:=x}"), "只能有简答的空"),
        (
            quiz("multichoice", "<single>true</single>" + answers(*[(c, "0") for c in "甲乙丙丁"])),
            "满分的选项",
        ),
        (quiz("cloze", "", "{1:SA:" * 9), "只能有简答的空"),
        (quiz("essay", "", "长" * 100_001), "超过 100000 字"),
        (quiz("truefalse", answers(("true", "0"))), "判断题应写明对或错"),
        (
            quiz("matching", "<subquestion><text>猫</text><answer><text>喵</text></answer></subquestion>"),
            "配对题",
        ),
    ],
)
def test_what_our_types_do_not_hold_is_told_with_its_number(data: bytes, message: str) -> None:
    read = read_moodle(data, "q.xml", DEFAULTS)
    assert read.questions == ()
    ((place, told),) = [(p.place, p.message) for p in read.problems]
    assert place == 1
    assert message in told


def test_the_file_is_what_moodle_expects() -> None:
    quiz_ = ET.fromstring(write_moodle(EACH))
    assert [q.get("type") for q in quiz_] == [
        "multichoice",
        "multichoice",
        "truefalse",
        "cloze",
        "matching",
        "essay",
        "essay",
    ]
    single, multiple, _, fill, ordering, short, _ = quiz_
    assert [a.get("fraction") for a in single.iter("answer")] == ["0", "0", "0", "100.00000"]
    assert [a.get("fraction") for a in multiple.iter("answer")] == [
        "50.00000",
        "-100",
        "-100",
        "-100",
        "50.00000",
    ]
    assert fill.findtext("questiontext/text") == "先 {1:SHORTANSWER:=组建~=成立} 再 {1:SHORTANSWER:=公告} 。"
    assert [s.findtext("answer/text") for s in ordering.iter("subquestion")] == ["2", "4", "1", "3"]
    assert (short.findtext("graderinfo/text") or "").startswith(
        "参考答案：范文\n得分点：第1点\n权重：60\n维度：L\n依据："
    )
    assert "主题：换届" in [tag.findtext("text") for tag in single.iter("tag")]
    assert single.findtext("idnumber") == "q-a-001"


def test_markup_in_texts_stays_text() -> None:
    question = make(stem="<script>alert(1)</script> & {1:SA:=x}")
    assert b"<script>" not in write_moodle([question])
    assert [q for _, q in read_moodle(write_moodle([question]), "q.xml").questions] == [question]


BOMB = b'<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<quiz>", "不是有效的 XML"),
        (BOMB, "不是有效的 XML"),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "不是有效的 XML"),
        (b"<html/>", "不是 Moodle 题库的 XML"),
        (b"<quiz>" + b" " * (10 * 1024 * 1024) + b"</quiz>", "超过 10 MB"),
        (b"<quiz>" + b"<question type='essay'/>" * 5001 + b"</quiz>", "超过 5000 道题"),
    ],
)
def test_files_that_are_refused_whole(data: bytes, message: str) -> None:
    with pytest.raises(Exception, match=message) as caught:
        read_moodle(data, "q.xml")
    assert str(caught.value).startswith("q.xml：")


def test_many_open_braces_take_no_time() -> None:
    body = "{1:SA:" * 16_000
    assert read_moodle(quiz("cloze", "", body), "q.xml", DEFAULTS).problems


@given(
    st.lists(
        st.sampled_from(["{1:SA:", "}", "=", "~", "\\", "#", "甲", "&lt;br&gt;", "____", "{", "%100%"])
    ).map("".join)
)
def test_any_cloze_is_read_or_told_wrong(body: str) -> None:
    read = read_moodle(quiz("cloze", "", body), "q.xml", DEFAULTS)
    assert len(read.questions) + bool(read.problems) == 1


def test_unreadable_is_the_kind_of_error() -> None:
    with pytest.raises(UnreadableFile):
        read_moodle(b"\xff\xfe\x00", "q.xml")
