"""A whole document as a reader sees it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from kb.documents import Amendment, Document, Kind, Level, Origin, Passage, Role
from kb.store.rows import StoredDocument
from kb.validity import Validity
from tests.ui.library_samples import HOSTILE
from ui.presenters.document import document_html, missing_html, removed_html
from ui.presenters.labels import DIGEST
from ui.presenters.view import View, address, shown_source

TODAY = date(2026, 11, 22)
LAW = Document(
    id="某法",
    kind=Kind.REGULATION,
    title="中华人民共和国某法",
    short_title="某法",
    level=Level.LAW,
    issuer="全国人民代表大会",
    version_date=date(2020, 5, 28),
    effective_from=date(2021, 1, 1),
    history=(Amendment(date(2020, 5, 28), "公布"),),
    source="/srv/secret/某法.txt",
    notes=("留意施行日",),
    passages=(
        Passage("第一条", "甲。", ("第一章 总则",), Role.PROVISION, "某法第一条"),
        Passage("第二条", "乙。", ("第一章 总则",), Role.PROVISION, "某法第二条"),
    ),
)


def stored(document: Document, validity: Validity | None = None, key: int = 1) -> StoredDocument:
    return StoredDocument(key, document, validity or Validity(), "user", "", datetime(2026, 1, 1), 2)


def draw(document: Document, validity: Validity | None = None, **around: object) -> str:
    return document_html(View(stored(document, validity), TODAY, **around))  # type: ignore[arg-type]


def test_the_head_tells_what_a_law_is_and_where_it_comes_from() -> None:
    html = draw(LAW)
    for text in (
        "中华人民共和国某法",
        "现行",
        "法规 · 法律 · 全国",
        "全国人民代表大会",
        "2020年5月28日",
        "2021年1月1日",
        "公布",
        "留意施行日",
    ):
        assert text in html
    assert "来源：某法.txt" in html
    assert "/srv/secret" not in html


def test_a_heading_is_drawn_once_for_all_its_articles() -> None:
    assert draw(LAW).count('<h2 class="rd-h rd-h0">第一章 总则</h2>') == 1


@pytest.mark.parametrize(
    ("validity", "texts"),
    [
        (
            Validity(until=date(2026, 1, 1), superseded=True, replaced_by="新法"),
            ("已修改", "2026年1月1日起不再适用", "现在看"),
        ),
        (Validity(until=date(2026, 1, 1), replaced_by="新法"), ("已废止", "2026年1月1日起废止", "取代")),
        (Validity(until=date.min, replaced_by="新法"), ("已经废止",)),
        (Validity(since=date(2027, 1, 1)), ("尚未施行，2027年1月1日起施行",)),
    ],
)
def test_a_text_that_does_not_apply_says_so_and_links_to_what_does(
    validity: Validity, texts: tuple[str, ...]
) -> None:
    newer = stored(replace(LAW, id="新法", title="新法", version_date=date(2025, 10, 1)))
    html = draw(LAW, validity, replacement=newer if validity.replaced_by else None)
    assert all(text in html for text in texts)
    assert ('<a href="read?doc=新法">新法（2025年10月1日文本）</a>' in html) == bool(validity.replaced_by)
    assert "0001年" not in html
    assert "1年1月1日" not in html.replace("2021年1月1日", "")


def test_a_digest_is_labelled_and_links_to_the_official_text_of_each_article() -> None:
    digest = replace(LAW, id="要点", origin=Origin.DIGEST)
    html = draw(digest, official=stored(LAW), official_positions={"某法第二条": 7})
    assert DIGEST in html
    assert '<a href="read?doc=某法">看官方原文</a>' in html
    assert html.count('href="read?doc=某法&amp;at=7"') == 1


def test_a_digest_without_official_text_says_so() -> None:
    assert "没有它的官方原文" in draw(replace(LAW, origin=Origin.DIGEST))


def test_the_passage_asked_for_is_marked() -> None:
    assert draw(LAW, at=1).count("rd-asked") == 1
    assert 'rd-asked" id="p-1"' in draw(LAW, at=1)


def test_other_versions_are_listed_newest_first() -> None:
    older = stored(
        replace(LAW, id="某法@2010", version_date=date(2010, 1, 1)),
        Validity(until=date(2021, 1, 1), superseded=True),
    )
    oldest = stored(replace(LAW, id="某法@2000", version_date=date(2000, 1, 1)))
    html = draw(LAW, versions=[oldest, older, stored(LAW)])
    assert "其他文本（2）" in html
    assert html.index("2010年1月1日文本") < html.index("2000年1月1日文本")


def test_the_parts_of_a_statute_link_to_their_neighbours() -> None:
    parts = [stored(replace(LAW, id=name, part=name)) for name in ("总则", "物权编", "合同编")]
    html = document_html(View(parts[1], TODAY, parts=parts))
    assert "上一部分：总则" in html
    assert "下一部分：合同编" in html


def test_nothing_from_a_file_reaches_the_page_unescaped() -> None:
    hostile = replace(
        LAW, id=f'"><b>{HOSTILE}', title=HOSTILE, short_title=HOSTILE, issuer=HOSTILE, source=HOSTILE, part=HOSTILE,
        notes=(HOSTILE,), topics=(HOSTILE,), place=HOSTILE, history=(Amendment(TODAY, HOSTILE),),
        passages=(Passage(HOSTILE, HOSTILE, (HOSTILE,)),),
    )  # fmt: skip
    one = stored(hostile)
    html = draw(hostile, versions=[one, stored(replace(hostile, id="<i>"))], parts=[one, one], replacement=one,
                digests={"": [HOSTILE]})  # fmt: skip
    for page in (html, missing_html(HOSTILE), removed_html(HOSTILE)):
        assert "<script" not in page
        assert "<img" not in page
        assert '"><b>' not in page


def test_an_address_keeps_chinese_and_guards_the_rest() -> None:
    assert address("民法典@2020", 3) == "read?doc=民法典%402020&amp;at=3"
    assert address('a"&#%/b') == "read?doc=a%22%26%23%25%2Fb"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/home/me/资料/法.md", "法.md"),
        (r"C:\资料\法.md", "法.md"),
        ("corpus/cases/a.md", "a.md"),
        ("官网/2024", "官网/2024"),
        ("https://example.org/a/b", "https://example.org/a/b"),
    ],
)
def test_a_servers_folders_stay_private(source: str, shown: str) -> None:
    assert shown_source(source) == shown
