"""Documents and passages as they are asked for, inside the caller's transaction."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from kb.errors import NotFound
from kb.store.rows import StoredDocument, StoredPassage, to_passage, to_stored
from kb.store.tables import documents, passages

_CHUNK = 500  # SQLite accepts at least 999 bound values in one statement


def chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield `values` in runs that one statement can take."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def stored(connection: sa.Connection, keys: Sequence[int]) -> list[StoredDocument]:
    """:returns: Documents without their passages but with their number, in the order of `keys`."""
    found: dict[int, StoredDocument] = {}
    for chunk in chunks(keys):
        tally = connection.execute(
            sa.select(passages.c.document_key, sa.func.count())
            .where(passages.c.document_key.in_(chunk))
            .group_by(passages.c.document_key)
        )
        counts: dict[int, int] = {row[0]: row[1] for row in tally}
        rows = connection.execute(sa.select(documents).where(documents.c.key.in_(chunk))).mappings()
        found |= {row["key"]: to_stored(row, counts.get(row["key"], 0)) for row in rows}
    return [found[key] for key in keys if key in found]


def by_key(connection: sa.Connection, keys: Iterable[int]) -> dict[int, StoredDocument]:
    """:returns: Documents by key, without passages and without their number, which takes longer."""
    return {
        row["key"]: to_stored(row)
        for chunk in chunks(list(keys))
        for row in connection.execute(sa.select(documents).where(documents.c.key.in_(chunk))).mappings()
    }


def whole(connection: sa.Connection, document_id: str) -> StoredDocument:
    """
    Read one document with all its passages.

    :raises NotFound: If there is none of that id, or it was removed.
    """
    query = sa.select(documents).where(documents.c.id == document_id, documents.c.removed_at.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"资料库里没有编号为“{document_id}”的资料；运行 andian list 查看全部编号")
    parts = connection.execute(
        sa.select(passages).where(passages.c.document_key == row["key"]).order_by(passages.c.position)
    ).mappings()
    return to_stored(row, passages=[to_passage(part) for part in parts])


def passages_where(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> list[StoredPassage]:
    """:returns: The passages that meet a condition, of documents that are not removed."""
    query = (
        sa.select(passages)
        .join(documents, documents.c.key == passages.c.document_key)
        .where(condition, documents.c.removed_at.is_(None))
    )
    return [to_passage(row) for row in connection.execute(query).mappings()]
