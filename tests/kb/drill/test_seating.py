import pytest

from kb.drill.person import Person
from kb.drill.seating import seat
from kb.errors import InputError
from tests.kb.drill.samples import make_person


def groups(*units: str) -> list[list[Person]]:
    """Each text is a group; each letter a person of that unit."""
    return [[make_person(100 * g + n, unit) for n, unit in enumerate(group)] for g, group in enumerate(units)]


@pytest.mark.parametrize(
    ("now", "unit", "group", "said"),
    [
        (("abc", "ab", "abd"), "x", 2, ""),
        (("ab", "cd", "ef"), "a", 2, ""),
        (("a", "bc", "de"), "a", 2, "各组人数相差更大"),
        (("aa", "a", "abc"), "a", 2, "只能与同单位的人同组"),
        (("ab", "bc"), "", 1, ""),
    ],
)
def test_the_smallest_group_without_a_colleague(
    now: tuple[str, ...], unit: str, group: int, said: str
) -> None:
    found = seat(groups(*now), make_person(999, unit))
    assert found.group == group
    assert said in found.unmet
    assert bool(found.unmet) == bool(said)


def test_of_equal_groups_another_district_then_the_better_balance() -> None:
    here = [make_person(1, "a", "花木"), make_person(2, "b", "花木")]
    there = [make_person(3, "c", "塘桥"), make_person(4, "d", "塘桥")]
    assert seat([here, there], make_person(5, "e", "花木")).group == 2
    young, old = [make_person(1, years="1")], [make_person(2, years="20")]
    assert seat([old, young], make_person(3, years="20")).group == 2
    assert seat([old, young], make_person(3, years="1")).group == 1


def test_without_groups_nobody_is_seated() -> None:
    with pytest.raises(InputError):
        seat([], make_person(1))
