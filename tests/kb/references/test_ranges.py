"""Single provisions of a range."""

import pytest

from kb.references.ranges import WIDEST, is_meant, named, spread
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


@pytest.mark.parametrize(
    ("reference", "provisions"),
    [
        (Reference("刑法", 3, paragraph=2), ["第三条第二款"]),
        (Reference("刑法", 3, last=5), ["第三条", "第四条", "第五条"]),
        (Reference("刑法", 120, 1, last=120, last_suffix=6), ["第一百二十条之一", "第一百二十条之六"]),
        (Reference("刑法", 120, 1, last=122), ["第一百二十条之一", "第一百二十一条", "第一百二十二条"]),
        (Reference("刑法", 1, last=1 + WIDEST), ["第一条", "第三十一条"]),
    ],
)
def test_a_range_names_its_articles_and_a_wide_one_its_ends(
    reference: Reference, provisions: list[str]
) -> None:
    assert [str(one).removeprefix("刑法") for one in named(reference)] == provisions


def test_an_inserted_article_is_meant_by_the_range_around_it() -> None:
    reference = Reference("刑法", 120, 1, last=120, last_suffix=6)
    assert is_meant(reference, Reference("刑法", 120, 4))
    assert not any(is_meant(reference, Reference("刑法", 120, n)) for n in (None, 7))
    assert not is_meant(reference, Reference("民法典", 120, 4))
    wide = Reference("刑法", 1, last=1 + WIDEST)
    assert [n for n in range(1, 40) if is_meant(wide, Reference("刑法", n))] == [1, 1 + WIDEST]
