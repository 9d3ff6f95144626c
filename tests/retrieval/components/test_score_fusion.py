import numpy as np
import pytest
from haystack import Pipeline
from hypothesis import given
from hypothesis import strategies as st

from retrieval.components.passage_grouper import PassageGrouper
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import Likeness, Ranking
from retrieval.components.score_fusion import PRECEDENT_KEYWORDS, ScoreFusion
from retrieval.index.generation import Generation
from retrieval.model.adapter import Adapter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import (
    EVERYTHING,
    FakeEncoder,
    make_case,
    make_ranker,
    make_statute,
    query_vectors,
    round_trip,
)

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


def test_is_the_weighted_sum_of_standardised_scores(build: Build) -> None:
    generation = build(make_statute("条例", *TEXTS, region="上海"))
    asked = query_vectors("电梯")
    keyword, dense = ranking((1, 9.0), (3, 4.0)), ranking((0, 0.9), (1, 0.5))
    found = ScoreFusion(str(generation.folder), 0.3, 0.0).run(keyword, dense, asked)["ranking"]
    mixed = 0.3 * standard(np.array([0.0, 9.0, 4.0])) + 0.7 * standard(cosines((0, 1, 3), asked))
    order = np.argsort(-mixed)
    assert found.positions.tolist() == np.array([0, 1, 3])[order].tolist()
    assert found.scores == pytest.approx(1 / (1 + np.exp(-mixed[order])), abs=1e-4)


def test_among_cases_the_plain_and_the_adapted_query_halve_the_cosines(generation: Generation) -> None:
    lift, corridor = query_vectors("电梯"), query_vectors("楼道堆物")
    asked = QueryVectors(lift.plain, lift.plain, corridor.plain)
    found = ScoreFusion(str(generation.folder)).run(ranking((1, 9.0), (3, 4.0)), ranking((0, 0.9)), asked)[
        "ranking"
    ]
    both = (standard(cosines((0, 1, 3), lift)) + standard(cosines((0, 1, 3), corridor))) / 2
    mixed = PRECEDENT_KEYWORDS * standard(np.array([0.0, 9.0, 4.0])) + (1 - PRECEDENT_KEYWORDS) * both
    order = np.argsort(-mixed)
    assert found.positions.tolist() == np.array([0, 1, 3])[order].tolist()
    assert found.scores == pytest.approx(1 / (1 + np.exp(-mixed[order])), abs=1e-4)


def standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def cosines(positions: tuple[int, ...], asked: QueryVectors) -> np.ndarray:
    """:returns: To some of `TEXTS`, in the half precision that the index keeps."""
    return FakeEncoder().encode([TEXTS[p] for p in positions]).astype(np.float16).astype(float) @ asked.plain


def test_a_case_that_matches_in_words_here_and_in_meaning_there_wins(build: Build) -> None:
    """The first case's two passages match in one way each, the others' single passages in one way only."""
    meant = make_case("甲", "物业撤走后没人管", "电梯加装谁来出钱")
    generation = build(meant, make_case("乙", "物业撤走后"), make_case("丙", "电梯加装谁来出"))
    fusion = ScoreFusion(str(generation.folder))
    keyword = ranking((0, 9.0), (2, 8.9), (1, 0.1), (3, 0.1))
    found = fusion.run(keyword, ranking(), query_vectors("电梯加装谁来出钱"))["ranking"]
    assert set(found.positions[:2].tolist()) == {0, 1}
    assert found.scores[0] == found.scores[1] > found.scores[2]
    assert found.positions[0] == 1, "the passage nearest in meaning stands for the case"


def test_passages_of_one_document_stand_together_though_scores_are_equal(build: Build) -> None:
    folder = str(build(make_case("甲", "一", "二"), make_case("乙", "三", "四")).folder)
    keyword = ranking((0, 5.0), (2, 5.0), (3, 4.0), (1, 1.0))
    assert ScoreFusion(folder).run(keyword, ranking())["ranking"].positions.tolist() == [0, 1, 2, 3]


def test_votes_lift_a_provision_and_bring_it_in(build: Build) -> None:
    folder = str(build(make_statute("条例", *TEXTS)).folder)
    fusion = ScoreFusion(folder, support_weight=0.0)
    keyword, led = ranking((0, 9.0), (1, 8.0)), ranking((2, 4.0))
    assert fusion.run(keyword, ranking())["ranking"].positions.tolist() == [0, 1]
    found = fusion.run(keyword, ranking(), votes=led)["ranking"]
    assert found.positions.tolist() == [2, 0, 1]
    assert found.keyword_ranks.tolist() == [0, 1, 2]
    silent = ScoreFusion(folder, support_weight=0.0, entrance_weight=0.0)
    assert silent.run(keyword, ranking(), votes=led)["ranking"].positions.tolist() == [0, 1, 2]


@pytest.mark.parametrize("strength", [1.0, 50.0])
def test_a_named_provision_comes_first_whatever_matches(build: Build, strength: float) -> None:
    folder = str(build(make_statute("条例", *TEXTS), make_case("案", "电梯加装")).folder)
    keyword, led = ranking((0, strength), (5, strength), (1, 0.1)), ranking((0, 3.0))
    found = ScoreFusion(folder).run(keyword, ranking(), query_vectors("电梯加装"), led, ranking((4, 1.0)))
    assert found["ranking"].positions[0] == 4
    assert found["ranking"].scores[0] > 0.99


