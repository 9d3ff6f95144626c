"""What the page 对照 collects."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.errors import InputError, NotFound
from kb.segment import Segmenter
from kb.store.library import Library
from tests.ui.library_samples import CIVIL_CODE
from tests.ui.version_samples import VERSIONS
from ui.pages.comparing import Wanted, comparable_rules, gather_comparison, parse
from ui.presenters.comparison import Show, SideBySide

SEGMENTER = Segmenter()
TODAY = date(2026, 11, 22)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for document in (*VERSIONS, CIVIL_CODE):
        opened.save_file([document], origin_path=document.id, origin_hash="")
    yield opened
    opened.close()


def ids(sides: SideBySide) -> tuple[str, str]:
    return sides.old.document.id, sides.new.document.id


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted("安宁法@2012", "安宁法"), ("安宁法@2012", "安宁法")),
        (Wanted("安宁法", "安宁法@2012"), ("安宁法@2012", "安宁法")),
        (Wanted(new="安宁法"), ("安宁法@2012", "安宁法")),
        (Wanted(old="安宁法"), ("安宁法@2012", "安宁法")),
        (Wanted(old="安宁法@2006"), ("安宁法@2006", "安宁法@2012")),
        (Wanted(new="安宁法@2006"), ("安宁法@2006", "安宁法@2012")),
        (Wanted(new="安宁法@2012"), ("安宁法@2006", "安宁法@2012")),
        (Wanted("安宁法@2006", "law-minfadian"), ("安宁法@2006", "law-minfadian")),
    ],
)
def test_two_texts_are_found_and_put_in_order(
    library: Library, wanted: Wanted, expected: tuple[str, str]
) -> None:
    assert ids(gather_comparison(library, SEGMENTER, wanted, TODAY)) == expected


@pytest.mark.parametrize(
    ("wanted", "old", "new"),
    [
        (Wanted("安宁法@2012", "安宁法", (True, 2)), 2, 3),
        (Wanted("安宁法@2012", "安宁法", (False, 2)), 1, 2),
        (Wanted("安宁法", "安宁法@2012", (True, 2)), 1, 2),
        (Wanted("安宁法@2012", "安宁法", ref="安宁法第4条"), 2, 3),
        (Wanted("安宁法@2012", "安宁法", ref="《安宁法》第一条"), None, 0),
    ],
)
def test_the_provision_asked_for_is_found_on_either_side(
    library: Library, wanted: Wanted, old: int | None, new: int | None
) -> None:
    sides = gather_comparison(library, SEGMENTER, wanted, TODAY)
    assert sides.row is not None
    row = sides.comparison.rows[sides.row]
    assert (row.old, row.new) == (old, new)


def test_a_provision_that_did_not_change_is_shown_all_the_same(library: Library) -> None:
    asked = Wanted("安宁法@2012", "安宁法", (True, 0))
    assert gather_comparison(library, SEGMENTER, asked, TODAY).show is Show.ALL
    assert gather_comparison(library, SEGMENTER, asked._replace(show=Show.ADDED), TODAY).show is Show.ADDED
    assert gather_comparison(library, SEGMENTER, asked._replace(place=None), TODAY).show is Show.CHANGES


def test_what_cannot_be_compared_says_why(library: Library) -> None:
    with pytest.raises(NotFound):
        gather_comparison(library, SEGMENTER, Wanted("没有", "安宁法"), TODAY)
    with pytest.raises(InputError, match="只有一个文本"):
        gather_comparison(library, SEGMENTER, Wanted(new="law-minfadian"), TODAY)


def test_rules_with_several_texts_are_offered(library: Library) -> None:
    rules = comparable_rules(library)
    assert [[v.document.id for v in versions] for versions in rules] == [
        ["安宁法@2006", "安宁法@2012", "安宁法"]
    ]


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        ({}, Wanted()),
        (
            {"old": " a ", "new": "b", "at": "old-12", "show": "all"},
            Wanted("a", "b", (True, 12), "", Show.ALL),
        ),
        ({"at": "new-3", "ref": "民法典第一条"}, Wanted(place=(False, 3), ref="民法典第一条")),
        ({"at": "new--3", "show": "<b>"}, Wanted()),
        ({"at": "new-²"}, Wanted()),
        ({"old": "长" * 999, "at": "old-" + "9" * 30}, Wanted("长" * 300)),
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(params: dict[str, str], wanted: Wanted) -> None:
    assert parse(params) == wanted
