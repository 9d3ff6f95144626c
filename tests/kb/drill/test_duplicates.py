from decimal import Decimal

import pytest

from kb.drill.duplicates import Likeness, duplicates, merge
from kb.drill.person import Person
from kb.errors import NotFound


def person(id_: str, name: str, unit: str = "", **more: object) -> Person:
    return Person.model_validate({"id": id_, "name": name, "unit": unit, **more})


def found(*people: Person) -> list[tuple[Likeness, list[str]]]:
    return [(d.likeness, [p.id for p in d.people]) for d in duplicates(people)]


def test_same_name_and_unit_is_probably_one_person() -> None:
    assert found(person("a", "王芳", "东村"), person("b", "李四"), person("c", "王 芳", "东 村")) == [
        (Likeness.SAME, ["a", "c"])
    ]


def test_a_missing_unit_may_be_the_only_one_there_is() -> None:
    assert found(person("a", "王芳", "东村"), person("b", "王芳")) == [(Likeness.SAME, ["a", "b"])]


def test_namesakes_of_other_units_are_for_the_trainer_to_decide() -> None:
    people = [person("a", "王芳", "东村"), person("b", "王芳", "西村"), person("c", "王芳", "东村")]
    assert found(*people) == [(Likeness.SAME, ["a", "c"]), (Likeness.NAMESAKE, ["a", "b", "c"])]
    assert "同名不同单位" in str(duplicates(people)[1])


def test_merging_fills_in_what_is_missing_and_keeps_the_order() -> None:
    people = [person("a", "王芳", "", years=Decimal(0)), person("b", "李四"), person("c", "王芳", "东村", district="花木", years=Decimal(4))]  # fmt: skip
    merged = merge(people, keep="a", drop="c")
    assert [p.id for p in merged] == ["a", "b"]
    assert (merged[0].unit, merged[0].district, merged[0].years) == ("东村", "花木", Decimal(0))


@pytest.mark.parametrize(("keep", "drop"), [("a", "a"), ("a", "x"), ("x", "a")])
def test_only_two_entries_that_are_there_are_merged(keep: str, drop: str) -> None:
    with pytest.raises(NotFound):
        merge([person("a", "王芳")], keep, drop)
