"""Writing documents: which is new, which changed, and which version of a rule stays."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from kb.documents import Document
from kb.references.spellings import Spellings
from kb.store.linking import link
from kb.store.rows import content_hash, document_values, passage_values
from kb.store.standing import refresh_validity, related_titles
from kb.store.tables import documents, library, passages, repeals
from kb.validity import is_regulation

REVISION = "revision"
_FOLDERS = re.compile(r"[/\\!]|^upload:")


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
    spellings: Spellings | None = None,
) -> list[Saved]:
    """
    Bring the store in line with what one file now holds, inside the caller's transaction.

    A document that the same file gave before is updated in place, unless it is a rule with a newer
    version date: then the old version stays and the new one gets the id ``id@date``. A text the
    library already holds from elsewhere is not stored twice. What the file no longer gives is removed,
    but for other versions of its rules.

    :param incoming: Documents of the file, with ids unique among themselves.
    :param origin_path: The file's place; identifies it from one run to the next.
    :param origin_hash: Hash of its bytes; the next run skips the file while it stays the same.
    :param spellings: Names of laws by which the texts' references are found; see `kb.store.linking.link`.
    :returns: One outcome per document, in order.
    """
    origin = {"origin_path": origin_path, "origin_hash": origin_hash, "collection": collection}
    rows = connection.execute(
        sa.select(documents).where(documents.c.origin_path == origin_path).order_by(documents.c.key)
    ).mappings()
    before = [dict(row) for row in rows]
    digests = {content_hash(document) for document in incoming}
    outcomes: list[Saved] = []
    kept: set[int] = set()
    touched: set[str] = set()
    for document in incoming:
        twin = _twin(connection, document, origin_path)
        if twin is not None:
            key, saved = twin["key"], _keep(connection, twin, origin)
        else:
            prior = _prior((row for row in before if _is_free(row, kept, digests)), document)
            prior = prior or _moved(connection, document, origin)
            touched |= {document.short_title, *document.repeals}
            touched |= related_titles(connection, [prior["key"]] if prior else [])
            key, saved = _store(connection, document, prior, origin)
            link(connection, [key], spellings)
        outcomes.append(saved)
        kept.add(key)
    gone = [row for row in before if row["key"] not in kept and not _is_other_version(row, incoming)]
    touched |= _remove(connection, [row["key"] for row in gone if row["removed_at"] is None])
    if touched:
        refresh_validity(connection, touched)
        bump_revision(connection)
    return outcomes


def _twin(connection: sa.Connection, document: Document, origin_path: str) -> sa.RowMapping | None:
    """:returns: The row that holds the same text already, before others one from the same file."""
    query = sa.select(documents).where(
        documents.c.content_hash == content_hash(document), documents.c.removed_at.is_(None)
    )
    elsewhere = sa.case((documents.c.origin_path == origin_path, 0), else_=1)
    return connection.execute(query.order_by(elsewhere, documents.c.key)).mappings().first()


def _keep(connection: sa.Connection, twin: sa.RowMapping, origin: dict[str, str]) -> Saved:
    if twin["origin_path"] != origin["origin_path"]:
        return Saved(twin["id"], Change.UNCHANGED, f"与“{twin['id']}”内容相同，没有重复保存")
    connection.execute(
        documents.update().where(documents.c.key == twin["key"]).values(origin_hash=origin["origin_hash"])
    )
    return Saved(twin["id"], Change.UNCHANGED)


def _is_free(row: dict[str, Any], kept: set[int], digests: set[str]) -> bool:
    """Whether a row's text left its file, so that another text may take its place."""
    return row["key"] not in kept and (row["removed_at"] is not None or row["content_hash"] not in digests)


def _prior(rows: Iterable[dict[str, Any]], document: Document) -> dict[str, Any] | None:
    """:returns: The newest of `rows`, oldest first, that is an earlier state of `document`."""
    candidates = list(rows)
    same = [row for row in candidates if row["id"].split("@")[0] == document.id]
    if not same:
        same = [row for row in candidates if row["title"] == document.title]
    return same[-1] if same else None


