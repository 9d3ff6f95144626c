"""Two versions side by side, as a reader sees them."""

import re
from datetime import date, datetime

import pytest

from kb.comparison.compare import compare
from kb.documents import Document
from kb.segment import Segmenter
from kb.store.rows import StoredDocument
from kb.validity import validities
from tests.ui.version_samples import DIGEST, HOSTILE_NEW, HOSTILE_OLD, MIDDLE, NEW, OLD, VERSIONS
from ui.presenters.comparison import Show, SideBySide, choices_html, comparison_html, missing_html
from ui.presenters.comparison_row import number_of

TODAY = date(2026, 11, 22)
SEGMENTER = Segmenter()


def stored(document: Document) -> StoredDocument:
    validity = validities(VERSIONS).get(document.id) or validities([document])[document.id]
    return StoredDocument(1, document, validity, "user", "", datetime(2026, 1, 1), len(document.passages))


def draw(old: Document = MIDDLE, new: Document = NEW, **around: object) -> str:
    comparison = compare(old.passages, new.passages, SEGMENTER)
    return comparison_html(SideBySide(stored(old), stored(new), comparison, TODAY, **around))  # type: ignore[arg-type]


def rows(html: str) -> list[str]:
    return re.findall(r'<section class="cp-row.*?</section>', html, re.DOTALL)


def test_changed_words_are_marked_on_their_side() -> None:
    dogs = next(row for row in rows(draw()) if "饲养动物" in row)
    old, new = dogs.split('<div class="cp-side cp-side-new">')
    assert "<del>二百元以上五百元</del>以下罚款" in old
    assert "<ins>一千元</ins>以下罚款" in new
    assert "<ins>" not in old
    assert "<del>" not in new


def test_a_row_tells_both_numbers_and_what_happened() -> None:
    told = [re.sub(r"<[^>]+>", "", row) for row in rows(draw())]
    assert told[0].startswith("第一条新增第一章 行为和处罚旧旧文本没有这一条")
    assert told[1].startswith("原第一条→第二条没有变化")
    assert told[2].startswith("原第二条→第三条有修改")
    assert told[4].startswith("第四条删去")
    assert 'data-old="2" data-new="3"' in rows(draw())[2]
    assert 'href="read?doc=安宁法%402012&amp;at=1"' in rows(draw())[2]


def test_counts_stand_on_the_filter() -> None:
    html = draw()
    text = re.sub(r"<[^>]+>", "", html)
    for part in (
        "只看有变化的 4",
        "有修改 2",
        "新增 1",
        "删去 1",
        "没有变化 1",
        "全部 5",
        "另有 3 条换了条号",
    ):
        assert part in text
    assert "换了位置" not in text
    assert html.count('aria-pressed="true"') == 1
    assert 'data-show="changes"' in html
    assert 'data-only="added" aria-pressed="true"' in draw(show=Show.ADDED)


def test_both_texts_are_named_with_their_standing() -> None:
    html = draw(versions=[stored(OLD), stored(MIDDLE), stored(NEW)], row=3)
    for part in ("2012年10月26日文本", "2025年6月27日文本", "已修改", "现行", "2026年1月1日起不再适用"):
        assert part in html
    assert "换一个文本" in html
    assert 'href="compare?old=安宁法%402006&amp;new=安宁法"' in html
    assert 'data-asked="3"' in html


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [(MIDDLE, DIGEST, "用词不同不等于法律改了"), (HOSTILE_OLD, NEW, "这是两部不同的规定"), (MIDDLE, NEW, "")],
)
def test_a_comparison_that_misleads_is_labelled(old: Document, new: Document, warning: str) -> None:
    html = draw(old, new)
    assert ('class="rd-origin"' in html) == bool(warning)
    assert warning in html


def test_equal_texts_say_so() -> None:
    assert "文字没有差别" in draw(MIDDLE, OLD)
    assert "文字没有差别" not in draw()


def test_nothing_from_a_file_reaches_the_page_unescaped() -> None:
    pages = [
        draw(HOSTILE_OLD, HOSTILE_NEW, versions=[stored(HOSTILE_OLD), stored(HOSTILE_NEW)]),
        draw(HOSTILE_OLD, NEW),
        choices_html([[stored(HOSTILE_OLD), stored(HOSTILE_NEW)]]),
        missing_html("<img src=x>", "<script>"),
    ]
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page
        assert '"><b>敌' not in page
        assert '敌"><b>' not in page


def test_rules_with_several_texts_are_offered_or_the_reader_told_how() -> None:
    html = choices_html([[stored(OLD), stored(MIDDLE), stored(NEW)]])
    assert 'href="compare?old=安宁法%402012&amp;new=安宁法"' in html
    assert "3 个文本" in html
    assert "都只有一个文本" in choices_html([])


def test_an_article_is_found_by_its_number() -> None:
    assert [number_of(p) for p in NEW.passages] == [1, 2, 3, 4]
    assert [number_of(p) for p in HOSTILE_OLD.passages] == [None, None]
