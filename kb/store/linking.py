"""Reading the references in stored texts into the table of citations."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from kb.references.find import find_references
from kb.references.spellings import Spellings
from kb.store.tables import citations, documents, linked, passages


def link(connection: sa.Connection, keys: Sequence[int], spellings: Spellings | None) -> None:
    """
    Write the citations of some documents anew, inside the caller's transaction.

    :param keys: Keys of documents whose passages are stored, few enough for one statement.
    :param spellings: Names to read with; ``None`` leaves the documents without citations until
        `unlinked` finds them.
    """
    connection.execute(citations.delete().where(citations.c.document_key.in_(keys)))
    connection.execute(linked.delete().where(linked.c.document_key.in_(keys)))
    if spellings is None or not keys:
        return
    found = [row for part in _texts(connection, keys) for row in _rows(part, spellings)]
    if found:
        connection.execute(citations.insert(), found)
    connection.execute(
        linked.insert(), [{"document_key": key, "names": spellings.fingerprint} for key in keys]
    )


def unlinked(connection: sa.Connection, spellings: Spellings) -> list[int]:
    """:returns: Keys of the documents, removed ones too, that were not read with these names."""
    current = sa.and_(linked.c.document_key == documents.c.key, linked.c.names == spellings.fingerprint)
    query = sa.select(documents.c.key).outerjoin(linked, current).where(linked.c.document_key.is_(None))
    return list(connection.execute(query.order_by(documents.c.key)).scalars())


def _texts(connection: sa.Connection, keys: Sequence[int]) -> Sequence[sa.RowMapping]:
    query = (
        sa.select(
            passages.c.id, passages.c.document_key, passages.c.ref, passages.c.text, documents.c.short_title
        )
        .join(documents, documents.c.key == passages.c.document_key)
        .where(passages.c.document_key.in_(keys))
        .order_by(passages.c.id)
    )
    return connection.execute(query).mappings().all()


def _rows(passage: sa.RowMapping, spellings: Spellings) -> Iterator[dict[str, Any]]:
    # Only inside a provision does a bare 第X条 mean the law that the text itself belongs to.
    own = passage["short_title"] if passage["ref"] else ""
    for mention in find_references(passage["text"], spellings.names, own):
        reference = mention.reference
        yield {
            "document_key": passage["document_key"],
            "passage_id": passage["id"],
            "starts_at": mention.start,
            "ends_at": mention.end,
            "law": reference.law,
            "article": reference.article,
            "suffix": reference.suffix,
            "paragraph": reference.paragraph,
            "item": reference.item,
            "last": reference.last,
            "edition": reference.edition,
            "last_suffix": reference.last_suffix,
        }
