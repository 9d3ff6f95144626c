"""The provisions that a question names: looked up, told and shown."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.references.law_names import law_names
from kb.store.library import Library
from tests.kb.store.samples import rule
from ui.named import Named, named_in, ordered
from ui.presenters.named import named_html
from ui.presenters.shortfall import shortfall

DAY = date(2026, 11, 22)
NAMES = law_names([("某某条例", ("某条",)), ("没有的条例", ())])
TEXTS = ("甲<b>。\n乙。", "丙：\n（一）丁；\n（二）戊。", "己。")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path / 'andian.db'}")
    for document in (
        rule("旧", 2010, "旧甲。", title="某某条例"),
        rule("新", 2020, *TEXTS, title="某某条例"),
    ):
        opened.save_file([document], origin_path=document.id, origin_hash=document.id)
    yield opened
    opened.close()


def named(library: Library, text: str) -> Named:
    return named_in(text, library, NAMES, {})


def told(library: Library, text: str) -> list[str]:
    return [shortfall(r) for r in named(library, text).lacking]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某条1", []),
        ("某条9", ["《某某条例》没有第九条：共三条，从第一条到第三条"]),
        ("某条1条之一", ["《某某条例》没有第一条之一：共三条，从第一条到第三条，最近的是第一条、第二条"]),
        ("某条1条4款", ["《某某条例》第一条没有第四款：共两款"]),
        ("某条3条2款", ["《某某条例》第三条没有第二款：只有一款"]),
        ("某条2条5项", ["《某某条例》第二条没有第（五）项：共两项"]),
        ("某条3条1款2项", ["《某某条例》第三条第一款没有第（二）项：没有分项"]),
        ("某某条例（1999年）第1条", ["资料库里没有《某某条例》1999年的版本，有的是2010、2020年的"]),
        ("没有的条例3条", ["资料库里没有《没有的条例》；可以到资料库页收录它的全文"]),
        ("某些条例3条", ["资料库里没有《某些条例》；您要找的是不是《某某条例》"]),
        ("某条2至30条", ["《某某条例》没有第四条：共三条，从第一条到第三条"]),
    ],
)
def test_what_is_missing_is_told_with_what_there_is(library: Library, text: str, expected: list[str]) -> None:
    assert told(library, text) == expected


def test_the_version_in_force_comes_first(library: Library) -> None:
    (resolution,) = named(library, "某条1").resolutions
    assert [v.document.document.id for v in ordered(resolution, DAY)] == ["新", "旧"]
    assert [v.document.document.id for v in ordered(resolution, date(2015, 1, 1))] == ["旧", "新"]


def test_a_bare_reference_is_opened_with_the_part_asked_for_brought_out(library: Library) -> None:
    shown = named_html(named(library, "某条1条2款是什么"), DAY)
    assert "甲&lt;b&gt;。" in shown
    assert '<div class="asked"><p>乙。</p></div>' in shown
    assert "read?doc=新&amp;at=0" in shown
    assert "另一版本" in shown


def test_a_reference_among_other_words_is_linked(library: Library) -> None:
    shown = named_html(named(library, "某条1 物业费"), DAY)
    assert "直接打开" in shown
    assert "乙" not in shown


def test_nothing_named_shows_nothing(library: Library) -> None:
    assert named_html(named(library, "物业费"), DAY) == ""


def test_what_does_not_exist_is_said_on_the_page(library: Library) -> None:
    assert "没有第九条" in named_html(named(library, "某条9"), DAY)
