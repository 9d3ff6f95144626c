"""Everything the library holds of some laws and provisions, read at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kb.store.rows import StoredDocument, StoredPassage, to_passage, to_stored
from kb.store.tables import documents, passages, repeals

_CHUNK = 500  # SQLite accepts at least 999 bound values in one statement


@dataclass(frozen=True, slots=True)
class Cited:
    """Documents here carry neither passages nor their number."""

    rules: Sequence[StoredDocument] = ()
    """All documents of the laws asked for."""
    passages: Sequence[StoredPassage] = ()
    """The provisions asked for, in every document that holds them."""
    repealers: Mapping[str, Sequence[StoredDocument]] = field(default_factory=dict)
    """Short title → rules whose final provisions abolish it, whether or not the library holds it."""
    replacing: Mapping[str, StoredDocument] = field(default_factory=dict)
    """Documents that took the place of one of `rules`, by id."""


def read_cited(connection: sa.Connection, titles: Collection[str], refs: Collection[str]) -> Cited:
    """
    Read what there is of some laws; the number of queries does not grow with that of the references.

    :param titles: Short titles.
    :param refs: Canonical references of provisions.
    """
    rules = [
        to_stored(row) for row in _rows(connection, sa.select(documents), documents.c.short_title, titles)
    ]
    query = sa.select(passages).join(documents, documents.c.key == passages.c.document_key)
    found = [to_passage(row) for row in _rows(connection, query, passages.c.ref, refs)]
    query = sa.select(repeals.c.short_title.label("abolished"), *documents.c)
    query = query.join(repeals, repeals.c.document_key == documents.c.key)
    repealers: dict[str, list[StoredDocument]] = defaultdict(list)
    for row in _rows(connection, query, repeals.c.short_title, titles):
        repealers[row["abolished"]].append(to_stored(row))
    ids = {rule.validity.replaced_by for rule in rules} - {""}
    replacing = {
        row["id"]: to_stored(row) for row in _rows(connection, sa.select(documents), documents.c.id, ids)
    }
    return Cited(rules, found, repealers, replacing)


def _rows(
    connection: sa.Connection, query: "sa.Select[Any]", column: sa.ColumnElement[Any], values: Collection[str]
) -> Iterator[sa.RowMapping]:
    """Rows of `query` whose `column` is one of `values`, of documents that are not removed."""
    ordered = sorted(values)
    for start in range(0, len(ordered), _CHUNK):
        wanted = query.where(column.in_(ordered[start : start + _CHUNK]), documents.c.removed_at.is_(None))
        yield from connection.execute(wanted).mappings()
