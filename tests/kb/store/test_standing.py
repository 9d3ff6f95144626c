"""Validity that other rules had derived is derived anew, once."""

from datetime import date

import sqlalchemy as sa

from kb.store import standing
from kb.store.library import Library
from tests.kb.store.conftest import Save
from tests.kb.store.samples import rule


def stale(library: Library) -> None:
    """Leave the library as rules of another day would have: every span open, nothing known of them."""
    with library._write() as connection:
        connection.execute(sa.text("UPDATE documents SET valid_since = NULL, valid_until = NULL"))
        connection.execute(sa.text("DELETE FROM library WHERE name = 'validity_rules'"))


def test_what_other_rules_derived_is_derived_anew(library: Library, save: Save) -> None:
    save(rule("旧", 2010), rule("新", 2020, effective_from=None))
    stale(library)
    before = library.revision
    assert library.refresh_validity()
    old, new = library.versions("某规定")
    assert (old.validity.since, old.validity.until) == (date(2010, 10, 1), date(2020, 5, 1))
    assert new.validity.since == date(2020, 5, 1)
    assert library.revision == before + 1, "the index keeps the spans and has to follow"


def test_it_is_done_once_and_tells_whether_anything_changed(
    library: Library, save: Save, monkeypatch
) -> None:
    save(rule("旧", 2010))
    before = library.revision
    assert not library.refresh_validity()
    stale(library)
    monkeypatch.setattr(standing, "RULES", "another day's")
    assert library.refresh_validity()
    assert not library.refresh_validity()
    assert library.revision == before + 1
