"""What an administrator adds so that a question is answered: other names, and passages linked to questions."""

from collections.abc import Sequence

import sqlalchemy as sa

from kb.errors import InputError
from kb.judging.connecting import Tables, now
from kb.judging.gaps import Handled, How
from kb.judging.searches import shortened
from kb.references.canonical import comparable
from kb.store.saving import bump_revision
from kb.store.tables import gaps, links, synonyms

_SHORTEST_NAME, _LONGEST_NAME = 2, 20


class Additions(Tables):
    """
    Other names and linked passages, and the gaps that they or a decision have settled.

    Whatever is done here gives a `Handled` whose number undoes it.
    """

    def add_synonym(self, term: str, alias: str, texts: Sequence[str] = ()) -> int:
        """
        Let `alias` stand for `term` in searches.

        :param texts: The searches that this settles.
        :returns: Number that undoes it.
        :raises InputError: If a name is too short or long, or both are the same.
        """
        names = (_name(term), _name(alias))
        if names[0] == names[1]:
            raise InputError("两个说法相同", remedy="请写两个不同的说法")
        with self._write() as connection:
            row = {"term": names[0], "alias": names[1]}
            if not connection.execute(sa.select(synonyms).filter_by(**row)).first():
                connection.execute(synonyms.insert().values(row))
            return _settle(connection, texts, How.SYNONYM, names)

    def link(self, texts: Sequence[str], ref: str) -> int:
        """
        Make each of `texts` an entrance to a passage.

        :param ref: Reference of a provision or id of a document; whether it exists is the caller's business.
        :returns: Number that undoes it.
        """
        target = comparable(ref)
        with self._write() as connection:
            for text in dict.fromkeys(shortened(text) for text in texts):
                row = {"text": text, "ref": target}
                if not connection.execute(sa.select(links).filter_by(**row)).first():
                    connection.execute(links.insert().values(row))
            bump_revision(connection)
            return _settle(connection, texts, How.LINK, (target,))

    def set_aside(self, texts: Sequence[str], how: How) -> int:
        """
        Settle searches by a decision alone: a case is to be written, or nothing is to be done.

        :returns: Number that undoes it.
        """
        with self._write() as connection:
            return _settle(connection, texts, how, ())

    def undo(self, number: int) -> Handled | None:
        """
        Take back what was done: its synonym or links go, its searches are open again.

        :returns: What was undone; ``None`` if it was before.
        """
        with self._write() as connection:
            row = connection.execute(sa.select(gaps).where(gaps.c.id == number)).first()
            if row is None:
                return None
            done = _handled(row)
            if done.how is How.SYNONYM:
                term, alias = done.detail
                connection.execute(
                    synonyms.delete().where(synonyms.c.term == term, synonyms.c.alias == alias)
                )
            if done.how is How.LINK:
                (ref,) = done.detail
                connection.execute(links.delete().where(links.c.text.in_(done.texts), links.c.ref == ref))
                bump_revision(connection)
            connection.execute(gaps.delete().where(gaps.c.id == number))
        return done

    def handled(self) -> list[Handled]:
        """:returns: Everything done, the latest first."""
        with self._read() as connection:
            return [_handled(row) for row in connection.execute(sa.select(gaps).order_by(gaps.c.id.desc()))]

    def synonyms(self) -> list[tuple[str, str]]:
        """:returns: Pairs of a term and its other name, in the order in which they were added."""
        with self._read() as connection:
            rows = connection.execute(sa.select(synonyms).order_by(synonyms.c.id))
            return [(row.term, row.alias) for row in rows]

    def entrances(self) -> list[tuple[str, tuple[str, ...]]]:
        """:returns: Question → references (or document ids) that it leads to, in the order of linking."""
        found: dict[str, list[str]] = {}
        with self._read() as connection:
            for row in connection.execute(sa.select(links).order_by(links.c.id)):
                found.setdefault(row.text, []).append(row.ref)
        return [(text, tuple(refs)) for text, refs in found.items()]


def _name(text: str) -> str:
    name = "".join(text.split())
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME:
        raise InputError(
            f"说法“{name[:_LONGEST_NAME]}”应有 {_SHORTEST_NAME} 到 {_LONGEST_NAME} 个字",
            remedy="请改短或补全",
        )
    return name


def _settle(connection: sa.Connection, texts: Sequence[str], how: How, detail: Sequence[str]) -> int:
    row = {
        "texts": list(dict.fromkeys(shortened(t) for t in texts)),
        "how": how.value,
        "detail": list(detail),
    }
    inserted = connection.execute(gaps.insert().values(**row, at=now())).inserted_primary_key
    assert inserted is not None
    return int(inserted[0])


def _handled(row: "sa.Row[tuple[object, ...]]") -> Handled:
    return Handled(row.id, tuple(row.texts), How(row.how), tuple(row.detail), row.at)
