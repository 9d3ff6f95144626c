import random
import time
from collections import Counter
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.drill.groups import Draw, draw_groups, groups_of_size
from kb.drill.person import Person
from kb.errors import InputError
from tests.kb.drill.samples import make_people, make_person


@st.composite
def rosters(draw: st.DrawFn) -> tuple[list[Person], int]:
    n = draw(st.integers(1, 40))
    people = []
    for number in range(n):
        unit = draw(st.sampled_from(["", *(f"单位{k}" for k in range(8))]))
        district = f"街道{ord(unit[-1]) % 3}" if unit else draw(st.sampled_from(["", "街道0"]))
        years = draw(st.none() | st.integers(0, 300).map(lambda t: str(Decimal(t) / 10)))
        people.append(make_person(number, unit, district, years))
    return people, draw(st.integers(1, n))


def most_together(draw: Draw, of: str) -> Counter[str]:
    most: Counter[str] = Counter()
    for group in draw.groups:
        for kind, count in Counter(getattr(p, of) for p in group).items():
            most[kind] = max(most[kind], count)
    return most


@settings(max_examples=60, deadline=None)
@given(rosters(), st.text(alphabet="abc期", min_size=1, max_size=5))
def test_what_every_draw_promises(roster: tuple[list[Person], int], seed: str) -> None:
    people, k = roster
    draw = draw_groups(people, k, seed)
    assert sorted(p.id for group in draw.groups for p in group) == sorted(p.id for p in people)
    sizes = [len(group) for group in draw.groups]
    assert (len(sizes), max(sizes) - min(sizes) <= 1) == (k, True)
    for of in ("unit", "district"):
        everybody = Counter(getattr(p, of) for p in people)
        for kind, most in most_together(draw, of).items():
            assert not kind or most <= -(-everybody[kind] // k), "the pigeonhole bound is reached"
    crowded = {u: m for u, m in Counter(p.unit for p in people if p.unit).items() if m > k}
    said = [line for line in draw.unmet if "必有同单位的人同组" in line]
    assert len(said) == len(crowded)
    shuffled = random.Random(1).sample(people, len(people))
    assert draw_groups(shuffled, k, seed) == draw


def test_a_crowded_unit_is_named_with_the_reason() -> None:
    draw = draw_groups(make_people(["东村"] * 6 + ["西村"] * 9), 5, "s")
    assert "东村有 6 人，只有 5 组，必有同单位的人同组（每组最多 2 人）" in draw.unmet


def test_a_unit_without_its_district_is_still_the_same_unit() -> None:
    people = [make_person(1, "东村", "花木"), make_person(2, "东村"), *make_people([""] * 10)[2:]]
    for seed in "abcdefgh":
        assert most_together(draw_groups(people, 2, seed), "unit")["东村"] == 1


def test_units_of_the_same_name_in_two_districts_are_two_units() -> None:
    people = [make_person(n, "第一居民区", f"街道{n}") for n in range(4)]
    assert not [line for line in draw_groups(people, 2, "s").unmet if "同单位" in line]


def test_other_seeds_draw_otherwise() -> None:
    people = make_people([f"u{n}" for n in range(20)])
    assert len({draw_groups(people, 4, f"s{n}").groups for n in range(20)}) == 20


def test_anybody_meets_anybody_about_equally_often() -> None:
    """Colleagues of the deal's order would meet too rarely or too often without mixing."""
    people = make_people([f"u{n // 2}" for n in range(8)])
    met: Counter[tuple[str, str]] = Counter()
    for seed in range(400):
        for group in draw_groups(people, 4, f"{seed}").groups:
            first, second = sorted(p.id for p in group)
            met[first, second] += 1
    assert len(met) == 24, "all pairs but colleagues"
    assert all(30 < count < 110 for count in met.values()), met  # 400·4/24 ≈ 67


def test_groups_are_balanced_by_years_in_post() -> None:
    people = [make_person(n, f"u{n}", years=str(years)) for n, years in enumerate([1] * 10 + [21] * 10)]
    draw = draw_groups(people, 5, "s")
    assert {sum(p.years or 0 for p in group) for group in draw.groups} == {Decimal(44)}
    assert draw.unmet == ()


def test_what_cannot_be_balanced_is_said_with_figures() -> None:
    people = [make_person(1, years="40"), make_person(2, years="2"), make_person(3, years="2"), make_person(4, years=None)]  # fmt: skip
    unmet = draw_groups(people, 2, "s").unmet
    assert any("任职年限配不平" in line and "平均 21 年" in line.replace("21.0", "21") for line in unmet)
    assert "有 1 人没有填任职年限，按中位数 2 年搭配" in [line.replace("2.0", "2") for line in unmet]


def test_the_draw_can_be_repeated_from_its_description() -> None:
    """Steps 1 to 3 of the docstring written anew, on a roster where step 4 has nothing to do."""
    people = make_people([f"u{n % 3}" for n in range(7)], district="d")

    def lot(*parts: str) -> int:
        return int(sha256("\n".join(("种子", *parts)).encode()).hexdigest(), 16)

    order = sorted(people, key=lambda p: (lot("unit", "d", p.unit), lot("person", p.name, p.unit, "1")))
    group = [place % 3 for place in range(7)]
    for t in range(1, 141):
        a, b = lot("mix", str(t), "a") % 7, lot("mix", str(t), "b") % 7
        trial = list(group)
        trial[a], trial[b] = group[b], group[a]
        counts = Counter((p.unit, g) for p, g in zip(order, trial, strict=True))
        units = Counter(p.unit for p in people)
        if all(c <= -(-units[unit] // 3) for (unit, _), c in counts.items()):
            group = trial
    again = tuple(tuple(p for p, g in zip(order, group, strict=True) if g == k) for k in range(3))
    assert draw_groups(people, 3, "种子").groups == again


@pytest.mark.parametrize(("n", "k"), [(12, 3), (120, 24), (120, 10)])
def test_a_draw_takes_well_under_a_second(n: int, k: int) -> None:
    dice = random.Random(n)
    people = [make_person(i, f"u{dice.randrange(n // 2)}", f"d{i % 4}", str(dice.randrange(30))) for i in range(n)]  # fmt: skip
    start = time.process_time()
    draw_groups(people, k, "s")
    assert time.process_time() - start < 0.5


def test_sizes_become_numbers_of_groups() -> None:
    assert [groups_of_size(n, 5) for n in (1, 5, 6, 23)] == [1, 1, 2, 5]


@pytest.mark.parametrize(("n", "k"), [(3, 4), (3, 0), (0, 1), (501, 5)])
def test_impossible_numbers_are_refused(n: int, k: int) -> None:
    with pytest.raises(InputError):
        draw_groups(make_people([""] * n), k, "s")
    with pytest.raises(InputError):
        groups_of_size(3, 0)
