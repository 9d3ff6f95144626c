"""Writing documents: which is new, which changed, and which version of a rule stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from kb.documents import Document
from kb.store.rows import content_hash, document_values, passage_values, to_document
from kb.store.tables import documents, library, passages, repeals
from kb.validity import is_regulation, validities

REVISION = "revision"


class Change(StrEnum):
    """What saving did to one document."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """Outcome for one document; `note` is a Chinese remark for the user, or empty."""

    document_id: str
    change: Change
    note: str = ""


def save_file(
    connection: sa.Connection,
    incoming: Sequence[Document],
    *,
    origin_path: str,
    origin_hash: str,
    collection: str,
) -> list[Saved]:
    """
    Bring the store in line with what one file now holds, inside the caller's transaction.

    A document that the same file gave before is updated in place, unless it is a rule with a newer
    version date: then the old version stays and the new one gets the id ``id@date``. A text the
    library already holds from elsewhere is not stored twice. What the file no longer gives is removed.

    :param incoming: Documents of the file, with ids unique among themselves.
    :param origin_path: The file's place; identifies it from one run to the next.
    :param origin_hash: Hash of its bytes; the next run skips the file while it stays the same.
    :returns: One outcome per document, in order.
    """
    rows = connection.execute(
        sa.select(documents).where(documents.c.origin_path == origin_path).order_by(documents.c.key)
    ).mappings()
    before = {row["key"]: dict(row) for row in rows}
    outcomes: list[Saved] = []
    kept: set[int] = set()
    touched: set[str] = set()
    for document in incoming:
        prior = _prior(before, document)
        saved, key = _save(connection, document, prior, origin_path, origin_hash, collection)
        outcomes.append(saved)
        kept.add(key)
        if prior is not None:
            kept.add(prior["key"])
        if saved.change is not Change.UNCHANGED:
            touched |= {document.short_title, *document.repeals}
    gone = [row for key, row in before.items() if key not in kept and not _is_older_version(row, incoming)]
    touched |= _remove(connection, [row["key"] for row in gone if row["removed_at"] is None])
    if touched:
        refresh_validity(connection, touched)
        bump_revision(connection)
    return outcomes


def _prior(before: dict[int, dict[str, Any]], document: Document) -> dict[str, Any] | None:
    """:returns: The newest row of `before` that is an earlier state of `document`."""
    same = [row for row in before.values() if row["id"].split("@")[0] == document.id]
    if not same:
        same = [row for row in before.values() if row["title"] == document.title]
    return same[-1] if same else None


def _is_older_version(row: dict[str, Any], incoming: Iterable[Document]) -> bool:
    return any(
        row["short_title"] == d.short_title and row["version_date"] != d.version_date
        for d in incoming
        if is_regulation(d)
    )


def _save(
    connection: sa.Connection,
    document: Document,
    prior: dict[str, Any] | None,
    origin_path: str,
    origin_hash: str,
    collection: str,
) -> tuple[Saved, int]:
    digest = content_hash(document)
    twin = connection.execute(
        sa.select(documents.c.key, documents.c.id, documents.c.origin_path).where(
            documents.c.content_hash == digest, documents.c.removed_at.is_(None)
        )
    ).first()
    if twin is not None:
        if twin.origin_path == origin_path:
            connection.execute(
                documents.update().where(documents.c.key == twin.key).values(origin_hash=origin_hash)
            )
            return Saved(twin.id, Change.UNCHANGED), twin.key
        return Saved(twin.id, Change.UNCHANGED, f"与“{twin.id}”内容相同，没有重复保存"), twin.key
    if prior is None:
        prior = _moved(connection, document, origin_path, collection)
    is_version = prior is not None and _is_new_version(prior, document)
    wanted = f"{document.id}@{document.version_date}" if is_version else document.id
    values = {
        "origin_path": origin_path,
        "origin_hash": origin_hash,
        "content_hash": digest,
        "collection": collection,
        "superseded": False,
        "replaced_by": "",
        "saved_at": datetime.now(UTC).replace(tzinfo=None),
        "removed_at": None,
    }
    if prior is not None and not is_version:
        key = int(prior["key"])
        document = replace(document, id=prior["id"])
        connection.execute(
            documents.update().where(documents.c.key == key).values(**document_values(document), **values)
        )
        connection.execute(passages.delete().where(passages.c.document_key == key))
        connection.execute(repeals.delete().where(repeals.c.document_key == key))
        restored = prior["removed_at"] is not None
        change = Change.NEW if restored else Change.CHANGED
    else:
        document = replace(document, id=_unique_id(connection, wanted))
        inserted = connection.execute(documents.insert().values(**document_values(document), **values))
        assert inserted.inserted_primary_key is not None
        key = int(inserted.inserted_primary_key[0])
        change = Change.NEW
    if document.passages:
        connection.execute(passages.insert(), passage_values(document.passages, key))
    if document.repeals:
        connection.execute(
            repeals.insert(), [{"document_key": key, "short_title": t} for t in set(document.repeals)]
        )
    note = f"旧版本“{prior['id']}”保留" if prior is not None and is_version else ""
    return Saved(document.id, change, note), key


def _moved(
    connection: sa.Connection, document: Document, origin_path: str, collection: str
) -> dict[str, Any] | None:
    """:returns: The row of a document whose declared id turns up in another file of the collection."""
    stem = origin_path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if document.id == stem or document.id.startswith(f"{stem}-"):
        return None
    same = sa.and_(documents.c.id == document.id, documents.c.collection == collection)
    row = connection.execute(sa.select(documents).where(same)).mappings().first()
    return dict(row) if row else None


def _is_new_version(prior: dict[str, Any], document: Document) -> bool:
    dates = (prior["version_date"], document.version_date)
    return is_regulation(document) and None not in dates and dates[0] < dates[1]


def _unique_id(connection: sa.Connection, wanted: str) -> str:
    candidate, number = wanted, 1
    while connection.execute(sa.select(documents.c.key).where(documents.c.id == candidate)).first():
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _remove(connection: sa.Connection, keys: Sequence[int]) -> set[str]:
    """Hide documents from searches; their rows stay, so that it can be undone."""
    if not keys:
        return set()
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(documents.update().where(documents.c.key.in_(keys)).values(removed_at=now))
    return related_titles(connection, keys)


def related_titles(connection: sa.Connection, keys: Sequence[int]) -> set[str]:
    """:returns: Short titles whose validity depends on the documents `keys`."""
    own = connection.execute(sa.select(documents.c.short_title).where(documents.c.key.in_(keys))).scalars()
    abolished = connection.execute(
        sa.select(repeals.c.short_title).where(repeals.c.document_key.in_(keys))
    ).scalars()
    return {*own, *abolished}


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
        for identifier, validity in validities(rules, later).items():
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


def bump_revision(connection: sa.Connection) -> None:
    """Count one change of the searchable content; the index compares this number with its own."""
    changed = connection.execute(
        library.update()
        .where(library.c.name == REVISION)
        .values(value=sa.cast(sa.cast(library.c.value, sa.Integer) + 1, sa.Text))
    )
    if not changed.rowcount:
        connection.execute(library.insert().values(name=REVISION, value="1"))
