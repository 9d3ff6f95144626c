import numpy as np
import pytest
from haystack import Pipeline

from retrieval.components.passage_grouper import PassageGrouper
from retrieval.components.ranking import Ranking
from retrieval.components.score_fusion import ScoreFusion
from retrieval.index.generation import Generation
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, FakeEncoder, make_case, make_statute, round_trip

TEXTS = ("电梯加装", "楼道堆物", "养犬扰民", "绿化带停车", "物业费")


@pytest.fixture(scope="module")
def generation(build: Build) -> Generation:
    return build(*(make_case(text, text) for text in TEXTS))


def ranking(*pairs: tuple[int, float]) -> Ranking:
    return Ranking(np.array([p for p, _ in pairs], np.int64), np.array([s for _, s in pairs], np.float32))


def test_defaults() -> None:
    made = ScoreFusion("folder")
    assert (made.keyword_weight, made.support_weight, made.entrance_weight) == (0.23, 0.23, 0.9)


@pytest.mark.parametrize("weight", [-0.1, 1.1])
def test_the_keyword_weight_is_a_share(weight: float) -> None:
    with pytest.raises(ValueError, match=f"keyword_weight must be within 0 and 1, got {weight}"):
        ScoreFusion("folder", keyword_weight=weight)


def test_the_support_weight_is_not_negative() -> None:
    with pytest.raises(ValueError, match="support_weight must not be negative"):
        ScoreFusion("folder", support_weight=-1)


def test_round_trip() -> None:
    assert round_trip(ScoreFusion("folder", 0.7, 0.0)).support_weight == 0.0


def test_is_the_weighted_sum_of_standardised_scores(generation: Generation) -> None:
    vector = FakeEncoder().encode(["电梯"])[0]
    keyword, dense = ranking((1, 9.0), (3, 4.0)), ranking((0, 0.9), (1, 0.5))
    found = ScoreFusion(str(generation.folder), 0.3, 0.0).run(keyword, dense, vector)["ranking"]
    bm25 = np.array([0.0, 9.0, 4.0])
    cosine = (
        FakeEncoder().encode([TEXTS[p] for p in (0, 1, 3)]).astype(np.float16).astype(np.float32) @ vector
    )
    mixed = 0.3 * (bm25 - bm25.mean()) / bm25.std() + 0.7 * (cosine - cosine.mean()) / cosine.std()
    order = np.argsort(-mixed)
    assert found.positions.tolist() == np.array([0, 1, 3])[order].tolist()
    assert found.scores == pytest.approx(1 / (1 + np.exp(-mixed[order])), abs=1e-4)


def test_ranks_are_those_of_the_legs(generation: Generation) -> None:
    vector = FakeEncoder().encode(["电梯"])[0]
    found = ScoreFusion(str(generation.folder)).run(
        ranking((4, 9.0), (1, 4.0)), ranking((1, 0.9), (2, 0.5)), vector
    )["ranking"]
    ranks = {
        p: (k, d) for p, k, d in zip(found.positions, found.keyword_ranks, found.dense_ranks, strict=True)
    }
    assert ranks == {4: (1, 0), 1: (2, 1), 2: (0, 2)}


def test_scores_fall_and_lie_between_0_and_1(generation: Generation) -> None:
    vector = FakeEncoder().encode(["楼道"])[0]
    found = ScoreFusion(str(generation.folder)).run(
        ranking((0, 1e4), (3, 1.0)), ranking((2, 1.0), (3, -1.0)), vector
    )["ranking"]
    assert (np.diff(found.scores) <= 0).all()
    assert ((found.scores >= 0) & (found.scores <= 1)).all()


def test_equal_scores_come_in_index_order(generation: Generation) -> None:
    found = ScoreFusion(str(generation.folder), support_weight=0.0).run(
        ranking((1, 2.0), (3, 2.0), (4, 2.0)), ranking()
    )["ranking"]
    assert found.positions.tolist() == [1, 3, 4]
    assert found.scores.tolist() == [0.5, 0.5, 0.5]


def test_without_a_vector_the_keyword_leg_decides(generation: Generation) -> None:
    keyword = ranking((3, 7.0), (0, 5.0), (2, 1.0))
    found = ScoreFusion(str(generation.folder)).run(keyword, ranking())["ranking"]
    assert found.positions.tolist() == [3, 0, 2]
    assert found.dense_ranks.tolist() == [0, 0, 0]


@pytest.mark.parametrize("vector", [None, FakeEncoder().encode(["电梯"])[0]])
def test_no_candidates_give_no_ranking(generation: Generation, vector: np.ndarray | None) -> None:
    found = ScoreFusion(str(generation.folder)).run(ranking(), ranking(), vector)["ranking"]
    assert [len(found.positions), len(found.scores), len(found.keyword_ranks), len(found.dense_ranks)] == [
        0
    ] * 4


def test_a_rule_that_answers_with_several_articles_gains(build: Build) -> None:
    generation = build(
        make_statute("甲法", "一", "二", "三"), make_statute("乙法", "四"), make_case("丙", "五")
    )
    keyword = ranking((3, 5.0), (0, 4.9), (1, 4.8), (2, 4.7), (4, 0.1))
    alone = ScoreFusion(str(generation.folder), support_weight=0.0).run(keyword, ranking())["ranking"]
    supported = ScoreFusion(str(generation.folder), support_weight=1.0).run(keyword, ranking())["ranking"]
    assert alone.positions.tolist() == [3, 0, 1, 2, 4]
    assert supported.positions.tolist()[:2] == [0, 3]


def test_inputs_stay_as_they_were(generation: Generation) -> None:
    keyword, dense, vector = ranking((1, 9.0)), ranking((0, 0.9)), FakeEncoder().encode(["电梯"])[0]
    before = [a.copy() for a in (keyword.scores, dense.scores, keyword.positions, dense.positions, vector)]
    ScoreFusion(str(generation.folder)).run(keyword, dense, vector)
    after = (keyword.scores, dense.scores, keyword.positions, dense.positions, vector)
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_feeds_the_grouper(generation: Generation) -> None:
    pipeline = Pipeline()
    pipeline.add_component("fusion", ScoreFusion(str(generation.folder)))
    pipeline.add_component("grouper", PassageGrouper(str(generation.folder)))
    pipeline.connect("fusion.ranking", "grouper.ranking")
    legs = {"keyword": ranking((2, 3.0), (0, 1.0)), "dense": ranking()}
    found = pipeline.run({"fusion": legs, "grouper": {"filter": EVERYTHING, "top_k": 1}})["grouper"][
        "ranking"
    ]
    assert found.positions.tolist() == [2]
