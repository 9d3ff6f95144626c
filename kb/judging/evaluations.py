"""Figures of past evaluations over the saved judgements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kb.judging.connecting import Tables, now
from kb.store.tables import evaluations

MOST_KEPT = 100

Figures = Mapping[str, Mapping[str, float]]
"""Leg → metric → mean."""


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation."""

    at: datetime
    gold: str
    """Fingerprint of the judged questions; runs of the same gold set compare directly."""
    queries: int
    setup: str
    """What was measured, in words: model and weights."""
    figures: Figures


class Evaluations(Tables):
    """The last evaluations, `MOST_KEPT` at most."""

    def add(self, gold: str, queries: int, setup: str, figures: Figures) -> None:
        """Keep the figures of one evaluation."""
        row = {"gold": gold, "queries": queries, "setup": setup, "at": now()}
        plain = {leg: dict(values) for leg, values in figures.items()}
        with self._write() as connection:
            inserted = connection.execute(
                evaluations.insert().values(**row, figures=plain)
            ).inserted_primary_key
            assert inserted is not None
            connection.execute(evaluations.delete().where(evaluations.c.id <= inserted[0] - MOST_KEPT))

    def all(self) -> list[Run]:
        """:returns: The runs kept, oldest first."""
        with self._read() as connection:
            rows = connection.execute(sa.select(evaluations).order_by(evaluations.c.id)).all()
        return [Run(row.at, row.gold, row.queries, row.setup, row.figures) for row in rows]
