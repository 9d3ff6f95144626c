from datetime import date

import numpy as np
import pytest
from haystack import Pipeline

from kb.documents import Status
from retrieval.components.passage_grouper import PassageGrouper
from retrieval.components.ranking import FusedRanking, Ranking
from retrieval.components.score_fusion import ScoreFusion
from retrieval.index.generation import Generation
from retrieval.query import Filter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, TODAY, make_case, make_statute, round_trip

OFFICIAL_1, OFFICIAL_2, DIGEST_1, CASE_A, CASE_B, ALONE = range(6)


@pytest.fixture(scope="module")
def generation(build: Build) -> Generation:
    """A statute of two articles, our digest of the first, a case of two sections, and a digest alone."""
    return build(
        make_statute("物业条例", "物业费由业主交纳", "电梯由物业维护"),
        make_statute("物业条例", "欠费可以催交", digest=True),
        make_case("案例", "楼道堆物", "当场清理"),
        make_statute("消防条例", "通道不得占用", digest=True),
    )


def fused(*positions: int, keyword: tuple[int, ...] = (), dense: tuple[int, ...] = ()) -> FusedRanking:
    none = (0,) * len(positions)
    return FusedRanking(
        np.array(positions, np.int64),
        np.linspace(0.9, 0.1, len(positions), dtype=np.float32),
        np.array(keyword or none, np.int32),
        np.array(dense or none, np.int32),
    )


def test_round_trip() -> None:
    assert round_trip(PassageGrouper("folder")).generation == "folder"


def test_no_candidates_give_no_hits(generation: Generation) -> None:
    found = PassageGrouper(str(generation.folder)).run(fused(), EVERYTHING, 10)["ranking"]
    assert len(found.positions) == len(found.gists) == len(found.scores) == 0


def test_a_case_is_one_hit_at_its_best_section(generation: Generation) -> None:
    found = PassageGrouper(str(generation.folder)).run(fused(CASE_B, OFFICIAL_2, CASE_A), EVERYTHING, 10)[
        "ranking"
    ]
    assert found.positions.tolist() == [CASE_B, OFFICIAL_2]
    assert found.gists.tolist() == [-1, -1]
    assert found.scores == pytest.approx([0.9, 0.5])


def test_articles_of_one_statute_are_hits_of_their_own(generation: Generation) -> None:
    found = PassageGrouper(str(generation.folder)).run(fused(OFFICIAL_2, OFFICIAL_1), EVERYTHING, 10)[
        "ranking"
    ]
    assert found.positions.tolist() == [OFFICIAL_2, OFFICIAL_1]


@pytest.mark.parametrize(
    "order", [(DIGEST_1, OFFICIAL_1), (OFFICIAL_1, DIGEST_1), (DIGEST_1,), (OFFICIAL_1,)]
)
def test_official_text_stands_for_a_provision_whichever_was_found(
    generation: Generation, order: tuple[int, ...]
) -> None:
    found = PassageGrouper(str(generation.folder)).run(fused(*order), EVERYTHING, 10)["ranking"]
    assert (found.positions.tolist(), found.gists.tolist()) == ([OFFICIAL_1], [DIGEST_1])


def test_a_digest_without_official_text_stands_for_itself(generation: Generation) -> None:
    found = PassageGrouper(str(generation.folder)).run(fused(ALONE), EVERYTHING, 10)["ranking"]
    assert (found.positions.tolist(), found.gists.tolist()) == ([ALONE], [-1])


def test_a_face_that_the_filter_forbids_is_not_shown(build: Build) -> None:
    generation = build(
        make_statute("条例", "正式文本", until=date(2010, 1, 1)), make_statute("条例", "要点", digest=True)
    )
    in_force = Filter(as_of=TODAY, statuses=(Status.IN_FORCE,))
    found = PassageGrouper(str(generation.folder)).run(fused(1), in_force, 10)["ranking"]
    assert (found.positions.tolist(), found.gists.tolist()) == ([1], [-1])


def test_a_hit_has_the_best_rank_of_any_of_its_passages(generation: Generation) -> None:
    ranking = fused(DIGEST_1, CASE_A, OFFICIAL_1, CASE_B, keyword=(7, 0, 3, 0), dense=(2, 9, 0, 4))
    found = PassageGrouper(str(generation.folder)).run(ranking, EVERYTHING, 10)["ranking"]
    assert found.keyword_ranks.tolist() == [3, 0]
    assert found.dense_ranks.tolist() == [2, 4]


def test_at_most_top_k_hits_come_back(generation: Generation) -> None:
    ranking = fused(CASE_A, CASE_B, OFFICIAL_2, ALONE)
    found = PassageGrouper(str(generation.folder)).run(ranking, EVERYTHING, 2)["ranking"]
    assert found.positions.tolist() == [CASE_A, OFFICIAL_2]


def test_inputs_stay_as_they_were(generation: Generation) -> None:
    ranking = fused(CASE_B, DIGEST_1, keyword=(1, 2))
    PassageGrouper(str(generation.folder)).run(ranking, EVERYTHING, 10)
    assert ranking.positions.tolist() == [CASE_B, DIGEST_1]
    assert ranking.keyword_ranks.tolist() == [1, 2]


def test_follows_the_fusion(generation: Generation) -> None:
    folder = str(generation.folder)
    pipeline = Pipeline()
    pipeline.add_component("fusion", ScoreFusion(folder, support_weight=0.0))
    pipeline.add_component("grouper", PassageGrouper(folder))
    pipeline.connect("fusion.ranking", "grouper.ranking")
    keyword = Ranking(np.array([DIGEST_1, CASE_A]), np.array([2.0, 1.0], np.float32))
    found = pipeline.run(
        {"fusion": {"keyword": keyword, "dense": Ranking()}, "grouper": {"filter": EVERYTHING, "top_k": 5}}
    )["grouper"]["ranking"]
    assert found.positions.tolist() == [OFFICIAL_1, CASE_A]
    assert found.keyword_ranks.tolist() == [1, 2]
