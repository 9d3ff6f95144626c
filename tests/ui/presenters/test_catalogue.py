"""Choosing, ordering and drawing the list of the library."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest

from kb.documents import Document, Kind, Origin
from kb.store.rows import StoredDocument
from kb.validity import Validity
from tests.ui.library_samples import HOSTILE
from ui.presenters.catalogue import PAGE, Selection, list_html, overview_html, select, topics
from ui.presenters.removed import removed_html
from ui.presenters.sheet import HEADER, catalogue_csv, safe_cell

TODAY = date(2026, 11, 22)
BASE = Document(id="a", kind=Kind.REGULATION, title="甲法")


def stored(
    key: int, document: Document, collection: str = "user", until: date | None = None
) -> StoredDocument:
    return StoredDocument(key, document, Validity(until=until), collection, "", datetime(2026, 1, 1), key)


LIBRARY = [
    stored(1, BASE, "package"),
    stored(2, replace(BASE, id="b", title="乙条例", region="上海", topics=("养犬",), version_date=date(2020, 1, 1)), until=date(2021, 1, 1)),
    stored(3, Document(id="c", kind=Kind.CASE, title="丙案", topics=("养犬", "噪音"), published=date(2024, 1, 1)), "shipped"),
]  # fmt: skip


def ids(**wanted: object) -> list[str]:
    return [d.document.id for d in select(LIBRARY, Selection(**wanted), TODAY)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "case"}, ["c"]),
        ({"status": "repealed"}, ["b"]),
        ({"status": "in_force"}, ["a"]),
        ({"topic": "噪音"}, ["c"]),
        ({"collection": "package"}, ["a"]),
        ({"words": "上海 条例"}, ["b"]),
        ({"words": "上海 丙"}, []),
        ({"sort": "passages"}, ["c", "b", "a"]),
        ({"sort": "day"}, ["c", "b", "a"]),
        ({"sort": "kind"}, ["b", "a", "c"]),
        ({"sort": "no such order"}, ["c", "b", "a"]),
    ],
)
def test_a_selection_narrows_and_orders(wanted: dict[str, str], found: list[str]) -> None:
    assert ids(**wanted) == found


def test_topics_come_by_frequency() -> None:
    assert topics(LIBRARY) == ["养犬", "噪音"]


def test_the_overview_counts_everything_once() -> None:
    html = overview_html(LIBRARY, TODAY)
    assert "共 <b>3</b> 份资料" in html
    assert "<b>6</b> 条（段）" in html
    for text in ("法规 <b>2</b>", "案例 <b>1</b>", "已废止 <b>1</b>", "自带 <b>1</b>", "国家法律包 <b>1</b>"):
        assert text in html


def test_a_long_list_is_paged_and_a_page_too_far_is_the_last() -> None:
    many = [stored(n, replace(BASE, id=f"d{n}", title=f"第{n:03}号")) for n in range(1, 2 * PAGE + 11)]
    first = list_html(many, Selection(), TODAY)
    assert first.count("<tr>") == PAGE + 1
    assert "第 1 / 3 页" in first
    last = list_html(many, Selection(page=99), TODAY)
    assert last.count("<tr>") == 11
    assert "第 3 / 3 页" in last
    assert 'data-value="3" disabled>下一页' in last


def test_a_row_leads_to_the_reader() -> None:
    assert '<a href="read?doc=b">乙条例</a>' in list_html(LIBRARY, Selection(), TODAY)


def test_a_digest_is_told_from_a_rule() -> None:
    digest = stored(9, replace(BASE, origin=Origin.DIGEST))
    assert "法规·要点" in list_html([digest], Selection(), TODAY)


def test_an_empty_list_says_what_to_do() -> None:
    assert "放宽筛选" in list_html([], Selection(), TODAY)
    assert "没有移除过" in removed_html([])


def test_everything_is_escaped() -> None:
    hostile = stored(
        1, replace(BASE, id=f'"{HOSTILE}', title=HOSTILE, region=HOSTILE, source=HOSTILE, part=HOSTILE)
    )
    for html in (list_html([hostile], Selection(), TODAY), removed_html([hostile])):
        assert "<script" not in html
        assert "<img" not in html
        assert 'value="" ' not in html


def test_csv_opens_in_a_spreadsheet() -> None:
    text = catalogue_csv(LIBRARY, TODAY)
    assert text.startswith("\ufeff编号,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == HEADER
    assert [(r["编号"], r["效力"], r["收录"]) for r in rows][1] == ("b", "已废止", "自己上传")


@pytest.mark.parametrize(
    "formula", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", " =1", "＝HYPERLINK()", "\r=1"]
)
def test_a_formula_is_disarmed(formula: str) -> None:
    assert safe_cell(formula) == f"'{formula}"
    row = catalogue_csv([stored(1, replace(BASE, title=formula))], TODAY).splitlines()[1:]
    assert "'" in "".join(row)


def test_ordinary_cells_stay_as_they_are() -> None:
    assert [safe_cell(c) for c in ("民法典", "2020-05-28", "", "3")] == ["民法典", "2020-05-28", "", "3"]
