"""Which provision became which."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.comparison import align as module
from kb.comparison.align import Alignment, align
from tests.kb.comparison.samples import provisions

NOISE = "饲养动物干扰他人正常生活的处警告警告后不改正的处二百元以上五百元以下罚款"
RENT = "房屋出租人将房屋出租给无身份证件的人居住的，处二百元以上五百元以下罚款。"
DOORS = "高空抛掷物品，造成他人损害的，由侵权人依法承担侵权责任。"
TEXTS = st.lists(st.text(st.sampled_from("业主大会应当公告维修资金"), max_size=12), max_size=8)


def pairs(found: Alignment) -> set[tuple[int, int]]:
    return {*found.in_turn, *found.moved}


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_pairs_are_unique_and_the_chain_keeps_the_order(old: list[str], new: list[str]) -> None:
    found = align(provisions(*old), provisions(*new))
    all_pairs = [*found.in_turn, *found.moved]
    for side, length in ((0, len(old)), (1, len(new))):
        positions = [pair[side] for pair in all_pairs]
        assert len(set(positions)) == len(positions)
        assert all(0 <= p < length for p in positions)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found.in_turn))
    paired = ({i for i, _ in all_pairs}, {j for _, j in all_pairs})
    assert not paired[0] & set(found.akin_of_old)
    assert not paired[1] & set(found.akin_of_new)


@settings(deadline=None)
@given(TEXTS)
def test_a_text_is_its_own_partner(texts: list[str]) -> None:
    found = align(provisions(*texts), provisions(*texts))
    assert found.in_turn == tuple((n, n) for n in range(len(texts)))
    assert not found.moved


def test_wording_decides_where_numbers_moved() -> None:
    new = provisions("全新的一条，讲无人机。", "又一条新的，讲直播。", NOISE.replace("五百", "一千"), RENT)
    found = align(provisions(NOISE, RENT), new)
    assert found.in_turn == ((0, 2), (1, 3))


def test_the_number_decides_between_equal_texts() -> None:
    found = align(provisions("略。", first=2), provisions("略。", "略。", "略。"))
    assert found.in_turn == ((0, 1),)


def test_what_changed_its_place_is_found() -> None:
    found = align(provisions(NOISE, RENT, DOORS), provisions(RENT, DOORS, NOISE))
    assert found.in_turn == ((1, 0), (2, 1))
    assert found.moved == ((0, 2),)


def test_what_has_no_partner_stays_alone() -> None:
    found = align(provisions(NOISE), provisions(DOORS))
    assert pairs(found) == set()
    assert found.akin_of_old == found.akin_of_new == {}


def test_a_part_split_off_names_where_it_came_from() -> None:
    found = align(provisions(NOISE + RENT), provisions(NOISE, RENT))
    assert len(pairs(found)) == 1
    ((alone, source),) = found.akin_of_new.items()
    assert source == 0
    assert alone not in {j for _, j in pairs(found)}


@pytest.mark.parametrize("sides", [((), ("甲",)), (("甲",), ()), ((), ())])
def test_nothing_meets_nothing(sides: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    assert align(provisions(*sides[0]), provisions(*sides[1])) == Alignment((), (), {}, {})


def test_texts_beyond_all_bounds_are_paired_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_CELLS", 3)
    found = align(provisions("甲", "乙", "丙"), provisions("丁", "戊", first=2))
    assert found.in_turn == ((1, 0), (2, 1))
