"""Which texts of the library name which provisions, both ways."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.progress import Progress
from kb.references.canonical import comparable
from kb.references.ranges import is_meant, named
from kb.references.reference import Reference, parse_reference
from kb.references.spellings import Spellings
from kb.store.linking import link, unlinked
from kb.store.names import law_titles
from kb.store.tables import citations, documents, passages

_CHUNK = 500  # SQLite accepts at least 999 bound values in one statement
_AT_ONCE = 50
_Connect = Callable[[], AbstractContextManager[sa.Connection]]


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where a passage names a provision, or a range of them: ``text[start:end]`` of the passage."""

    reference: Reference
    document_key: int
    passage_id: int
    position: int
    """The passage's place in its document."""
    ref: str
    """The passage's own reference if it is a provision itself, otherwise empty."""
    label: str
    """The passage's label."""
    start: int
    end: int

    def provisions(self) -> tuple[Reference, ...]:
        """:returns: What is meant, one by one; see `kb.references.ranges.named`."""
        return named(self.reference)

    def names(self, provision: Reference) -> bool:
        """Whether `provision` is meant; see `kb.references.ranges.is_meant`."""
        return is_meant(self.reference, provision)


class Citations:
    """
    The citations in all texts that are not removed; every method is one transaction, unless it says otherwise.

    A document's citations are written when it is saved. They lag behind only where it was saved without
    the names of laws, or where names have come or gone since: `refresh` mends that.
    """

    def __init__(self, read: _Connect, write: _Connect):
        """
        :param read: Opens a transaction that only reads.
        :param write: Opens one that may write.
        """
        self._read = read
        self._write = write

    def citing(self, ref: str) -> list[Citation]:
        """
        Find who names a provision.

        :param ref: Its reference in any accepted spelling.
        :returns: By document and place; none for what is not a provision's reference.
        """
        try:
            wanted = parse_reference(comparable(ref))
        except ValueError:
            return []
        near = sa.or_(
            citations.c.article == wanted.article,
            citations.c.last >= wanted.article,
        )
        found = self._select(citations.c.law == wanted.law, near)
        return [citation for citation in found if citation.names(wanted)]

    def of_law(self, short_title: str) -> list[Citation]:
        """:returns: Every citation of any provision of a law, by document and place."""
        return self._select(citations.c.law == short_title)

    def cited_by(self, document_id: str) -> list[Citation]:
        """:returns: What a document names, in the order of its text; nothing if there is no such document."""
        return self._select(documents.c.id == document_id)

    def of_documents(self, keys: Iterable[int]) -> dict[int, list[Citation]]:
        """:returns: What each of some documents names, by document key, in the order of the texts."""
        found: dict[int, list[Citation]] = defaultdict(list)
        wanted = sorted(set(keys))
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            for citation in self._select(citations.c.document_key.in_(chunk)):
                found[citation.document_key].append(citation)
        return found

    def every(self) -> Iterator[Citation]:
        """Yield every citation of the library, by document and place."""
        with self._read() as connection:
            rows = connection.execution_options(yield_per=2000).execute(_query()).mappings()
            yield from map(_citation, rows)

    def spellings(self, names: Mapping[str, str]) -> Spellings:
        """
        Add the titles of the library's rules to the names of laws that are known anyway.

        :param names: Spelling → short title; a rule's title wins over a popular name.
        """
        with self._read() as connection:  # names only ever come: a removed rule's stays known
            titles = law_titles(connection, removed_too=True)
        return Spellings({**names, **{title: title for title in titles if len(title) > 1}})

    def refresh(self, spellings: Spellings, progress: Progress) -> int:
        """
        Read those texts anew that were read with other names of laws, or with none.

        Some documents at a time are one transaction: a run that was killed is simply started again.

        :returns: How many documents there were to read.
        """
        with self._read() as connection:
            keys = unlinked(connection, spellings)
        if keys:
            with progress.step("整理条文引用", len(keys)) as bar:
                for start in range(0, len(keys), _AT_ONCE):
                    chunk = keys[start : start + _AT_ONCE]
                    with self._write() as connection:
                        link(connection, chunk, spellings)
                    bar.advance(len(chunk))
        return len(keys)

    def _select(self, *conditions: sa.ColumnElement[bool]) -> list[Citation]:
        with self._read() as connection:
            return _read(connection, conditions)


def _read(connection: sa.Connection, conditions: Sequence[sa.ColumnElement[bool]]) -> list[Citation]:
    return [_citation(row) for row in connection.execute(_query().where(*conditions)).mappings()]


def _query() -> "sa.Select[Any]":
    return (
        sa.select(citations, passages.c.position, passages.c.ref, passages.c.label)
        .join(passages, passages.c.id == citations.c.passage_id)
        .join(documents, documents.c.key == citations.c.document_key)
        .where(documents.c.removed_at.is_(None))
        .order_by(citations.c.document_key, passages.c.position, citations.c.starts_at, citations.c.id)
    )


def _citation(row: sa.RowMapping) -> Citation:
    return Citation(
        reference=Reference(
            law=row["law"],
            article=row["article"],
            suffix=row["suffix"],
            paragraph=row["paragraph"],
            item=row["item"],
            last=row["last"],
            edition=row["edition"],
            last_suffix=row["last_suffix"],
        ),
        document_key=row["document_key"],
        passage_id=row["passage_id"],
        position=row["position"],
        ref=row["ref"],
        label=row["label"],
        start=row["starts_at"],
        end=row["ends_at"],
    )
