"""What a reader is told of other versions and of a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.store.library import Library
from tests.ui.version_samples import HOSTILE_NEW, HOSTILE_OLD, VERSIONS
from ui.pages.gathering import gather
from ui.presenters.document import document_html
from ui.presenters.versions import counterparts_html

TODAY = date(2026, 11, 22)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for document in (*VERSIONS, HOSTILE_OLD, HOSTILE_NEW):
        opened.save_file([document], origin_path=document.id, origin_hash="")
    yield opened
    opened.close()


def draw(
    library: Library, doc: str, at: int | None = None, day: date | None = None, today: date = TODAY
) -> str:
    return document_html(gather(library, doc, at, (), today, day=day))


def test_a_provision_lists_its_versions_newest_first(library: Library) -> None:
    html = counterparts_html(gather(library, "安宁法", 3, (), TODAY), 3)
    assert '<details class="rd-versions" open>' in html
    assert "这一条有 3 个版本" in html
    assert html.index("2012年10月26日文本第三条") < html.index("2006年1月1日文本第三条")
    assert "文字有改动" in html
    assert 'href="compare?old=安宁法%402012&amp;new=安宁法&amp;at=new-3"' in html
    assert "文字都一样" in counterparts_html(gather(library, "安宁法", None, (), TODAY), 1)


def test_an_old_version_is_compared_the_right_way_round(library: Library) -> None:
    html = counterparts_html(gather(library, "安宁法@2012", None, (), TODAY), 2)
    assert 'href="compare?old=安宁法%402012&amp;new=安宁法&amp;at=old-2"' in html
    assert 'href="compare?old=安宁法%402006&amp;new=安宁法%402012&amp;at=new-2"' in html


def test_a_new_provision_says_nothing_of_versions(library: Library) -> None:
    assert counterparts_html(gather(library, "安宁法", None, (), TODAY), 0) == ""


@pytest.mark.parametrize(
    ("doc", "day", "note"),
    [
        ("安宁法", date(2020, 1, 1), "2020年1月1日适用的是这个文本，已替你打开"),
        ("安宁法@2012", date(2020, 1, 1), "2020年1月1日适用的就是这个文本"),
        ("安宁法@2006", date(1999, 1, 1), "这个文本当天还没有施行"),
        ("安宁法", None, ""),
    ],
)
def test_the_day_asked_for_is_told(library: Library, doc: str, day: date | None, note: str) -> None:
    html = draw(library, doc, day=day)
    assert note in html
    assert ("rd-on-day" in html) == bool(note)
    assert 'name="day"' in html


def test_an_undated_text_is_not_said_to_apply(library: Library) -> None:
    undated = replace(VERSIONS[0], id="无日期", short_title="", version_date=None, effective_from=None)
    library.save_file([undated], origin_path="无日期", origin_hash="")
    assert "没有注明从哪天起适用" in draw(library, "无日期", day=date(2020, 1, 1))


def test_the_version_of_the_day_opens_at_the_same_provision(library: Library) -> None:
    html = draw(library, "安宁法", at=3, day=date(2020, 1, 1))
    assert 'rd-asked" id="p-2"' in html
    assert '<input type="hidden" name="doc" value="安宁法@2012">' in html


def test_a_text_that_will_end_says_when_and_what_follows(library: Library) -> None:
    html = draw(library, "安宁法@2012", today=date(2025, 12, 1))
    assert "现行，2026年1月1日起不再适用，改用" in html
    assert "尚未施行，2026年1月1日起施行" in draw(library, "安宁法", today=date(2025, 12, 1))


def test_other_official_texts_can_be_compared_and_digests_not(library: Library) -> None:
    assert draw(library, "安宁法").count('class="rd-compare"') == 2
    assert draw(library, "安宁法要点").count('class="rd-compare"') == 0


def test_nothing_from_a_file_reaches_the_page_unescaped(library: Library) -> None:
    html = draw(library, HOSTILE_NEW.id, at=0, day=date(2010, 1, 1))
    assert "这一条有 2 个版本" in html
    assert "<script" not in html
    assert "<img" not in html
    assert '敌"><b>' not in html
