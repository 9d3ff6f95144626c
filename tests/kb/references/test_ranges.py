"""Single provisions of a range."""

from kb.references.ranges import spread
from kb.references.reference import Reference

HELD = {"刑法第一百二十条之一", "刑法第一百二十条之二", "刑法第一百二十条之三"}


def spelled(reference: Reference, most: int = 50) -> list[str]:
    return [str(one).removeprefix("刑法") for one in spread(reference, HELD.__contains__, most)]


def test_no_range_is_itself() -> None:
    reference = Reference("刑法", 3, paragraph=2)
    assert spread(reference, HELD.__contains__) == [reference]


def test_inserted_articles_inside_a_range_belong_to_it() -> None:
    assert spelled(Reference("刑法", 120, last=121)) == [
        "第一百二十条", "第一百二十条之一", "第一百二十条之二", "第一百二十条之三", "第一百二十一条",
    ]  # fmt: skip


def test_a_range_may_begin_and_end_with_inserted_articles() -> None:
    assert spelled(Reference("刑法", 120, 2, last=120, last_suffix=3)) == [
        "第一百二十条之二",
        "第一百二十条之三",
    ]
    assert spelled(Reference("刑法", 119, last=120, last_suffix=1)) == [
        "第一百一十九条", "第一百二十条", "第一百二十条之一",
    ]  # fmt: skip


def test_the_number_is_bounded() -> None:
    assert len(spelled(Reference("刑法", 1, last=99_999), most=7)) == 7
