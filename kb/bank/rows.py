"""Rows of the bank's tables and what they mean."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from kb.bank.duplicates import wording
from kb.bank.entry import Entry, Origin, Version
from kb.bank.question import QUESTION, Question
from kb.bank.states import State
from kb.store.tables import bank_questions, bank_uses, bank_versions

Row: TypeAlias = "sa.Row[Any]"
Snapshot: TypeAlias = dict[str, Any] | None
"""What an action may change of one question: version, state, review; ``None`` where there is none."""

STATUS_OF = {
    State.DRAFT: "draft",
    State.REVIEWED: "draft",
    State.PUBLISHED: "active",
    State.RETIRED: "retired",
}
STATE_OF = {"draft": State.DRAFT, "active": State.PUBLISHED, "retired": State.RETIRED}
CHUNK = 500


def content(question: Question) -> dict[str, Any]:
    """:returns: What is kept of a wording; its status is not, because the bank keeps the state."""
    return question.model_dump(mode="json", exclude={"status"})


def to_version(row: Row, state: State) -> Version:
    """:returns: The version in a row of `bank_versions`."""
    question = QUESTION.validate_python({**row.content, "status": STATUS_OF[state]})
    return Version(row.number, question, row.author, row.at, row.reviewer, row.reviewed_at)


def current() -> "sa.Select[Any]":
    """:returns: A query of questions joined with their current versions."""
    here = (bank_versions.c.question_id == bank_questions.c.id) & (
        bank_versions.c.number == bank_questions.c.version
    )
    columns = [column for column in bank_versions.c if column.name != "question_id"]
    return sa.select(bank_questions, *columns).join(bank_versions, here)


def entries(connection: sa.Connection, rows: Iterable[Row]) -> list[Entry]:
    """:returns: The entries of rows of `current`, with their uses."""
    found = list(rows)
    used = uses(connection, [row.id for row in found])
    return [
        Entry(
            version=to_version(row, State(row.state)),
            state=State(row.state),
            origin=Origin(row.origin),
            created_at=row.created_at,
            changed_at=row.changed_at,
            uses=used.get(row.id, {}),
        )
        for row in found
    ]


def uses(connection: sa.Connection, ids: list[str]) -> dict[str, dict[str, int]]:
    """:returns: Question → series → number of uses."""
    found: dict[str, dict[str, int]] = {}
    counted = sa.select(bank_uses.c.question_id, bank_uses.c.series, sa.func.count()).group_by(
        bank_uses.c.question_id, bank_uses.c.series
    )
    for start in range(0, len(ids), CHUNK):
        chosen = counted.where(bank_uses.c.question_id.in_(ids[start : start + CHUNK]))
        for question, series, count in connection.execute(chosen.order_by(bank_uses.c.series)):
            found.setdefault(question, {})[series] = count
    return found


def snapshot(connection: sa.Connection, question_id: str) -> Snapshot:
    """:returns: What an action may change of a question, as it is now."""
    row = connection.execute(current().where(bank_questions.c.id == question_id)).first()
    if row is None:
        return None
    reviewed = row.reviewed_at.isoformat() if row.reviewed_at else None
    return {"version": row.version, "state": row.state, "reviewer": row.reviewer, "reviewed_at": reviewed}


def restore(connection: sa.Connection, question_id: str, before: Mapping[str, Any], at: datetime) -> None:
    """Set a question to what a snapshot says."""
    this = (bank_versions.c.question_id == question_id) & (bank_versions.c.number == before["version"])
    reviewed = datetime.fromisoformat(before["reviewed_at"]) if before["reviewed_at"] else None
    review = {"reviewer": before["reviewer"], "reviewed_at": reviewed}
    connection.execute(bank_versions.update().where(this).values(review))
    row = connection.execute(sa.select(bank_versions).where(this)).one()
    question = to_version(row, State.DRAFT).question
    values = columns(question) | {"version": row.number, "state": before["state"], "changed_at": at}
    connection.execute(bank_questions.update().where(bank_questions.c.id == question_id).values(values))


def insert(
    connection: sa.Connection, question: Question, state: State, origin: Origin, author: str, at: datetime
) -> None:
    """Store a question that the bank does not hold, as its version 1."""
    values = columns(question) | {"id": question.id, "version": 1, "state": state.value}
    values |= {"origin": origin.value, "created_at": at, "changed_at": at}
    connection.execute(bank_questions.insert().values(values))
    add_version(connection, question, 1, author, at)


def revise(connection: sa.Connection, question: Question, state: State, author: str, at: datetime) -> None:
    """Store another wording of a question; a number that was given once is not given again."""
    last = sa.select(sa.func.max(bank_versions.c.number)).where(bank_versions.c.question_id == question.id)
    number = int(connection.execute(last).scalar_one()) + 1
    add_version(connection, question, number, author, at)
    values = columns(question) | {"version": number, "state": state.value, "changed_at": at}
    connection.execute(bank_questions.update().where(bank_questions.c.id == question.id).values(values))


def add_version(
    connection: sa.Connection, question: Question, number: int, author: str, at: datetime
) -> None:
    """Store one wording."""
    row = {"question_id": question.id, "number": number, "content": content(question)}
    connection.execute(bank_versions.insert().values(**row, author=author, at=at))


def columns(question: Question) -> dict[str, Any]:
    """:returns: The values by which questions are found."""
    words = f"{question.id}\n{wording(question)}\n{question.explanation}"
    facts = question.model_dump(include={"type", "topic", "difficulty", "department", "region"})
    return {**facts, "words": words}
