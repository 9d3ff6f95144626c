"""Which hits people found right or wrong: the gold set that searches are measured with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from kb.judging.connecting import Tables, now
from kb.references.canonical import comparable
from kb.store.tables import judgements

LONGEST_QUERY = 500


class Verdict(StrEnum):
    """What was said of one hit."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict: whether `target` (a reference in comparable form or a document's id) answers `query`."""

    query: str
    target: str
    verdict: Verdict
    at: datetime


class Judgements(Tables):
    """The saved judgements; one verdict for each pair of a question and a target."""

    def judge(self, query: str, target: str, verdict: Verdict | None) -> Verdict | None:
        """
        Save a verdict in place of the one before; ``None`` takes it back.

        :returns: The verdict before. Judging with it again undoes this call.
        """
        query, target = _key(query, target)
        this = (judgements.c.query == query) & (judgements.c.target == target)
        with self._write() as connection:
            before = connection.execute(sa.select(judgements.c.verdict).where(this)).scalar()
            connection.execute(judgements.delete().where(this))
            if verdict is not None:
                row = {"query": query, "target": target, "verdict": verdict.value, "at": now()}
                connection.execute(judgements.insert().values(row))
        return Verdict(before) if before else None

    def add(self, found: Iterable[tuple[str, Sequence[str]]]) -> int:
        """
        Take in right answers from elsewhere, in one transaction; verdicts already given stay.

        :param found: Questions with the targets that answer them.
        :returns: How many judgements are new.
        """
        pairs = dict.fromkeys(_key(query, target) for query, targets in found for target in targets)
        with self._write() as connection:
            known = {(row.query, row.target) for row in connection.execute(sa.select(judgements))}
            rows = [
                {"query": query, "target": target, "verdict": Verdict.RIGHT.value, "at": now()}
                for query, target in pairs
                if (query, target) not in known
            ]
            if rows:
                connection.execute(judgements.insert(), rows)
        return len(rows)

    def all(self) -> list[Judgement]:
        """:returns: Every judgement, in the order in which they were made."""
        with self._read() as connection:
            rows = connection.execute(sa.select(judgements).order_by(judgements.c.id)).all()
        return [Judgement(row.query, row.target, Verdict(row.verdict), row.at) for row in rows]

    def of(self, query: str) -> dict[str, Verdict]:
        """:returns: Target → verdict of one question."""
        question = _key(query, "")[0]
        with self._read() as connection:
            chosen = sa.select(judgements).where(judgements.c.query == question).order_by(judgements.c.id)
            return {row.target: Verdict(row.verdict) for row in connection.execute(chosen)}


def right_answers(found: Iterable[Judgement]) -> dict[str, tuple[str, ...]]:
    """:returns: Question → targets judged right, for every question that has one, in order."""
    answers: dict[str, list[str]] = {}
    for judgement in found:
        if judgement.verdict is Verdict.RIGHT:
            answers.setdefault(judgement.query, []).append(judgement.target)
    return {query: tuple(targets) for query, targets in answers.items()}


def _key(query: str, target: str) -> tuple[str, str]:
    return " ".join(query.split())[:LONGEST_QUERY], comparable(target)
