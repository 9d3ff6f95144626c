"""Which texts a rule has, and which applies on a day."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from kb.documents import Document, Kind, Origin
from kb.store.rows import StoredDocument
from kb.timeline import applying, texts
from kb.validity import validities

OLD = Document("旧", Kind.REGULATION, "某法", short_title="某法", version_date=date(2000, 5, 1))
NEW = replace(OLD, id="新", version_date=date(2010, 5, 1), effective_from=date(2011, 1, 1))
DIGEST = replace(NEW, id="要点", origin=Origin.DIGEST)


def stored(*documents: Document, passages: int = 3) -> list[StoredDocument]:
    found = validities(documents)
    return [
        StoredDocument(key, d, found[d.id], "user", "", datetime(2026, 1, 1), passages)
        for key, d in enumerate(documents)
    ]


def ids(documents: list[StoredDocument]) -> list[str]:
    return [d.document.id for d in documents]


def test_official_texts_stand_for_their_versions() -> None:
    assert ids(texts(stored(OLD, DIGEST, NEW))) == ["旧", "新"]
    assert texts(stored(DIGEST)) == []


def test_one_text_stands_for_each_version() -> None:
    part = replace(NEW, id="总则", part="总则")
    fuller = [*stored(OLD), *stored(part, passages=9), *stored(NEW, passages=2)]
    assert ids(texts(fuller)) == ["旧", "新"]
    assert ids(texts(fuller, keep="总则")) == ["旧", "总则"]


def test_texts_of_unknown_date_stand_for_themselves() -> None:
    undated = [replace(OLD, id=name, version_date=None) for name in "甲乙"]
    assert ids(texts(stored(*undated))) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2000, 4, 30), None),
        (date(2000, 5, 1), "旧"),
        (date(2010, 12, 31), "旧"),
        (date(2011, 1, 1), "新"),
        (date(2026, 1, 1), "新"),
    ],
)
def test_the_text_in_force_on_a_day_applies(day: date, expected: str | None) -> None:
    found = applying(stored(OLD, NEW, DIGEST), day)
    assert (found.document.id if found else None) == expected


def test_the_document_that_is_read_is_kept_while_it_applies() -> None:
    versions = stored(OLD, NEW, DIGEST)
    kept = applying(versions, date(2020, 1, 1), keep="要点")
    left = applying(versions, date(2005, 1, 1), keep="要点")
    assert kept is not None
    assert left is not None
    assert (kept.document.id, left.document.id) == ("要点", "旧")


def test_without_official_text_our_digest_applies() -> None:
    found = applying(stored(DIGEST), date(2020, 1, 1))
    assert found is not None
    assert found.document.id == "要点"