def test_of_mixed_kinds_each_counts_by_how_it_stands_out_among_its_own(build: Build) -> None:
    cases = [make_case(text, text) for text in TEXTS]
    folder = str(build(make_statute("条例", *TEXTS), *cases).folder)
    keyword = ranking((0, 99.0), (1, 98.0), (2, 97.0), (5, 3.0), (6, 0.2), (7, 0.1), (8, 0.1))
    found = ScoreFusion(folder, support_weight=0.0).run(keyword, ranking())["ranking"]
    assert found.positions[0] == 5, "stands out among the cases, though every provision scores more"
    assert found.positions[-1] == 2


@given(st.floats(0.125, 30, width=32), st.integers(1, 5))
def test_equal_matches_are_neither_preferred_nor_put_back(
    generation: Generation, score: float, times: int
) -> None:
    same = ranking(*((position, score) for position in range(times)))
    found = ScoreFusion(str(generation.folder)).run(same, ranking())["ranking"]
    assert found.scores.tolist() == [0.5] * times


def test_ranks_are_those_of_the_legs(generation: Generation) -> None:
    vector = query_vectors("电梯")
    found = ScoreFusion(str(generation.folder)).run(
        ranking((4, 9.0), (1, 4.0)), ranking((1, 0.9), (2, 0.5)), vector
    )["ranking"]
    ranks = {
        p: (k, d) for p, k, d in zip(found.positions, found.keyword_ranks, found.dense_ranks, strict=True)
    }
    assert ranks == {4: (1, 0), 1: (2, 1), 2: (0, 2)}


def test_scores_fall_and_lie_between_0_and_1(generation: Generation) -> None:
    vector = query_vectors("楼道")
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


@pytest.mark.parametrize("vectors", [None, query_vectors("电梯")])
def test_no_candidates_give_no_ranking(generation: Generation, vectors: QueryVectors | None) -> None:
    found = ScoreFusion(str(generation.folder)).run(ranking(), ranking(), vectors)["ranking"]
    assert [len(found.positions), len(found.scores), len(found.keyword_ranks), len(found.dense_ranks)] == [
        0
    ] * 4


def test_a_rule_that_answers_with_several_articles_gains(build: Build) -> None:
    generation = build(make_statute("甲法", "一", "二", "三"), make_statute("乙法", "四"))
    keyword = ranking((3, 5.0), (0, 4.99), (1, 4.9), (2, 0.1))
    alone = ScoreFusion(str(generation.folder), support_weight=0.0).run(keyword, ranking())["ranking"]
    supported = ScoreFusion(str(generation.folder), support_weight=1.0).run(keyword, ranking())["ranking"]
    assert alone.positions.tolist() == [3, 0, 1, 2]
    assert supported.positions[0] == 0


def test_inputs_stay_as_they_were(generation: Generation) -> None:
    keyword, dense, asked = ranking((1, 9.0)), ranking((0, 0.9)), query_vectors("电梯")
    vector = asked.plain
    before = [a.copy() for a in (keyword.scores, dense.scores, keyword.positions, dense.positions, vector)]
    ScoreFusion(str(generation.folder)).run(keyword, dense, asked)
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


def test_among_equals_what_binds_everywhere_stands_first(build: Build) -> None:
    generation = build(make_statute("本地条例", "楼道堆物", region="上海"), make_statute("甲法", "楼道堆物"))
    found = ScoreFusion(str(generation.folder)).run(ranking((0, 5.0), (1, 5.0)), ranking())["ranking"]
    assert found.positions.tolist() == [1, 0]


def test_a_learned_ranker_weighs_the_provisions(build: Build) -> None:
    adapter = Adapter("fake", ranker=make_ranker(learned=1.0)).packed()
    generation = build(make_statute("条例", *TEXTS), adapter=adapter)
    fusion = ScoreFusion(str(generation.folder))
    likeness = Likeness(ranking(), ranking((3, 2.0)), np.zeros(1, np.float32), 0.0)
    keyword, asked = ranking((0, 9.0), (1, 8.0)), query_vectors("电梯加装")
    learned = fusion.run(keyword, ranking(), asked, likeness=likeness, text="电梯")["ranking"]
    assert learned.positions[0] == 3, "it became a candidate, and came first"
    weighed = fusion.run(keyword, ranking(), asked)["ranking"]
    assert weighed.positions.tolist() == [0, 1], "without likeness the weights decide"


def test_a_linked_provision_comes_before_all_but_a_named_one(build: Build) -> None:
    folder = str(build(make_statute("条例", *TEXTS)).folder)
    keyword, asked = ranking((0, 9.0), (1, 8.0)), query_vectors("电梯加装")
    found = ScoreFusion(folder).run(
        keyword, ranking(), asked, named=ranking((4, 1.0)), linked=ranking((2, 1.0))
    )["ranking"]
    assert found.positions[:2].tolist() == [4, 2]
