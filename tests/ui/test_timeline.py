"""A document among the versions of its rule."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.store.library import Library
from tests.ui.version_samples import DIGEST, MIDDLE, NEW, VERSIONS
from ui.timeline import counterparts, on_day, read_day, versions_of


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for document in VERSIONS:
        opened.save_file([document], origin_path=document.id, origin_hash="")
    yield opened
    opened.close()


def test_a_provision_knows_itself_in_every_other_version(library: Library) -> None:
    stored = library.document(NEW.id)
    found = counterparts(library, stored, versions_of(library, stored))
    told = [(c.stored.document.id, c.label, c.position, c.changed, c.older) for c in found[2]]
    assert told == [("安宁法@2006", "第二条", 1, True, True), ("安宁法@2012", "第二条", 1, True, True)]
    assert [c.changed for c in found[1]] == [False, False]
    assert 0 not in found, "a new provision has no past"


def test_a_middle_version_looks_both_ways(library: Library) -> None:
    stored = library.document(MIDDLE.id)
    found = counterparts(library, stored, versions_of(library, stored))
    assert [(c.stored.document.id, c.label, c.older) for c in found[2]] == [
        ("安宁法@2006", "第三条", True),
        ("安宁法", "第四条", False),
    ]
    assert [c.stored.document.id for c in found[3]] == ["安宁法@2006"]


def test_a_digest_has_no_counterparts(library: Library) -> None:
    stored = library.document(DIGEST.id)
    assert not counterparts(library, stored, versions_of(library, stored))


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (None, 2, ("安宁法", 2)),
        (date(2026, 5, 1), 2, ("安宁法", 2)),
        (date(2020, 1, 1), 2, ("安宁法@2012", 1)),
        (date(2020, 1, 1), 0, ("安宁法@2012", None)),
        (date(2020, 1, 1), None, ("安宁法@2012", None)),
        (date(2010, 1, 1), 3, ("安宁法@2006", 2)),
        (date(1990, 1, 1), 3, ("安宁法", 3)),
    ],
)
def test_the_version_of_a_day_opens_at_the_same_provision(
    library: Library, day: date | None, at: int | None, expected: tuple[str, int | None]
) -> None:
    stored = library.document(NEW.id)
    found, place = on_day(library, stored, versions_of(library, stored), at, day)
    assert (found.document.id, place) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [("2020-01-01", date(2020, 1, 1)), ("", None), ("昨天", None), ("2020-13-01", None), ("x" * 999, None)],
)
def test_a_day_is_read_or_left_out(text: str, day: date | None) -> None:
    assert read_day(text) == day
