"""People who may stand on the roster twice; the trainer decides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.drill.person import Person
from kb.errors import NotFound


class Likeness(StrEnum):
    """How sure it is that two entries are one person."""

    SAME = "same"
    """Same name and unit, or a unit is missing: probably one person."""
    NAMESAKE = "namesake"
    """Same name, another unit: a namesake, or one person who has moved."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Entries that may be one person, in the order of the roster."""

    likeness: Likeness
    people: tuple[Person, ...]

    def __str__(self) -> str:
        """:returns: One Chinese line for the trainer."""
        names = "、".join(f"{person}[{person.id}]" for person in self.people)
        if self.likeness is Likeness.SAME:
            return f"可能是同一个人：{names}，姓名和单位相同"
        return f"同名不同单位：{names}，请核对是不是同一个人"


def duplicates(people: Iterable[Person]) -> list[Duplicate]:
    """
    Find probable duplicates.

    :returns: For each name that stands more than once, the entries of one unit together (those without a
        unit join the only unit there is), and otherwise all entries of the name as namesakes.
    """
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[_folded(person.name)].append(person)
    return [found for same in by_name.values() if len(same) > 1 for found in _of_one_name(same)]


def _of_one_name(people: Sequence[Person]) -> list[Duplicate]:
    units = {_folded(person.unit) for person in people if person.unit}
    if len(units) <= 1:
        return [Duplicate(Likeness.SAME, tuple(people))]
    by_unit: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_unit[_folded(person.unit)].append(person)
    same = [Duplicate(Likeness.SAME, tuple(group)) for group in by_unit.values() if len(group) > 1]
    return [*same, Duplicate(Likeness.NAMESAKE, tuple(people))]


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def merge(people: Sequence[Person], keep: str, drop: str) -> tuple[Person, ...]:
    """
    Make one entry of two.

    :param keep: Id of the entry that stays; what it lacks is taken from the other.
    :param drop: Id of the entry that goes.
    :returns: The people without `drop`, in order.
    :raises NotFound: If there is no such entry, or both are the same.
    """
    found = {person.id: person for person in people}
    if keep not in found or drop not in found or keep == drop:
        raise NotFound("名单里没有要合并的两个人；请刷新名单后再选")
    kept, gone = found[keep], found[drop]
    whole = kept.model_copy(
        update={
            "unit": kept.unit or gone.unit,
            "district": kept.district or gone.district,
            "years": gone.years if kept.years is None else kept.years,
        }
    )
    return tuple(whole if person.id == keep else person for person in people if person.id != drop)
