import numpy as np
import pytest

from kb.entrances import Entrance, Source
from retrieval.components.poll import CLOSEST, Poll, Scale, poll
from retrieval.index.generation import Generation
from retrieval.model.adapter import Adapter
from retrieval.model.learned import Learned
from tests.retrieval.conftest import Build
from tests.retrieval.samples import FakeEncoder, make_statute

DOGS, LIFTS = "养犬条例", "电梯条例"
STORY = "楼上的狗半夜叫个不停"
SCALE = Scale(0.0, 1.0)


@pytest.fixture(scope="module")
def index(build: Build) -> Generation:
    learned = Learned.of(FakeEncoder().encode([STORY]), [(f"{DOGS}第二条",)])
    adapter = Adapter("fake", learned=learned)
    told = [
        Entrance(Source.ASIDE, STORY + "啊", (f"{LIFTS}第一条",)),
        Entrance(Source.QUERY, STORY, (f"{DOGS}第一条",)),
        Entrance(Source.LINKED, "电梯老是坏", (f"{LIFTS}第一条",)),
    ]
    rules = make_statute(DOGS, "甲", "乙"), make_statute(LIFTS, "丙")
    return build(*rules, entrances=told, adapter=adapter.packed())


def asked(index: Generation, text: str, voters: int = 12) -> Poll:
    assert index.entrances is not None
    return poll(index, index.entrances.cosines(FakeEncoder().encode([text])[0]), SCALE, voters)


def group(index: Generation, ref: str) -> int:
    return int(index.catalogue.group[index.catalogue.name.tolist().index(ref)])


def test_entrances_and_learned_questions_vote_apart(index: Generation) -> None:
    found = asked(index, STORY)
    assert found.votes[group(index, f"{DOGS}第一条")] == pytest.approx(1.0, abs=0.01)
    assert found.learned == {group(index, f"{DOGS}第二条"): pytest.approx(1.0, abs=0.01)}
    assert {0, 1} <= set(found.leads) <= {0, 1, 2}, "what was learned has no words and leads nowhere"
    assert found.nearest == pytest.approx(1.0, abs=0.01)


def test_entrances_aside_vote_with_the_others_and_are_told_apart(index: Generation) -> None:
    found = asked(index, STORY)
    lifts = group(index, f"{LIFTS}第一条")
    assert 0 < found.aside[lifts] <= found.votes[lifts]
    assert group(index, f"{DOGS}第一条") not in found.aside


def test_the_law_that_the_nearest_questions_lead_to_has_the_largest_share(index: Generation) -> None:
    works = index.catalogue.group_work
    shares = asked(index, STORY).laws
    assert shares.sum() == pytest.approx(1.0)
    assert shares.argmax() == works[group(index, f"{DOGS}第一条")]


def test_a_linked_search_put_again_names_its_provision(index: Generation) -> None:
    assert asked(index, "电梯老是坏").linked == {group(index, f"{LIFTS}第一条"): 1.0}
    assert asked(index, "电梯老是坏掉").linked == {}


def test_what_must_not_vote_is_left_out(index: Generation) -> None:
    assert index.entrances is not None
    nobody = np.full(len(index.entrances.source), -1.0, np.float32)
    found = poll(index, nobody, SCALE, 12)
    assert (found.votes, found.learned, found.nearest) == ({}, {}, 0.0)


def test_nearness_is_measured_between_the_farthest_and_the_nearest() -> None:
    scale = Scale(0.2, 0.6)
    assert [scale.nearness(c, CLOSEST) for c in (0.1, 0.2, 0.4, 0.6, 0.9)] == pytest.approx(
        [0.0, 0.0, 0.5, 1.0, CLOSEST]
    )


def test_without_any_question_no_law_is_likely(build: Build) -> None:
    index = build(make_statute(DOGS, "甲"))
    found = asked(index, STORY)
    assert found.laws.tolist() == [0.0]