def _moved(connection: sa.Connection, document: Document, origin: dict[str, str]) -> dict[str, Any] | None:
    """:returns: The row of a document whose declared id turns up in another file of the collection."""
    stem = _FOLDERS.split(origin["origin_path"])[-1].rsplit(".", 1)[0]
    if document.id == stem or document.id.startswith(f"{stem}-"):
        return None
    query = sa.select(documents).where(
        documents.c.id == document.id,
        documents.c.collection == origin["collection"],
        documents.c.origin_path != origin["origin_path"],
    )
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def _is_other_version(row: dict[str, Any], incoming: Iterable[Document]) -> bool:
    return any(
        row["short_title"] == d.short_title and row["version_date"] != d.version_date
        for d in incoming
        if is_regulation(d)
    )


def _is_new_version(prior: dict[str, Any], document: Document) -> bool:
    dates = (prior["version_date"], document.version_date)
    same_rule = is_regulation(document) and prior["short_title"] == document.short_title
    return same_rule and None not in dates and dates[0] < dates[1]


def _store(
    connection: sa.Connection, document: Document, prior: dict[str, Any] | None, origin: dict[str, str]
) -> tuple[int, Saved]:
    """Write `document` over its earlier state, or beside it where that is an older version of a rule."""
    if prior is None:
        return _insert(connection, document, document.id, origin, "")
    if _is_new_version(prior, document):
        wanted = f"{document.id}@{document.version_date}"
        return _insert(connection, document, wanted, origin, f"旧版本“{prior['id']}”保留")
    key = int(prior["key"])
    document = replace(document, id=prior["id"])
    connection.execute(documents.update().where(documents.c.key == key).values(_values(document, origin)))
    connection.execute(passages.delete().where(passages.c.document_key == key))
    connection.execute(repeals.delete().where(repeals.c.document_key == key))
    _insert_parts(connection, document, key)
    moved = prior["origin_path"] != origin["origin_path"]
    note = f"取代了“{prior['origin_path']}”里编号相同的资料" if moved else ""
    change = Change.CHANGED if prior["removed_at"] is None else Change.NEW
    return key, Saved(document.id, change, note)


def _insert(
    connection: sa.Connection, document: Document, wanted: str, origin: dict[str, str], note: str
) -> tuple[int, Saved]:
    document = replace(document, id=_unique_id(connection, wanted))
    inserted = connection.execute(documents.insert().values(_values(document, origin)))
    assert inserted.inserted_primary_key is not None
    key = int(inserted.inserted_primary_key[0])
    _insert_parts(connection, document, key)
    return key, Saved(document.id, Change.NEW, note)


def _values(document: Document, origin: dict[str, str]) -> dict[str, Any]:
    derived = {
        "content_hash": content_hash(document),
        "valid_since": None,
        "valid_until": None,
        "superseded": False,
        "replaced_by": "",
        "saved_at": datetime.now(UTC).replace(tzinfo=None),
        "removed_at": None,
    }
    return document_values(document) | origin | derived


def _insert_parts(connection: sa.Connection, document: Document, key: int) -> None:
    if document.passages:
        connection.execute(passages.insert(), passage_values(document.passages, key))
    if document.repeals:
        connection.execute(
            repeals.insert(), [{"document_key": key, "short_title": t} for t in set(document.repeals)]
        )


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


def bump_revision(connection: sa.Connection) -> None:
    """Count one change of the searchable content; the index compares this number with its own."""
    changed = connection.execute(
        library.update()
        .where(library.c.name == REVISION)
        .values(value=sa.cast(sa.cast(library.c.value, sa.Integer) + 1, sa.Text))
    )
    if not changed.rowcount:
        connection.execute(library.insert().values(name=REVISION, value="1"))
