"""Papers by blueprint: always right, never silent about what is lacking."""

import re
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.bank.blueprint import Blueprint, Part, draw_paper
from kb.bank.question import Question
from kb.errors import InputError
from tests.kb.bank.exchange.samples import make

POOL = [
    *(make(id=f"q-s{n}", difficulty=n) for n in range(1, 4)),
    *(make("truefalse", id=f"q-t{n}", topic="养犬", department="律师") for n in range(1, 5)),
    make("case", id="q-c1", region="全国"),
    make("case", id="q-c2", region="北京"),
]


def lacking(*parts: Part, region: str | None = None, used: frozenset[str] = frozenset()) -> str:
    with pytest.raises(InputError) as caught:
        draw_paper(Blueprint(parts, region), POOL, "种子", used)
    return caught.value.problem


def test_the_parts_stand_in_order_with_what_they_ask_for() -> None:
    paper = draw_paper(Blueprint((Part(2, "truefalse"), Part(1, "single", easiest=3))), POOL, "种子")
    assert [len(part) for part in paper.parts] == [2, 1]
    assert {q.type for q in paper.parts[0]} == {"truefalse"}
    assert [q.id for q in paper.parts[1]] == ["q-s3"]
    assert paper.questions == (*paper.parts[0], *paper.parts[1])


def test_what_is_lacking_is_told_exactly_and_all_of_it() -> None:
    assert lacking(Part(5, "single")) == "需要 5 道单选，只有 3 道"
    assert (
        lacking(Part(5, "single"), Part(1, "case"), Part(9, "truefalse", "养犬", 1, 3, "律师"), region="上海")
        == "需要 5 道单选，只有 3 道；需要 9 道养犬判断（难度 1–3，律师），只有 4 道"
    )
    assert lacking(Part(2, "case"), region="上海") == "需要 2 道案例分析，只有 1 道"
    assert lacking(Part(1, None, "换届", 5, 5)) == "需要 1 道换届题（难度 5），只有 0 道"


def test_used_questions_are_left_out_and_counted() -> None:
    used = frozenset({"q-s1", "q-s2", "q-t1"})
    assert lacking(Part(2, "single"), used=used) == "需要 2 道单选，只有 1 道（另有 2 道本系列用过）"
    assert draw_paper(Blueprint((Part(1, "single"),)), POOL, "x", used).questions[0].id == "q-s3"


def test_parts_that_compete_are_told_together() -> None:
    assert (
        lacking(Part(4, None, "养犬"), Part(1, "case"), Part(2, "truefalse"))
        == "需要 4 道养犬题、2 道判断，合起来 6 道，符合的一共只有 4 道"
    )


def test_overlapping_parts_are_filled_whenever_that_is_possible() -> None:
    for seed in range(30):
        paper = draw_paper(
            Blueprint((Part(5, None, "换届"), Part(3, "single"))), [*POOL, *_more(3)], str(seed)
        )
        assert Counter(q.type for q in paper.parts[1]) == {"single": 3}


def _more(count: int) -> list[Question]:
    return [make("short", id=f"q-m{n}") for n in range(count)]


def test_the_order_of_the_pool_does_not_matter() -> None:
    blueprint = Blueprint((Part(2, "truefalse"), Part(2, "single")))
    for seed in "甲乙丙丁":
        assert draw_paper(blueprint, POOL[::-1], seed) == draw_paper(blueprint, POOL, seed)


def test_every_question_has_its_turn() -> None:
    drawn = {draw_paper(Blueprint((Part(1, "truefalse"),)), POOL, str(n)).questions[0].id for n in range(60)}
    assert drawn == {"q-t1", "q-t2", "q-t3", "q-t4"}


@pytest.mark.parametrize("parts", [(), (Part(0),), (Part(150), Part(51))])
def test_impossible_blueprints_are_refused(parts: tuple[Part, ...]) -> None:
    with pytest.raises(InputError, match="蓝图|最多 200 道题"):
        Blueprint(parts)


_parts = st.lists(
    st.builds(
        Part,
        st.integers(1, 3),
        st.sampled_from([None, "single", "truefalse"]),
        st.sampled_from([None, "换届", "养犬"]),
        st.integers(1, 3),
        st.integers(3, 5),
    ),
    min_size=1,
    max_size=3,
)
_pools = st.lists(
    st.tuples(st.sampled_from(["single", "truefalse"]), st.sampled_from(["换届", "养犬"]), st.integers(1, 5)),
    max_size=8,
).map(lambda rows: [make(k, id=f"q-{n}", topic=t, difficulty=d) for n, (k, t, d) in enumerate(rows)])


@settings(deadline=None)
@given(_parts, _pools, st.text(max_size=5), st.sets(st.integers(0, 7)), st.randoms())
def test_a_paper_is_found_exactly_when_there_is_one(parts, pool, seed, taken, random) -> None:
    used = {f"q-{n}" for n in taken}
    fresh = [q for q in pool if q.id not in used]
    # Hall's condition for places that share questions: any set of parts finds enough of them.
    possible = all(
        sum(part.count for part in some) <= sum(any(part.holds(q) for part in some) for q in fresh)
        for size in range(1, len(parts) + 1)
        for some in combinations(parts, size)
    )
    blueprint = Blueprint(tuple(parts))
    if not possible:
        with pytest.raises(InputError, match="^需要 .*只有 .* 道") as caught:
            draw_paper(blueprint, pool, seed, used)
        told = re.search(r"合起来 (\d+) 道，符合的一共只有 (\d+) 道", str(caught.value))
        assert told is None or int(told[1]) > int(told[2])
        return
    paper = draw_paper(blueprint, pool, seed, used)
    ids = [q.id for q in paper.questions]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & used
    for part, questions in zip(parts, paper.parts, strict=True):
        assert len(questions) == part.count
        assert all(part.holds(q) for q in questions)
    shuffled = list(pool)
    random.shuffle(shuffled)
    assert draw_paper(blueprint, shuffled, seed, used) == paper
