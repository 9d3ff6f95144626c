"""Where a late-comer sits, without moving anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.drill.person import Person
from kb.errors import InputError


@dataclass(frozen=True, slots=True)
class Seat:
    """The group of a late-comer."""

    group: int
    """Counted from 1."""
    unmet: str = ""
    """What could not hold, in Chinese; empty if everything does."""


def seat(groups: Sequence[Sequence[Person]], newcomer: Person) -> Seat:
    """
    Choose the smallest group that fits: one without a colleague of the newcomer's unit.

    Of equally small ones the group with the fewest people of the same 街道 is chosen, then the one whose mean
    years in post the newcomer brings nearest to everybody's, then the first. Where every group holds a colleague,
    the group with the fewest colleagues is chosen, then as above.

    :param groups: Who sits where now; group 1 first.
    :raises InputError: If there are no groups yet.
    """
    if not groups:
        raise InputError("还没有分组", remedy="请先分组，再安排迟到的人")
    mean = _mean([person for group in groups for person in group] + [newcomer])

    def unlike(number: int) -> tuple[int, int, int, float, int]:
        group = groups[number]
        same_district = sum(bool(p.district) and p.district == newcomer.district for p in group)
        far = round(abs(_mean([*group, newcomer]) - mean), 6)
        return _colleagues(group, newcomer), len(group), same_district, far, number

    chosen = min(range(len(groups)), key=unlike)
    return Seat(chosen + 1, _unmet(groups, chosen, newcomer))


def _colleagues(group: Sequence[Person], newcomer: Person) -> int:
    return sum(_colleague(person, newcomer) for person in group)


def _colleague(one: Person, other: Person) -> bool:
    same_place = not (one.district and other.district) or one.district == other.district
    return bool(one.unit) and one.unit == other.unit and same_place


def _mean(people: Sequence[Person]) -> float:
    known = [float(person.years) for person in people if person.years is not None]
    return sum(known) / len(known) if known else 0.0


def _unmet(groups: Sequence[Sequence[Person]], chosen: int, newcomer: Person) -> str:
    if _colleagues(groups[chosen], newcomer):
        return f"每组都有{newcomer.unit}的人，{newcomer.name}只能与同单位的人同组"
    smallest = min(map(len, groups))
    if len(groups[chosen]) > smallest:
        return f"人数最少的组里有{newcomer.unit}的人，{newcomer.name}进了第 {chosen + 1} 组，各组人数相差更大"
    return ""
