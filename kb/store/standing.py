"""From when to when the stored rules are law, derived anew whenever one of them changes."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from kb.store.rows import to_document
from kb.store.tables import documents, library, repeals
from kb.validity import RULES, is_regulation, validities

_DERIVED_BY = "validity_rules"


def related_titles(connection: sa.Connection, keys: Sequence[int]) -> set[str]:
    """:returns: Short titles whose validity depends on the documents `keys`."""
    own = connection.execute(sa.select(documents.c.short_title).where(documents.c.key.in_(keys))).scalars()
    abolished = connection.execute(
        sa.select(repeals.c.short_title).where(repeals.c.document_key.in_(keys))
    ).scalars()
    return {*own, *abolished}


def refresh_all(connection: sa.Connection) -> bool:
    """
    Derive the validity of every rule anew, once for each state of the rules that tell it.

    :returns: Whether any is different now.
    """
    known = sa.select(library.c.value).where(library.c.name == _DERIVED_BY)
    if connection.execute(known).scalar() == RULES:
        return False
    before = _spans(connection)
    titles = connection.execute(sa.select(documents.c.short_title).distinct()).scalars().all()
    refresh_validity(connection, titles)
    connection.execute(library.delete().where(library.c.name == _DERIVED_BY))
    connection.execute(library.insert().values(name=_DERIVED_BY, value=RULES))
    return _spans(connection) != before


def _spans(connection: sa.Connection) -> set[tuple[object, ...]]:
    spans = (
        documents.c.valid_since,
        documents.c.valid_until,
        documents.c.superseded,
        documents.c.replaced_by,
    )
    return {tuple(row) for row in connection.execute(sa.select(documents.c.key, *spans))}


def refresh_validity(connection: sa.Connection, short_titles: Iterable[str]) -> None:
    """Derive anew from when to when each version of these rules is law."""
    for title in sorted(filter(None, short_titles)):
        live = documents.c.removed_at.is_(None)
        versions = connection.execute(
            sa.select(documents).where(documents.c.short_title == title, live)
        ).mappings()
        rules = [d for d in (to_document(row) for row in versions) if is_regulation(d)]
        repealers = connection.execute(
            sa.select(documents)
            .join(repeals, repeals.c.document_key == documents.c.key)
            .where(repeals.c.short_title == title, live)
        ).mappings()
        later = [to_document(row) for row in repealers]
        for region in {rule.region for rule in rules}:
            found = validities([rule for rule in rules if rule.region == region], later)
            for identifier, validity in found.items():
                connection.execute(
                    documents.update()
                    .where(documents.c.id == identifier)
                    .values(
                        valid_since=validity.since,
                        valid_until=validity.until,
                        superseded=validity.superseded,
                        replaced_by=validity.replaced_by,
                    )
                )
