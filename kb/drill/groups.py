"""
Random groups (随机分组) that anybody can draw again.

The draw, with lots as `kb.drill.lots` defines them (``lot(seed, part, …)``):

1. **Order.** People are sorted by three lots: of their 街道 ``("district", 街道)``, of their unit
   ``("unit", 街道, unit)``, and their own ``("person", name, unit, n)``, where n = 1, 2, … tells apart
   entries of the same name and unit (fewer years in post first). Somebody without a unit counts as a unit of
   their own, with the own lot in the second place. A unit whose members name one 街道 or none belongs
   to that 街道.
2. **Deal.** In this order people are dealt to groups 1, 2, …, k, 1, 2, … So sizes differ by at most one, and
   since colleagues follow one another, no group has more of a unit of m than ⌈m/k⌉: by the pigeonhole
   principle no draw can do better. The same holds for each 街道.
3. **Mix.** For t = 1 … 20·n the lots ``("mix", t, "a")`` and ``("mix", t, "b")``, modulo n, name two places of
   the order. The two people change groups unless that breaks a bound of step 2. (A random walk over all
   groupings within the bounds, so that neighbours of the deal meet no more often than others.)
4. **Balance.** While the mean years in post of two groups lie more than one year apart, the exchange within
   the bounds is made that lowers Σ (sum of years)² / size the most; of equals the one whose places come
   first. It ends where no exchange lowers it. Years count in tenths; who gave none counts as the
   lower median of those who did. All numbers are whole (the sum is multiplied by both sizes).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from kb.drill.exchange import Table
from kb.drill.lots import checked_seed, lot
from kb.drill.person import Person
from kb.errors import InputError

MOST_PEOPLE = 500
DEFAULT_SIZE = 5
_MIXING = 20


@dataclass(frozen=True, slots=True)
class Draw:
    """Groups and what anybody needs to draw them again."""

    seed: str
    groups: tuple[tuple[Person, ...], ...]
    """Group 1 first; people in the order of their lots."""
    unmet: tuple[str, ...] = field(default=())
    """What could not hold and why; Chinese lines without a final stop."""


def groups_of_size(people: int, size: int) -> int:
    """
    :param size: People a group at most.
    :returns: How many groups that makes.
    :raises InputError: If `size` is not positive.
    """
    if size < 1:
        raise InputError("每组人数应大于 0", remedy="请改成 4 到 6 这样的数")
    return -(-people // size)


def draw_groups(people: Sequence[Person], groups: int, seed: str) -> Draw:
    """
    Draw groups; the module says how.

    :param people: Everybody to be seated; their order does not matter.
    :param groups: How many groups, from 1 to the number of people.
    :raises InputError: If the number of groups, the number of people or the seed cannot be used.
    """
    seed = checked_seed(seed)
    if len(people) > MOST_PEOPLE:
        raise InputError(f"一次最多分 {MOST_PEOPLE} 人", remedy="请分成几场")
    if not 1 <= groups <= len(people):
        raise InputError(f"{len(people)} 人分不成 {groups} 组", remedy=f"组数应是 1 到 {len(people)}")
    places = _in_order(people, seed)
    ordered = [place.person for place in places]
    years, guess = _tenths(ordered)
    table = Table.dealt([place.unit for place in places], [place.district for place in places], groups)
    _mix(table, seed)
    _balance(table, np.array(years), groups)
    seated: list[list[Person]] = [[] for _ in range(groups)]
    for person, group in zip(ordered, table.group, strict=True):
        seated[int(group)].append(person)
    means = _means(years, [int(group) for group in table.group], groups)
    unmet = [*_crowded_units(places, groups), *_unbalanced(means), *_years_unknown(ordered, guess)]
    return Draw(seed, tuple(map(tuple, seated)), tuple(unmet))


@dataclass(frozen=True, slots=True)
class _Place:
    """A person with the unit and 街道 that bounds go by; empty where there is none."""

    person: Person
    unit: tuple[str, ...]
    district: str


def _in_order(people: Sequence[Person], seed: str) -> list[_Place]:
    named: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.district:
            named[person.unit].add(person.district)
    seen: Counter[tuple[str, str]] = Counter()
    sortable: list[tuple[tuple[int, int, int], _Place]] = []
    for person in sorted(people, key=lambda p: (-1 if p.years is None else p.years, p.district, p.id)):
        district = person.district
        if person.unit and not district and len(named[person.unit]) == 1:
            (district,) = named[person.unit]
        seen[person.name, person.unit] += 1
        own = lot(seed, "person", person.name, person.unit, str(seen[person.name, person.unit]))
        unit = lot(seed, "unit", district, person.unit) if person.unit else own
        place = _Place(person, (district, person.unit) if person.unit else (), district)
        sortable.append(((lot(seed, "district", district), unit, own), place))
    return [place for _, place in sorted(sortable, key=lambda pair: pair[0])]


def _tenths(people: Sequence[Person]) -> tuple[list[int], int]:
    """:returns: Years of each in tenths, and what stands for those not given."""
    known = sorted(int(person.years * 10) for person in people if person.years is not None)
    guess = known[(len(known) - 1) // 2] if known else 0
    return [guess if person.years is None else int(person.years * 10) for person in people], guess


def _mix(table: Table, seed: str) -> None:
    n = len(table.group)
    for step in range(1, _MIXING * n + 1):
        first, second = (lot(seed, "mix", str(step), which) % n for which in "ab")
        if table.may_exchange(first, second):
            table.exchange(first, second)


def _balance(table: Table, years: "np.ndarray[tuple[int], np.dtype[np.int64]]", groups: int) -> None:
    while table.means_apart(years, groups):
        best = table.best_exchange(years, groups)
        if best is None:
            return
        table.exchange(*best)


def _crowded_units(places: Sequence[_Place], groups: int) -> list[str]:
    sizes = Counter(place.unit for place in places if place.unit)
    return [
        f"{unit}有 {size} 人，只有 {groups} 组，必有同单位的人同组（每组最多 {-(-size // groups)} 人）"
        for (_, unit), size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))
        if size > groups
    ]


def _means(years: Sequence[int], group: Sequence[int], groups: int) -> list[Decimal]:
    sizes, sums = Counter(group), Counter[int]()
    for own, value in zip(group, years, strict=True):
        sums[own] += value
    return [Decimal(sums[number]) / (10 * sizes[number]) for number in range(groups)]


def _unbalanced(means: Sequence[Decimal]) -> list[str]:
    high, low = (which(range(len(means)), key=means.__getitem__) for which in (max, min))
    if means[high] - means[low] <= 1:
        return []
    shown = [means[number].quantize(Decimal("0.1"), ROUND_HALF_UP) for number in (high, low)]
    return [
        f"任职年限配不平：第 {high + 1} 组平均 {shown[0]} 年，第 {low + 1} 组平均 {shown[1]} 年，"
        f"再换人不能更平均，或会让同单位、同街道的人同组"
    ]


def _years_unknown(people: Sequence[Person], guess: int) -> list[str]:
    unknown = sum(person.years is None for person in people)
    if not 0 < unknown < len(people):
        return ["没有人填任职年限，没有按年限搭配"] if unknown else []
    return [f"有 {unknown} 人没有填任职年限，按中位数 {Decimal(guess) / 10} 年搭配"]
