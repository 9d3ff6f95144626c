"""The library: everything the knowledge base holds, in one database."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from kb.bank.repository import Bank
from kb.documents import Document, Kind
from kb.errors import NotFound
from kb.judging.additions import Additions
from kb.judging.evaluations import Evaluations
from kb.judging.judgements import Judgements
from kb.judging.searches import SearchLog
from kb.references.canonical import comparable
from kb.references.reference import Reference
from kb.references.spellings import Spellings
from kb.store import names, reading, saving, standing
from kb.store.citations import Citations
from kb.store.cited import Cited, read_cited
from kb.store.database import open_database, store_errors
from kb.store.rows import StoredDocument, StoredPassage, to_passage
from kb.store.saving import Saved
from kb.store.tables import documents, library, passages

HOME_REGION = "home_region"
"""Fact under which the region chosen by users is kept; see `Library.value`."""


class Library:
    """
    Documents and passages, with the rules that keep them consistent.

    Every method is one transaction; any number of threads and processes may read while one writes.
    All methods raise `kb.errors.StoreError` when the database fails.
    """

    def __init__(self, url: str):
        """
        :param url: SQLAlchemy address; the database and its tables are made if they are missing.
        :raises StoreError: If it cannot be opened or is damaged.
        """
        self._engine = open_database(url)
        self._writer = self._engine.execution_options(writes=True)
        tables = (self._read, self._write)
        self.judgements = Judgements(*tables)
        """Which hits people found right or wrong."""
        self.searches = SearchLog(*tables)
        """What was searched for."""
        self.additions = Additions(*tables)
        """Other names, linked passages, and the gaps they settle."""
        self.citations = Citations(*tables)
        """Which texts name which provisions."""
        self.evaluations = Evaluations(*tables)
        """Figures of past evaluations."""
        self.bank = Bank(*tables)
        """Questions, from draft to retirement."""

    def close(self) -> None:
        """Release all connections."""
        self._engine.dispose()

    # -- writing ---------------------------------------------------------------------------------

    def save_file(
        self,
        incoming: Sequence[Document],
        *,
        origin_path: str,
        origin_hash: str,
        collection: str = "user",
        spellings: Spellings | None = None,
    ) -> list[Saved]:
        """Store what one file holds; see `kb.store.saving.save_file`."""
        with self._write() as connection:
            return saving.save_file(
                connection,
                incoming,
                origin_path=origin_path,
                origin_hash=origin_hash,
                collection=collection,
                spellings=spellings,
            )

    def remove(self, document_id: str) -> StoredDocument:
        """
        Take a document out of the library; `restore` undoes it.

        :raises NotFound: If there is none of that id.
        """
        return self._set_removed(document_id, datetime.now(UTC).replace(tzinfo=None))

    def restore(self, document_id: str) -> StoredDocument:
        """
        Undo `remove`.

        :raises NotFound: If there was none of that id.
        """
        return self._set_removed(document_id, None)

    def refresh_validity(self) -> bool:
        """
        Derive anew from when to when all rules are law, if that was last done by other rules than today's.

        :returns: Whether anything is different now.
        """
        with self._write() as connection:
            changed = standing.refresh_all(connection)
            if changed:
                saving.bump_revision(connection)
            return changed

    def set_value(self, name: str, value: str) -> None:
        """Remember a small fact about the library itself, such as which corpus it was filled from."""
        with self._write() as connection:
            connection.execute(library.delete().where(library.c.name == name))
            connection.execute(library.insert().values(name=name, value=value))

    def _set_removed(self, document_id: str, at: datetime | None) -> StoredDocument:
        with self._write() as connection:
            key = connection.execute(
                sa.select(documents.c.key).where(
                    documents.c.id == document_id,
                    documents.c.removed_at.is_(None) if at else documents.c.removed_at.is_not(None),
                )
            ).scalar()
            if key is None:
                raise NotFound(f"资料库里没有编号为“{document_id}”的资料；运行 andian list 查看全部编号")
            connection.execute(documents.update().where(documents.c.key == key).values(removed_at=at))
            standing.refresh_validity(connection, standing.related_titles(connection, [key]))
            saving.bump_revision(connection)
        return self._stored([key])[0]

    # -- reading ---------------------------------------------------------------------------------

    @property
    def revision(self) -> int:
        """Counts the changes of the searchable content."""
        return int(self.value(saving.REVISION) or 0)

    def value(self, name: str) -> str | None:
        """:returns: What `set_value` stored, or ``None``."""
        with self._read() as connection:
            return connection.execute(sa.select(library.c.value).where(library.c.name == name)).scalar()

    def origin_hash(self, origin_path: str) -> str | None:
        """:returns: Hash of the file's bytes when it was last stored, or ``None``."""
        with self._read() as connection:
            return connection.execute(
                sa.select(documents.c.origin_hash)
                .where(documents.c.origin_path == origin_path, documents.c.removed_at.is_(None))
                .order_by(documents.c.key.desc())
            ).scalar()

    def from_origin(self, origin_path: str) -> list[StoredDocument]:
        """:returns: Documents that came from one file, oldest first, without passages."""
        with self._read() as connection:
            keys = connection.execute(
                sa.select(documents.c.key)
                .where(documents.c.origin_path == origin_path, documents.c.removed_at.is_(None))
                .order_by(documents.c.key)
            ).scalars()
            found = list(keys)
        return self._stored(found)

    def documents(self, kind: Kind | None = None, *, removed: bool = False) -> list[StoredDocument]:
        """
        List documents without their passages, by kind and title.

        :param kind: Only this kind.
        :param removed: The removed ones instead of the others.
        """
        gone = documents.c.removed_at.is_not(None) if removed else documents.c.removed_at.is_(None)
        with self._read() as connection:
            query = (
                sa.select(documents.c.key)
                .where(gone)
                .order_by(documents.c.kind, documents.c.title, documents.c.key)
            )
            if kind is not None:
                query = query.where(documents.c.kind == kind.value)
            keys = list(connection.execute(query).scalars())
        return self._stored(keys)

    def document(self, document_id: str) -> StoredDocument:
        """
        Read one document with all its passages.

        :raises NotFound: If there is none of that id, or it was removed.
        """
        with self._read() as connection:
            return reading.whole(connection, document_id)

    def versions(self, short_title: str) -> list[StoredDocument]:
        """:returns: All documents of one rule, without passages, oldest version first."""
        with self._read() as connection:
            keys = connection.execute(
                sa.select(documents.c.key)
                .where(documents.c.short_title == short_title, documents.c.removed_at.is_(None))
                .order_by(documents.c.version_date.nulls_first(), documents.c.key)
            ).scalars()
            found = list(keys)
        return self._stored(found)

    def passages_by_id(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """:returns: The passages that exist among `ids`."""
        return {p.id: p for chunk in reading.chunks(ids) for p in self._passages(passages.c.id.in_(chunk))}

    def passages_of_ref(self, ref: str) -> list[StoredPassage]:
        """
        Find a provision in every version that holds it.

        :param ref: A provision's reference in any accepted spelling.
        """
        return self._passages(passages.c.ref == comparable(ref))

    def documents_by_key(self, keys: Iterable[int]) -> dict[int, StoredDocument]:
        """:returns: Documents by key, without passages and without their number, which takes longer."""
        with self._read() as connection:
            return reading.by_key(connection, keys)

    def all_passages(self) -> Iterator[StoredPassage]:
        """Yield every passage of every document that is not removed, by id."""
        query = (
            sa.select(passages)
            .join(documents, documents.c.key == passages.c.document_key)
            .where(documents.c.removed_at.is_(None))
            .order_by(passages.c.id)
        )
        with self._read() as connection:
            for row in connection.execution_options(yield_per=2000).execute(query).mappings():
                yield to_passage(row)

    def references(self) -> set[str]:
        """:returns: Every canonical reference and every document id the library holds."""
        with self._read() as connection:
            return names.references(connection)

    def articles(self, document_id: str) -> list[Reference]:
        """:returns: The articles of a document by number; none if it is not divided into articles."""
        with self._read() as connection:
            return names.articles(connection, document_id)

    def entrances(self) -> list[tuple[str, tuple[str, ...]]]:
        """:returns: Questions that an administrator linked, with the references each leads to."""
        return self.additions.entrances()

    def regions(self) -> list[str]:
        """:returns: The regions of all rules, in order of their names."""
        with self._read() as connection:
            return names.regions(connection)

    def short_titles(self) -> list[str]:
        """:returns: Short titles of all rules, for the segmentation dictionary."""
        with self._read() as connection:
            return names.short_titles(connection)

    def cited(self, titles: Collection[str], refs: Collection[str]) -> Cited:
        """Read what there is of some laws and provisions at once; see `kb.store.cited.read_cited`."""
        with self._read() as connection:
            return read_cited(connection, titles, refs)

    def law_titles(self) -> set[str]:
        """:returns: Short titles of all rules, and of the laws that they abolish."""
        with self._read() as connection:
            return names.law_titles(connection)

    def check(self) -> list[str]:
        """:returns: What is wrong with the database file, one Chinese line each; empty when sound."""
        if self._engine.dialect.name != "sqlite":
            return []
        with self._read() as connection:
            lines = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
        return [] if lines == ["ok"] else [f"资料库文件损坏：{line}" for line in lines]

    def _passages(self, condition: sa.ColumnElement[bool]) -> list[StoredPassage]:
        with self._read() as connection:
            return reading.passages_where(connection, condition)

    def _stored(self, keys: Sequence[int]) -> list[StoredDocument]:
        with self._read() as connection:
            return reading.stored(connection, keys)

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with store_errors(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with store_errors(self._engine), self._writer.begin() as connection:
            yield connection
