"""What was searched for on this machine: no addresses, no names, only the last few, and never sent anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from kb.judging.connecting import Tables, now
from kb.store.tables import searches

MOST_KEPT = 20_000
LONGEST_TEXT = 200
SAME_VISIT = timedelta(minutes=30)
"""The same words within this time are one search: a filter changed, a page opened again."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search and what came of it."""

    text: str
    kind: str
    """Value of `kb.documents.Kind`; empty where every kind was searched."""
    hits: int
    top_score: float | None
    """Cosine of the nearest passage; ``None`` in a library without vectors."""
    opened: bool
    """The visitor opened a hit."""
    missed: bool
    """The visitor said that what was wanted is not there."""
    at: datetime


def shortened(text: str) -> str:
    """:returns: The words of a search as the log keeps them."""
    return " ".join(text.split())[:LONGEST_TEXT]


class SearchLog(Tables):
    """The last searches, `MOST_KEPT` at most."""

    def record(self, text: str, kind: str, hits: int, top_score: float | None) -> None:
        """Note a search; one with the same words a short while ago is brought up to date instead."""
        words, found = shortened(text), {"kind": kind, "hits": hits, "top_score": top_score}
        with self._write() as connection:
            recent = _latest(connection, words, now() - SAME_VISIT)
            if recent is not None:
                connection.execute(searches.update().where(searches.c.id == recent).values(found))
                return
            _insert(connection, {**found, "text": words, "opened": False, "missed": False, "at": now()})

    def mark_opened(self, text: str) -> None:
        """Note that a visitor opened a hit of the last search with these words, if there was one."""
        with self._write() as connection:
            _mark(connection, shortened(text), {"opened": True})

    def mark_missed(self, text: str, missed: bool = True) -> None:
        """
        Note that a visitor did not find what was wanted; asked for by the visitor, so also without a log.

        :param missed: ``False`` takes it back.
        """
        with self._write() as connection:
            if not _mark(connection, shortened(text), {"missed": missed}) and missed:
                row = {"text": shortened(text), "kind": "", "hits": 0, "top_score": None}
                _insert(connection, {**row, "opened": False, "missed": True, "at": now()})

    def all(self) -> list[Search]:
        """:returns: Every search in the log, oldest first."""
        with self._read() as connection:
            rows = connection.execute(sa.select(searches).order_by(searches.c.id)).all()
        return [Search(r.text, r.kind, r.hits, r.top_score, r.opened, r.missed, r.at) for r in rows]

    def clear(self) -> int:
        """
        Forget every search.

        :returns: How many there were.
        """
        with self._write() as connection:
            return connection.execute(searches.delete()).rowcount


def _insert(connection: sa.Connection, row: dict[str, object]) -> None:
    inserted = connection.execute(searches.insert().values(row)).inserted_primary_key
    assert inserted is not None
    connection.execute(searches.delete().where(searches.c.id <= inserted[0] - MOST_KEPT))


def _latest(connection: sa.Connection, text: str, since: datetime = datetime.min) -> int | None:
    chosen = sa.select(sa.func.max(searches.c.id)).where(searches.c.text == text, searches.c.at >= since)
    return connection.execute(chosen).scalar()


def _mark(connection: sa.Connection, text: str, values: dict[str, bool]) -> bool:
    latest = _latest(connection, text)
    if latest is None:
        return False
    connection.execute(searches.update().where(searches.c.id == latest).values(values))
    return True
