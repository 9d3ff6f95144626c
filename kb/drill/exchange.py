"""Who sits in which group while a draw is made, and which two people may change places."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

_YEAR = 10
"""Tenths."""

Ints = NDArray[np.int64]


class _Bound:
    """How many people of one kind (a unit, a 街道) each group has, and may have: ⌈m/k⌉."""

    def __init__(self, kinds: Sequence[Hashable], group: Ints, groups: int):
        numbers: dict[Hashable, int] = {}
        keys = [kind or ("nothing in common", place) for place, kind in enumerate(kinds)]
        self.kind = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
        self.count = np.zeros((len(numbers), groups), dtype=np.int64)
        np.add.at(self.count, (self.kind, group), 1)
        self.most = -(-self.count.sum(axis=1) // groups)

    def allows(self, first: int, second: int, group: Ints) -> bool:
        one, other = self.kind[first], self.kind[second]
        return bool(
            one == other
            or self.count[one, group[second]] < self.most[one]
            and self.count[other, group[first]] < self.most[other]
        )

    def allowed(self, group: Ints) -> NDArray[np.bool_]:
        """:returns: For every two places whether an exchange keeps the bound; shape (n, n)."""
        room = self.count[self.kind][:, group] < self.most[self.kind][:, None]
        same: NDArray[np.bool_] = self.kind[:, None] == self.kind[None, :]
        allowed: NDArray[np.bool_] = same | room & room.T
        return allowed

    def exchange(self, first: int, second: int, group: Ints) -> None:
        for place, into in ((first, second), (second, first)):
            self.count[self.kind[place], group[place]] -= 1
            self.count[self.kind[place], group[into]] += 1


class Table:
    """
    The group of every place, changed by exchanges that keep sizes and bounds.

    A place is a position in the order of the draw.
    """

    def __init__(self, group: Ints, bounds: Sequence[_Bound]):
        self.group = group
        """Group of each place, counted from 0."""
        self._bounds = bounds

    @classmethod
    def dealt(cls, units: Sequence[Hashable], districts: Sequence[Hashable], groups: int) -> "Table":
        """
        Deal people to groups in turn.

        :param units: Unit of each place; whatever is false is no unit.
        :param districts: 街道 of each place, likewise.
        """
        group = np.arange(len(units), dtype=np.int64) % groups
        return cls(group, [_Bound(units, group, groups), _Bound(districts, group, groups)])

    def may_exchange(self, first: int, second: int) -> bool:
        """:returns: Whether two people sit in different groups and changing them keeps every bound."""
        return bool(self.group[first] != self.group[second]) and all(
            bound.allows(first, second, self.group) for bound in self._bounds
        )

    def exchange(self, first: int, second: int) -> None:
        """Let two people change groups."""
        for bound in self._bounds:
            bound.exchange(first, second, self.group)
        self.group[[first, second]] = self.group[[second, first]]

    def means_apart(self, years: Ints, groups: int) -> bool:
        """:returns: Whether the mean years (given in tenths) of two groups lie more than a year apart."""
        sums, sizes = self._sums(years, groups)
        apart = sums[:, None] * sizes[None, :] - sums[None, :] * sizes[:, None]
        return bool((apart > _YEAR * sizes[:, None] * sizes[None, :]).any())

    def best_exchange(self, years: Ints, groups: int) -> tuple[int, int] | None:
        """
        Find what lowers Σ (sum of years)² / size the most.

        :returns: Two places, the first of equals in order; ``None`` if nothing lowers it.
        """
        sums, sizes = self._sums(years, groups)
        weight = (sizes.min() * sizes.max()) // sizes if sizes.min() < sizes.max() else np.ones_like(sizes)
        more = years[None, :] - years[:, None]  # what the first place's group gains
        own_sum, own_weight = sums[self.group], weight[self.group]
        change = own_weight[:, None] * (2 * own_sum[:, None] * more + more**2)
        change += own_weight[None, :] * (more**2 - 2 * own_sum[None, :] * more)
        allowed = np.triu(self.group[:, None] != self.group[None, :])
        for bound in self._bounds:
            allowed &= bound.allowed(self.group)
        change[~allowed] = 0
        best = int(change.argmin())
        return divmod(best, len(years)) if change.flat[best] < 0 else None

    def _sums(self, years: Ints, groups: int) -> tuple[Ints, Ints]:
        sums = np.zeros(groups, dtype=np.int64)
        np.add.at(sums, self.group, years)
        return sums, np.bincount(self.group, minlength=groups).astype(np.int64)
