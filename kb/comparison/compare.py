"""Two versions of one rule side by side: what stayed, changed, came, went and moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from kb.comparison.align import Alignment, align
from kb.comparison.differ import Piece, alike, difference
from kb.documents import Passage
from kb.segment import Segmenter

_REMEMBERED = 16


class Change(StrEnum):
    """What happened to a provision."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Row:
    """One provision in both versions; a position is ``None`` where the version has none."""

    change: Change
    old: int | None
    new: int | None
    moved: bool = False
    """It stands elsewhere among its neighbours, whatever its number."""
    renumbered: bool = False
    akin: int | None = None
    """For one without a partner: position, on the other side, of the one it has most in common with."""
    pieces: tuple[Piece, ...] = ()
    """Word-level difference of the texts."""

    @property
    def differs(self) -> bool:
        """Whether anything but its number is different."""
        return self.change is not Change.SAME or self.moved


@dataclass(frozen=True, slots=True)
class Comparison:
    """All provisions of two versions, in the order of the new one; a deleted one follows its old neighbour."""

    old: Sequence[Passage]
    new: Sequence[Passage]
    rows: tuple[Row, ...]

    def count(self, change: Change) -> int:
        """:returns: How many provisions met with `change`."""
        return sum(row.change is change for row in self.rows)

    @property
    def moved(self) -> int:
        """How many stand elsewhere among their neighbours."""
        return sum(row.moved for row in self.rows)

    @property
    def renumbered(self) -> int:
        """How many carry another number."""
        return sum(row.renumbered for row in self.rows)

    def row_of(self, position: int, *, in_old: bool) -> int | None:
        """:returns: Number of the row that holds a provision of one version."""
        found = (n for n, r in enumerate(self.rows) if (r.old if in_old else r.new) == position)
        return next(found, None)


def compare(old: Sequence[Passage], new: Sequence[Passage], segmenter: Segmenter) -> Comparison:
    """
    Compare two versions provision by provision.

    Comparing the other way round gives the same counts with added and deleted exchanged.
    """
    rows = [
        replace(row, pieces=difference(_text(old, row.old), _text(new, row.new), segmenter))
        for row in _rows(old, new, _aligned(old, new))
    ]
    return Comparison(old, new, tuple(rows))


@lru_cache(maxsize=_REMEMBERED)
def partners(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> Mapping[int, tuple[int, bool]]:
    """
    Tell what became of each provision, without the words; the last answers are remembered.

    :returns: For each position in `new` that `old` has too: its position there and whether the text changed.
    """
    found = _aligned(old, new)
    return {j: (i, not alike(old[i].text, new[j].text)) for i, j in (*found.in_turn, *found.moved)}


def _aligned(old: Sequence[Passage], new: Sequence[Passage]) -> Alignment:
    """Always aligned the same way round, so that ties fall alike in both directions."""
    if (len(old), [p.text for p in old]) <= (len(new), [p.text for p in new]):
        return align(old, new)
    found = align(new, old)
    return Alignment(_flipped(found.in_turn), _flipped(found.moved), found.akin_of_new, found.akin_of_old)


def _flipped(pairs: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((i, j) for j, i in pairs)


def _rows(old: Sequence[Passage], new: Sequence[Passage], found: Alignment) -> list[Row]:
    moved = {j: i for i, j in found.moved}
    partner = {j: i for i, j in found.in_turn} | moved
    deleted = sorted(set(range(len(old))) - set(partner.values()))
    rows: list[Row] = []
    for j in range(len(new)):
        i = partner.get(j)
        if i is None:
            rows.append(Row(Change.ADDED, None, j, akin=found.akin_of_new.get(j)))
            continue
        if j not in moved:
            while deleted and deleted[0] < i:
                rows.append(_deleted(deleted.pop(0), found))
        change = Change.SAME if alike(old[i].text, new[j].text) else Change.CHANGED
        rows.append(Row(change, i, j, moved=j in moved, renumbered=old[i].label != new[j].label))
    return [*rows, *(_deleted(i, found) for i in deleted)]


def _deleted(position: int, found: Alignment) -> Row:
    return Row(Change.DELETED, position, None, akin=found.akin_of_old.get(position))


def _text(passages: Sequence[Passage], position: int | None) -> str:
    return "" if position is None else passages[position].text
