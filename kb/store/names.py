"""The names that the library knows: of rules, of the laws they abolish, of provisions and regions."""

from collections.abc import Iterator

import sqlalchemy as sa

from kb.documents import Kind
from kb.references.reference import Reference, parse_reference
from kb.store.tables import documents, passages, repeals

_LIVE = documents.c.removed_at.is_(None)
_RULE = documents.c.kind == Kind.REGULATION.value


def law_titles(connection: sa.Connection, *, removed_too: bool = False) -> set[str]:
    """:returns: Short titles of all rules, and of the laws that they abolish."""
    abolished = sa.select(repeals.c.short_title).join(documents, documents.c.key == repeals.c.document_key)
    rules = sa.select(documents.c.short_title).where(_RULE)
    if not removed_too:
        rules, abolished = rules.where(_LIVE), abolished.where(_LIVE)
    return {title for title in connection.execute(rules.union(abolished)).scalars() if title}


def short_titles(connection: sa.Connection) -> list[str]:
    """:returns: Short titles of all documents that have one, removed ones too, in order."""
    query = sa.select(documents.c.short_title).where(documents.c.short_title != "").distinct()
    return sorted(connection.execute(query).scalars())


def regions(connection: sa.Connection) -> list[str]:
    """:returns: The regions of all rules, in order of their names."""
    return sorted(connection.execute(sa.select(documents.c.region).where(_RULE, _LIVE).distinct()).scalars())


def references(connection: sa.Connection) -> set[str]:
    """:returns: Every canonical reference and every document id the library holds."""
    refs = (
        sa.select(passages.c.ref)
        .join(documents, documents.c.key == passages.c.document_key)
        .where(_LIVE, passages.c.ref != "")
        .distinct()
    )
    ids = sa.select(documents.c.id).where(_LIVE)
    return {*connection.execute(refs).scalars(), *connection.execute(ids).scalars()}


def articles(connection: sa.Connection, document_id: str) -> list[Reference]:
    """:returns: The articles of a document by number; none if it is not divided into articles."""
    refs = (
        sa.select(passages.c.ref)
        .join(documents, documents.c.key == passages.c.document_key)
        .where(_LIVE, documents.c.id == document_id, passages.c.ref != "")
    )
    found = _parsed(connection.execute(refs).scalars())
    return sorted(found, key=lambda reference: (reference.article, reference.suffix or 0))


def _parsed(refs: "sa.ScalarResult[str]") -> Iterator[Reference]:
    for ref in refs:
        try:
            yield parse_reference(ref)
        except ValueError:
            continue  # the law has a name from which no number can be told
