import numpy as np
import pytest
from haystack import Pipeline

from kb.documents import Kind
from kb.errors import IndexDamaged
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.score_fusion import ScoreFusion
from retrieval.query import Filter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import (
    EVERYTHING,
    TODAY,
    FakeEncoder,
    make_case,
    make_statute,
    query_vectors,
    round_trip,
)

TEXTS = [f"{a}{b}问题处理" for a in "楼道电梯养犬绿化噪音物业" for b in "甲乙丙丁"]


@pytest.fixture(scope="module")
def folder(build: Build) -> str:
    kinds = (Kind.CASE, Kind.BULLETIN, Kind.PROCEDURE)
    return str(build(*(make_case(str(n), t, kind=kinds[n % 3]) for n, t in enumerate(TEXTS))).folder)


def stored_cosines(query: str) -> np.ndarray:
    """:returns: Cosine of `query` to every text, in the half precision that the index keeps."""
    encoder = FakeEncoder()
    return encoder.encode(TEXTS).astype(np.float16).astype(np.float32) @ encoder.encode([query])[0]


def test_defaults_and_invalid_arguments() -> None:
    assert DenseRetriever("folder").top_k == 200
    with pytest.raises(ValueError, match="top_k must be at least 1, got -1"):
        DenseRetriever("folder", top_k=-1)


def test_a_missing_index_is_named() -> None:
    with pytest.raises(IndexDamaged, match="索引不完整"):
        DenseRetriever("nowhere").warm_up()


def test_round_trip() -> None:
    assert round_trip(DenseRetriever("folder", 7)).top_k == 7


@pytest.mark.parametrize("top_k", [1, 5, 200])
@pytest.mark.parametrize("kinds", [(), (Kind.CASE,), (Kind.BULLETIN, Kind.PROCEDURE)])
def test_agrees_with_brute_force(folder: str, top_k: int, kinds: tuple[Kind, ...]) -> None:
    expected = stored_cosines("电梯噪音")
    members = [n for n in range(len(TEXTS)) if not kinds or list(Kind)[1:][n % 3] in kinds]
    best = sorted(members, key=lambda n: -expected[n])[:top_k]
    found = DenseRetriever(folder, top_k).run(query_vectors("电梯噪音"), Filter(as_of=TODAY, kinds=kinds))[
        "ranking"
    ]
    assert len(found) == min(top_k, len(members))
    assert found.positions.tolist() == best
    assert found.scores == pytest.approx(expected[best], abs=1e-5)


def test_equal_scores_come_in_index_order(build: Build) -> None:
    folder = str(
        build(make_case("a", "无关"), *(make_case(f"同{n}", "电梯", "电梯") for n in range(2))).folder
    )
    found = DenseRetriever(folder).run(query_vectors("电梯"), EVERYTHING)["ranking"]
    assert found.positions.tolist() == [1, 2, 3, 4, 0]


def test_each_sort_has_a_vector_and_room_of_its_own(build: Build) -> None:
    """Position 0 and 1 are provisions, 2 and 3 cases; what the case leg asks must not reach provisions."""
    cases = make_case("案", "电梯加装", "楼道堆物")
    folder = str(build(make_statute("条例", "电梯加装", "楼道堆物"), cases).folder)
    lift, corridor = query_vectors("电梯加装").plain, query_vectors("楼道堆物").plain
    found = DenseRetriever(folder, 1).run(QueryVectors(lift, corridor, lift), EVERYTHING)["ranking"]
    assert sorted(found.positions.tolist()) == [1, 2]
    assert found.scores == pytest.approx([1.0, 1.0], abs=1e-3)


def test_without_a_vector_nothing_is_found(folder: str) -> None:
    assert len(DenseRetriever(folder).run(None, EVERYTHING)["ranking"]) == 0


def test_an_index_without_vectors_finds_nothing(build: Build) -> None:
    folder = str(build(make_case("a", "电梯"), vectors=False).folder)
    assert len(DenseRetriever(folder).run(query_vectors("电梯"), EVERYTHING)["ranking"]) == 0


def test_an_empty_index_finds_nothing(build: Build) -> None:
    folder = str(build().folder)
    assert len(DenseRetriever(folder).run(query_vectors("电梯"), EVERYTHING)["ranking"]) == 0


def test_a_filter_that_lets_nothing_through_finds_nothing(folder: str) -> None:
    wanted = Filter(as_of=TODAY, kinds=(Kind.REGULATION,))
    assert len(DenseRetriever(folder).run(query_vectors("电梯"), wanted)["ranking"]) == 0


def test_inputs_stay_as_they_were(folder: str) -> None:
    vector = query_vectors("电梯").plain
    before = vector.copy()
    DenseRetriever(folder).run(QueryVectors(vector, vector, vector), EVERYTHING)
    assert np.array_equal(vector, before)


def test_feeds_the_fusion(folder: str) -> None:
    asked = query_vectors("电梯噪音")
    pipeline = Pipeline()
    pipeline.add_component("dense", DenseRetriever(folder, 5))
    pipeline.add_component("fusion", ScoreFusion(folder, keyword_weight=0.0, support_weight=0.0))
    pipeline.connect("dense.ranking", "fusion.dense")
    empty = DenseRetriever(folder).run(None, EVERYTHING)["ranking"]
    found = pipeline.run(
        {"dense": {"vectors": asked, "filter": EVERYTHING}, "fusion": {"keyword": empty, "vectors": asked}}
    )["fusion"]["ranking"]
    assert found.dense_ranks.tolist() == [1, 2, 3, 4, 5]


def test_provisions_and_cases_take_turns(build: Build) -> None:
    rules = make_statute("甲法", "电梯", "噪音", "养犬")
    folder = str(build(rules, *(make_case(f"案{n}", t) for n, t in enumerate(("电梯", "噪音")))).folder)
    retriever = DenseRetriever(folder)
    found = retriever.run(query_vectors("电梯"), EVERYTHING)["ranking"].positions.tolist()
    rule = retriever.index.catalogue.rule[retriever.index.catalogue.passage_row[found]]
    assert rule[:4].sum() == 2
    assert rule[4:].all()
