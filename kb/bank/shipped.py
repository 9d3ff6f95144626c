"""The shipped questions enter the bank, and leave alone what a user changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kb.bank import rows
from kb.bank.entry import Origin
from kb.bank.question import Question
from kb.bank.states import Action, State
from kb.store.tables import bank_changes, bank_questions

AUTHOR = "案典"
"""Who wrote the shipped questions, as the bank tells it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one reading of the shipped questions."""

    new: int = 0
    changed: int = 0
    retired: int = 0
    """Questions that are shipped no more."""
    kept: int = 0
    """Questions that a user changed, or whose id is a user's; they stay as they are."""


def take_shipped(connection: sa.Connection, questions: Iterable[Question], at: datetime) -> Taken:
    """
    Bring the bank in step with the questions that are shipped now.

    A question that was not touched gets the new wording as a new version and the new state; one whose
    wording or state a user changed stays as it is. What is shipped no more is retired, never deleted.
    """
    stored = {row.id: row for row in connection.execute(rows.current())}
    touched = _touched(connection)
    new = changed = kept = 0
    seen: set[str] = set()
    for question in questions:
        seen.add(question.id)
        row, state = stored.get(question.id), rows.STATE_OF[question.status]
        if row is None:
            rows.insert(connection, question, state, Origin.SHIPPED, AUTHOR, at)
            new += 1
        elif question.id in touched or row.origin != Origin.SHIPPED:
            kept += 1
        elif row.content != rows.content(question):
            rows.revise(connection, question, state, AUTHOR, at)
            changed += 1
        elif row.state != state:
            _set_state(connection, question.id, state, at)
            changed += 1
    gone = [
        row.id
        for row in stored.values()
        if row.origin == Origin.SHIPPED and row.id not in seen | touched and row.state != State.RETIRED
    ]
    for question_id in gone:
        _set_state(connection, question_id, State.RETIRED, at)
    return Taken(new, changed, len(gone), kept)


def _touched(connection: sa.Connection) -> set[str]:
    chosen = sa.select(bank_changes.c.before).where(
        bank_changes.c.undone_at.is_(None), bank_changes.c.action != Action.USE.value
    )
    return {question for before in connection.execute(chosen).scalars() for question in before}


def _set_state(connection: sa.Connection, question_id: str, state: State, at: datetime) -> None:
    this = bank_questions.c.id == question_id
    connection.execute(bank_questions.update().where(this).values(state=state.value, changed_at=at))
