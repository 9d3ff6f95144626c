"""What the index knows of every document besides its words: the columns that filters test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.documents import NATIONWIDE, Kind, Status
from kb.store.rows import StoredDocument
from retrieval.query import Filter

NO_START = 0
NO_END = date.max.toordinal()
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Catalogue:
    """
    One row a document, in columns; `passage_row` maps passages (by index position) to rows.

    Days are proleptic ordinals (`datetime.date.toordinal`).
    """

    document_key: NDArray[np.int64]
    kind: NDArray[np.str_]
    region: NDArray[np.str_]
    level: NDArray[np.str_]
    topics: NDArray[np.str_]
    """Topics joined and enclosed by ``|``."""
    since: NDArray[np.int32]
    until: NDArray[np.int32]
    superseded: NDArray[np.bool_]
    digest: NDArray[np.bool_]
    passage_id: NDArray[np.int64]
    passage_row: NDArray[np.int32]
    work: NDArray[np.int32]
    """Number of the rule or other document a row belongs to; all versions and parts of a rule share it."""
    name: NDArray[np.str_]
    """Canonical reference of a provision, or the document's id; passages of equal name are one hit."""
    group: NDArray[np.int32]
    """Number of the name."""

    @classmethod
    def build(
        cls,
        documents: Sequence[StoredDocument],
        passage_ids: Sequence[int],
        document_keys: Sequence[int],
        names: Sequence[str],
    ) -> "Catalogue":
        """
        :param documents: All documents of the index.
        :param passage_ids: Store ids of the passages, in index order.
        :param document_keys: The document key of each passage.
        :param names: The reference or document id of each passage.
        """
        numbers: dict[str, int] = {}
        works: dict[str, int] = {}
        titles = [d.document.short_title or d.document.id for d in documents]
        row_of = {d.key: row for row, d in enumerate(documents)}
        return cls(
            document_key=np.array([d.key for d in documents], np.int64),
            kind=_text([d.document.kind.value for d in documents]),
            region=_text([d.document.region for d in documents]),
            level=_text([d.document.level.value if d.document.level else "" for d in documents]),
            topics=_text([f"|{'|'.join(d.document.topics)}|" for d in documents]),
            since=np.array([_day(d.validity.since, NO_START) for d in documents], np.int32),
            until=np.array([_day(d.validity.until, NO_END) for d in documents], np.int32),
            superseded=np.array([d.validity.superseded for d in documents], np.bool_),
            digest=np.array([d.document.origin.value == "digest" for d in documents], np.bool_),
            passage_id=np.array(passage_ids, np.int64),
            passage_row=np.array([row_of[key] for key in document_keys], np.int32),
            work=np.array([works.setdefault(t, len(works)) for t in titles], np.int32),
            name=_text(names),
            group=np.array([numbers.setdefault(n, len(numbers)) for n in names], np.int32),
        )

    @cached_property
    def rule(self) -> Mask:
        """Which documents (rows) are rules."""
        rules: Mask = self.kind == Kind.REGULATION.value
        return rules

    @cached_property
    def group_work(self) -> NDArray[np.int32]:
        """Work of each group, shape ``(groups,)``."""
        works = np.zeros(int(self.group.max(initial=-1)) + 1, np.int32)
        works[self.group] = self.work[self.passage_row]
        return works

    def columns(self) -> dict[str, NDArray[Any]]:
        """:returns: All columns by name, for saving."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def members(self, group: int) -> NDArray[np.int64]:
        """:returns: Positions of all passages of a group."""
        order, starts = self._by_group
        return order[starts[group] : starts[group + 1]]

    @cached_property
    def _by_group(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Positions by group, and where each group begins among them."""
        order = np.argsort(self.group, kind="stable")
        groups = int(self.group.max(initial=-1)) + 1
        return order, np.searchsorted(self.group[order], np.arange(groups + 1))

    def allowed(self, wanted: Filter) -> Mask:
        """:returns: Which documents (rows) pass the filter, shape ``(documents,)``; not to be written to."""
        return self._masks(wanted)

    def allowed_passages(self, wanted: Filter) -> tuple[Mask, Mask]:
        """:returns: Which provisions, and which other passages, pass the filter, shape ``(passages,)`` each."""
        return self._passage_masks(wanted)

    @cached_property
    def _passage_masks(self) -> Callable[[Filter], tuple[Mask, Mask]]:
        def masks(wanted: Filter) -> tuple[Mask, Mask]:
            rows = self.allowed(wanted)
            return (rows & self.rule)[self.passage_row], (rows & ~self.rule)[self.passage_row]

        return lru_cache(maxsize=32)(masks)

    @cached_property
    def _masks(self) -> Callable[[Filter], Mask]:
        # Every component of a search asks for the same one, and most searches use the same filter.
        return lru_cache(maxsize=32)(self._mask)

    def _mask(self, wanted: Filter) -> Mask:
        rule = self.rule
        mask = np.ones(len(self.document_key), np.bool_)
        if wanted.kinds:
            mask &= np.isin(self.kind, [k.value for k in wanted.kinds])
        if wanted.regions:
            mask &= np.isin(self.region, [NATIONWIDE, *wanted.regions])
        if wanted.home_region:
            mask &= ~rule | np.isin(self.region, [NATIONWIDE, wanted.home_region])
        if wanted.levels:
            mask &= np.isin(self.level, [level.value for level in wanted.levels])
        if wanted.topics:
            mask &= np.logical_or.reduce([np.char.find(self.topics, f"|{t}|") >= 0 for t in wanted.topics])
        if wanted.statuses:
            mask &= ~rule | np.isin(self.statuses(wanted.as_of), [s.value for s in wanted.statuses])
        mask.setflags(write=False)
        return mask

    def statuses(self, day: date) -> NDArray[np.str_]:
        """:returns: Value of `Status` of every document on `day`; meaningful for rules only."""
        ordinal = day.toordinal()
        ended = self.until <= ordinal
        return np.select(
            [ended & self.superseded, ended, self.since > ordinal],
            [Status.AMENDED.value, Status.REPEALED.value, Status.NOT_YET_IN_FORCE.value],
            Status.IN_FORCE.value,
        )


def _day(day: date | None, default: int) -> int:
    return default if day is None else day.toordinal()


def _text(values: Sequence[str]) -> NDArray[np.str_]:
    return np.array(values, dtype=np.str_) if values else np.array([], dtype="U1")
