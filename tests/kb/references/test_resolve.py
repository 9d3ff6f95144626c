"""What the library says of a reference."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.documents import Document, Origin
from kb.references.reference import Reference, parse_reference
from kb.references.resolve import Outcome, Resolution, resolve
from kb.store.library import Library
from tests.kb.store.samples import rule

WHOLE = ("甲。\n乙。", "丙：\n（一）丁；\n（二）戊。", "己。")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """One law whole in two versions, with our gist of it; one as a gist, one in part."""
    opened = Library(f"sqlite:///{tmp_path / 'andian.db'}")
    documents = (
        rule("旧", 2010, *WHOLE[:2], title="某某管理条例"),
        rule("新", 2020, *WHOLE, title="某某管理条例"),
        rule("要点", 2020, "甲的要点", title="某某管理条例", origin=Origin.DIGEST),
        rule("只有要点", 2020, "子", title="停车办法", origin=Origin.DIGEST),
        rule("一编", 2020, "丑", title="大法典", part="总则"),
    )
    for document in documents:
        opened.save_file([document], origin_path=document.id, origin_hash=document.id)
    yield opened
    opened.close()


def found(library: Library, text: str, edition: int | None = None) -> Resolution:
    return resolve(library, replace(parse_reference(text), edition=edition))


def test_a_provision_is_held_in_every_version_official_and_newer_first(library: Library) -> None:
    resolution = found(library, "某某管理条例第一条第二款")
    assert resolution.outcome is Outcome.HELD
    assert [v.document.document.id for v in resolution.versions] == ["新", "旧", "要点"]
    assert [v.text for v in resolution.versions] == ["乙。", "乙。", "甲的要点"]
    assert resolution.paragraphs == 2


def test_a_missing_paragraph_or_item_is_told_from_a_missing_article(library: Library) -> None:
    missing = found(library, "某某管理条例第一条第三款")
    assert (missing.outcome, missing.paragraphs) == (Outcome.NO_PART, 2)
    assert missing.versions[0].text is None
    assert found(library, "某某管理条例第二条第（三）项").outcome is Outcome.NO_PART
    assert found(library, "某某管理条例第二条第（二）项").outcome is Outcome.HELD


def test_a_number_that_does_not_exist_says_what_does(library: Library) -> None:
    resolution = found(library, "某某管理条例第九条")
    assert (resolution.outcome, resolution.versions) == (Outcome.NO_ARTICLE, ())
    assert resolution.extent is not None
    assert (resolution.extent.count, resolution.extent.first.article, resolution.extent.last.article) == (
        3,
        1,
        3,
    )
    assert [r.article for r in resolution.extent.nearest] == [3]


def test_an_inserted_number_that_does_not_exist_names_its_neighbours(library: Library) -> None:
    resolution = found(library, "某某管理条例第一条之一")
    assert resolution.extent is not None
    assert [r.article for r in resolution.extent.nearest] == [1, 2]


def test_the_edition_named_is_the_one_that_counts(library: Library) -> None:
    assert found(library, "某某管理条例第三条").outcome is Outcome.HELD
    assert found(library, "某某管理条例第三条", 2020).outcome is Outcome.HELD
    old = found(library, "某某管理条例第三条", 2010)
    assert old.outcome is Outcome.NO_ARTICLE
    assert old.extent is not None
    assert old.extent.count == 2
    assert found(library, "某某管理条例第三条", 1999).outcome is Outcome.OTHER_EDITION
    assert found(library, "某某管理条例第九条", 1999).outcome is Outcome.OTHER_EDITION


@pytest.mark.parametrize("text", ["停车办法第九条", "大法典第九条"])
def test_what_is_not_whole_is_never_called_wrong(library: Library, text: str) -> None:
    assert found(library, text).outcome is Outcome.PARTLY_HELD


def test_our_gist_is_not_cut_and_lacks_no_paragraph(library: Library) -> None:
    resolution = found(library, "停车办法第一条第九款")
    assert (resolution.outcome, resolution.versions[0].text) == (Outcome.HELD, "子")


def test_a_law_that_is_not_here_may_have_a_namesake(library: Library) -> None:
    resolution = found(library, "某某管理办法第一条")
    assert (resolution.outcome, resolution.similar) == (Outcome.LAW_NOT_HELD, ("某某管理条例",))
    assert found(library, "火星宪章第一条").similar == ()


def test_a_text_without_articles_says_nothing_of_numbers(library: Library) -> None:
    plain = rule("意见", 2020, title="意见")
    passages = tuple(replace(p, ref="") for p in plain.passages)
    document: Document = replace(plain, passages=passages)
    library.save_file([document], origin_path="意见", origin_hash="意见")
    assert resolve(library, Reference("意见", 9)).outcome is Outcome.PARTLY_HELD


def test_a_law_whose_title_names_an_article_has_articles_of_its_own(library: Library) -> None:
    library.save_file(
        [rule("解释", 2020, title="关于刑法第三十条的解释")], origin_path="解", origin_hash="解"
    )
    assert found(library, "关于刑法第三十条的解释第二条").outcome is Outcome.HELD
    extent = found(library, "关于刑法第三十条的解释第九条").extent
    assert extent is not None
    assert [r.article for r in extent.nearest] == [2]


def test_a_name_from_which_no_number_can_be_told_says_nothing_of_numbers(library: Library) -> None:
    title = "第三条道路条例第一条"
    library.save_file([rule("怪", 2020, title=title)], origin_path="怪", origin_hash="怪")
    assert resolve(library, Reference(title, 9)).outcome is Outcome.PARTLY_HELD
