"""The question bank: every question with its versions, its way through the review, and its uses."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from kb.bank import rows
from kb.bank.entry import Change, Entry, Filter, Origin, Page, Version
from kb.bank.question import Question
from kb.bank.shipped import Taken, take_shipped
from kb.bank.states import Action, State, moved, person
from kb.errors import InputError, NotFound
from kb.judging.connecting import Tables, now
from kb.store.tables import bank_changes, bank_questions, bank_uses, bank_versions

MOST_SERIES_NAME = 60


class Bank(Tables):
    """
    Questions from draft to retirement.

    Whatever is done here gives the number of a `Change`, which `undo` takes; everything done is kept.
    """

    # -- writing ---------------------------------------------------------------------------------

    def add(self, questions: Sequence[Question], author: str) -> int:
        """
        Take in new questions as drafts, all or none.

        :returns: Number that undoes it.
        :raises InputError: If one of the ids is taken, or is given twice.
        """
        return self.save(questions, (), author)

    def save(self, new: Sequence[Question], changed: Sequence[Question], author: str) -> int:
        """
        Take in new questions and new wordings of others, all or none; all of them are drafts then.

        :returns: Number that undoes it.
        :raises InputError: If the id of a new one is taken, or an id is given twice.
        :raises NotFound: If the bank holds no question of the id of a changed one.
        """
        actor, ids = person(author), [question.id for question in (*new, *changed)]
        twice = [one for one, times in Counter(ids).items() if times > 1]
        if twice:
            raise InputError(f"编号 {twice[0]} 出现了两次", remedy="请给其中一题换个编号")

        def act(connection: sa.Connection, _change: int) -> None:
            for question in new:
                if rows.snapshot(connection, question.id) is not None:
                    raise InputError(f"题库里已有编号 {question.id}", remedy="请换个编号，或按修改保存")
                rows.insert(connection, question, State.DRAFT, Origin.USER, actor, now())
            for question in changed:
                _existing(connection, question.id)
                rows.revise(connection, question, State.DRAFT, actor, now())

        return self._act(Action.ADD if new else Action.REVISE, ids, actor, act)

    def revise(self, question: Question, author: str) -> int:
        """
        Give a question another wording, which is a draft until somebody else has reviewed it.

        :returns: Number that undoes it; the earlier versions stay.
        :raises NotFound: If the bank holds no question of this id.
        """
        return self.save((), (question,), author)

    def move(self, ids: Sequence[str], action: Action, by: str) -> int:
        """
        Review, publish, retire or reopen questions, all or none.

        :returns: Number that undoes it.
        :raises InputError: If the rules of `kb.bank.states.moved` forbid it for one of them.
        :raises NotFound: If the bank does not hold one of them.
        """
        actor, chosen = person(by), list(dict.fromkeys(ids))

        def act(connection: sa.Connection, _change: int) -> None:
            for question_id in chosen:
                row = _existing(connection, question_id)
                state = moved(question_id, State(row.state), action, row.author, actor)
                after = rows.snapshot(connection, question_id)
                assert after is not None
                after["state"] = state.value
                if action is Action.REVIEW:
                    after |= {"reviewer": actor, "reviewed_at": now().isoformat()}
                rows.restore(connection, question_id, after, now())

        return self._act(action, chosen, actor, act)

    def note_uses(self, ids: Sequence[str], series: str, by: str) -> int:
        """
        Note that a seminar of a series put these questions.

        :returns: Number that undoes it.
        :raises InputError: If the name of the series is empty or too long.
        :raises NotFound: If the bank does not hold one of them.
        """
        name = series_name(series)

        def act(connection: sa.Connection, change: int) -> None:
            for question_id in dict.fromkeys(ids):
                _existing(connection, question_id)
                row = {"question_id": question_id, "series": name, "change_id": change}
                connection.execute(bank_uses.insert().values(row))

        return self._act(Action.USE, list(dict.fromkeys(ids)), person(by), act)

    def undo(self, number: int) -> Change | None:
        """
        Take back what was done; versions written meanwhile stay in the history of their questions.

        :returns: What was undone; ``None`` if there was no such change, or it was undone before.
        :raises InputError: If one of the questions was changed or used since.
        """
        with self._write() as connection:
            this = bank_changes.c.id == number
            row = connection.execute(sa.select(bank_changes).where(this)).first()
            if row is None or row.undone_at is not None:
                return None
            connection.execute(bank_uses.delete().where(bank_uses.c.change_id == number))
            if row.action != Action.USE:
                for question_id, before in row.before.items():
                    _take_back(connection, question_id, before, row.after[question_id])
            connection.execute(bank_changes.update().where(this).values(undone_at=now()))
        return _change(row)

    def take_shipped(self, questions: Iterable[Question]) -> Taken:
        """Bring the shipped questions in; see `kb.bank.shipped.take_shipped`."""
        with self._write() as connection:
            return take_shipped(connection, questions, now())

    # -- reading ---------------------------------------------------------------------------------

    def entry(self, question_id: str) -> Entry:
        """
        Read one question.

        :raises NotFound: If the bank holds none of that id.
        """
        with self._read() as connection:
            chosen = connection.execute(rows.current().where(bank_questions.c.id == question_id))
            found = rows.entries(connection, chosen)
        if not found:
            raise _missing(question_id)
        return found[0]

    def versions(self, question_id: str) -> list[Version]:
        """
        :returns: Every wording of a question, the oldest first.
        :raises NotFound: If the bank holds none of that id.
        """
        with self._read() as connection:
            state = State(_existing(connection, question_id).state)
            chosen = sa.select(bank_versions).where(bank_versions.c.question_id == question_id)
            found = connection.execute(chosen.order_by(bank_versions.c.number))
            return [rows.to_version(row, state) for row in found]

    def find(self, chosen: Filter | None = None, offset: int = 0, limit: int | None = None) -> Page:
        """
        List questions by id.

        :param chosen: What to narrow the list to.
        :param offset: How many to pass over.
        :param limit: How many at most; all by default.
        """
        conditions = _conditions(chosen or Filter())
        query = rows.current().where(*conditions).order_by(bank_questions.c.id).offset(offset)
        with self._read() as connection:
            counted = sa.select(sa.func.count()).select_from(bank_questions).where(*conditions)
            total = int(connection.execute(counted).scalar_one())
            found = rows.entries(connection, connection.execute(query.limit(limit)))
        return Page(tuple(found), total)

    def used_by(self, series: str) -> set[str]:
        """:returns: Ids of the questions that a series has put."""
        chosen = sa.select(bank_uses.c.question_id).where(bank_uses.c.series == series_name(series))
        with self._read() as connection:
            return set(connection.execute(chosen.distinct()).scalars())

    def changes(self) -> list[Change]:
        """:returns: Everything that was done, the latest first, undone or not."""
        with self._read() as connection:
            found = connection.execute(sa.select(bank_changes).order_by(bank_changes.c.id.desc()))
            return [_change(row) for row in found]

    def free_ids(self, count: int, prefix: str = "user") -> list[str]:
        """:returns: Ids that no question has: ``user-0001`` and so on, above the highest one in use."""
        chosen = sa.select(bank_questions.c.id).where(bank_questions.c.id.startswith(f"{prefix}-"))
        with self._read() as connection:
            ends = [one.removeprefix(f"{prefix}-") for one in connection.execute(chosen).scalars()]
        last = max((int(end) for end in ends if end.isdecimal() and len(end) < 10), default=0)
        return [f"{prefix}-{number:04}" for number in range(last + 1, last + count + 1)]

    def _act(
        self, action: Action, ids: Sequence[str], actor: str, act: Callable[[sa.Connection, int], None]
    ) -> int:
        """Do something within one transaction, and keep how the questions were before and after."""
        with self._write() as connection:
            before = {one: rows.snapshot(connection, one) for one in ids}
            entry = {"action": action.value, "actor": actor, "at": now(), "before": before, "after": {}}
            inserted = connection.execute(bank_changes.insert().values(entry)).inserted_primary_key
            assert inserted is not None
            number = int(inserted[0])
            act(connection, number)
            after = {one: rows.snapshot(connection, one) for one in ids}
            connection.execute(bank_changes.update().where(bank_changes.c.id == number).values(after=after))
        return number


def series_name(name: str) -> str:
    """
    Tidy the name of a series.

    :raises InputError: If it is empty or longer than `MOST_SERIES_NAME`.
    """
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= MOST_SERIES_NAME:
        raise InputError(f"系列名称应有 1 到 {MOST_SERIES_NAME} 个字", remedy="请改短或补全")
    return tidy


def _existing(connection: sa.Connection, question_id: str) -> "sa.Row[Any]":
    row = connection.execute(rows.current().where(bank_questions.c.id == question_id)).first()
    if row is None:
        raise _missing(question_id)
    return row


def _missing(question_id: str) -> NotFound:
    return NotFound(f"题库里没有编号为“{question_id}”的题；运行 andian bank list 查看全部编号")


def _take_back(
    connection: sa.Connection, question_id: str, before: rows.Snapshot, after: rows.Snapshot
) -> None:
    used = sa.select(bank_uses.c.id).where(bank_uses.c.question_id == question_id)
    gone = before is None and connection.execute(used).first() is not None
    if gone or rows.snapshot(connection, question_id) != after:
        raise InputError(f"{question_id} 后来又改过或用过", remedy="请先撤销后来的操作")
    if before is None:
        connection.execute(bank_versions.delete().where(bank_versions.c.question_id == question_id))
        connection.execute(bank_questions.delete().where(bank_questions.c.id == question_id))
    else:
        rows.restore(connection, question_id, before, now())


def _change(row: "sa.Row[Any]") -> Change:
    return Change(row.id, Action(row.action), row.actor, row.at, tuple(row.before), row.undone_at)


def _conditions(chosen: Filter) -> list[sa.ColumnElement[bool]]:
    table = bank_questions.c
    wanted = (
        (table.topic, chosen.topic), (table.type, chosen.type), (table.difficulty, chosen.difficulty),
        (table.department, chosen.department), (table.region, chosen.region),
        (table.state, chosen.state and chosen.state.value),
        (table.origin, chosen.origin and chosen.origin.value),
    )  # fmt: skip
    exact = [column == value for column, value in wanted if value is not None]
    return exact + [table.words.contains(word, autoescape=True) for word in chosen.text.split()]
