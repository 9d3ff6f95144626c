import math
from collections import Counter
from dataclasses import astuple

import numpy as np
import pytest
from haystack import Pipeline

from kb.documents import Kind
from kb.errors import IndexDamaged
from kb.segment import Segmenter, bigrams
from retrieval.components.keyword_retriever import FIELD_WEIGHTS, KeywordRetriever
from retrieval.components.score_fusion import ScoreFusion
from retrieval.query import Filter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, TODAY, make_case, make_statute, round_trip

TEXTS = ("楼道堆物清理", "电梯加装费用", "电梯电梯电梯维修", "绿地养犬噪音扰民投诉", "电梯维修资金楼道")


def asked(segmenter: Segmenter, text: str) -> dict[str, list[str]]:
    return {"words": segmenter.query_words(text), "pairs": list(dict.fromkeys(bigrams(text)))}


def test_defaults_and_invalid_arguments() -> None:
    assert KeywordRetriever("folder").top_k == 200
    with pytest.raises(ValueError, match="top_k must be at least 1, got 0"):
        KeywordRetriever("folder", top_k=0)


def test_a_missing_index_is_named() -> None:
    with pytest.raises(IndexDamaged, match="索引不完整"):
        KeywordRetriever("nowhere").warm_up()


def test_round_trip() -> None:
    assert round_trip(KeywordRetriever("folder", 7)).top_k == 7


def test_scores_are_bm25_summed_over_the_weighted_fields(build: Build, segmenter: Segmenter) -> None:
    retriever = KeywordRetriever(
        str(build(*(make_case(t[:2] + str(n), t) for n, t in enumerate(TEXTS))).folder)
    )
    query = asked(segmenter, "电梯维修")
    found = retriever.run(**query, filter=EVERYTHING)["ranking"]
    bodies = [segmenter.words(text) for text in TEXTS]
    pairs = [list(bigrams(text)) for text in TEXTS]
    titles = [segmenter.words(text[:2] + str(n)) for n, text in enumerate(TEXTS)]
    expected = (
        bm25(bodies, query["words"]) * FIELD_WEIGHTS["body"]
        + bm25(pairs, query["pairs"]) * FIELD_WEIGHTS["bigram"]
        + bm25(titles, query["words"]) * FIELD_WEIGHTS["title"]
    )
    order = [p for p in np.argsort(-expected) if expected[p] > 0]
    assert found.positions.tolist() == order
    assert found.scores == pytest.approx(expected[order], rel=1e-4)


def bm25(documents: list[list[str]], terms: list[str], k1: float = 1.2, b: float = 0.75) -> np.ndarray:
    """:returns: BM25 (Robertson & Zaragoza 2009, with the idf that stays positive) of every document."""
    average = sum(map(len, documents)) / len(documents)
    scores = np.zeros(len(documents))
    for term in terms:
        holding = sum(term in words for words in documents)
        idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for number, words in enumerate(documents):
            tf = Counter(words)[term]
            scores[number] += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len(words) / average))
    return scores


def test_equal_scores_come_in_index_order(build: Build, segmenter: Segmenter) -> None:
    same = (make_case(f"同{n}", f"电梯维修{'甲乙丙丁'[n]}") for n in range(4))
    retriever = KeywordRetriever(str(build(*same).folder))
    found = retriever.run(["电梯"], [], EVERYTHING)["ranking"]
    assert len(set(found.scores.tolist())) == 1
    assert found.positions.tolist() == [0, 1, 2, 3]


def test_the_best_are_kept(build: Build, segmenter: Segmenter) -> None:
    folder = str(build(*(make_case(str(n), t) for n, t in enumerate(TEXTS))).folder)
    whole = KeywordRetriever(folder).run(["电梯"], ["电梯"], EVERYTHING)["ranking"]
    best = KeywordRetriever(folder, top_k=2).run(["电梯"], ["电梯"], EVERYTHING)["ranking"]
    assert len(whole) == 3
    assert best.positions.tolist() == whole.positions[:2].tolist()


def test_heading_and_title_are_found_too(build: Build) -> None:
    retriever = KeywordRetriever(
        str(build(make_statute("电梯条例", "应当束绳"), make_case("乙", "束绳")).folder)
    )
    assert retriever.run(["电梯"], [], EVERYTHING)["ranking"].positions.tolist() == [0]
    assert len(retriever.run(["束绳"], [], EVERYTHING)["ranking"]) == 2


def test_nothing_to_look_up_finds_nothing(build: Build) -> None:
    retriever = KeywordRetriever(str(build(make_case("a", "电梯")).folder))
    nobody = Filter(as_of=TODAY, kinds=(Kind.PROCEDURE,))
    assert len(retriever.run([], [], EVERYTHING)["ranking"]) == 0
    assert len(retriever.run(["没有"], [], EVERYTHING)["ranking"]) == 0
    assert len(retriever.run(["电梯"], [], nobody)["ranking"]) == 0


def test_an_empty_index_finds_nothing(build: Build) -> None:
    assert len(KeywordRetriever(str(build().folder)).run(["电梯"], [], EVERYTHING)["ranking"]) == 0


def test_inputs_stay_as_they_were(build: Build) -> None:
    retriever = KeywordRetriever(str(build(make_case("a", "电梯")).folder))
    words, pairs, wanted = ["电梯"], ["电梯"], Filter(as_of=TODAY)
    retriever.run(words, pairs, wanted)
    assert (words, pairs, astuple(wanted)) == (["电梯"], ["电梯"], astuple(Filter(as_of=TODAY)))


def test_feeds_the_fusion(build: Build) -> None:
    folder = str(build(make_case("a", "电梯电梯"), make_case("b", "电梯维修的费用")).folder)
    pipeline = Pipeline()
    pipeline.add_component("keyword", KeywordRetriever(folder))
    pipeline.add_component("fusion", ScoreFusion(folder))
    pipeline.connect("keyword.ranking", "fusion.keyword")
    empty = KeywordRetriever(folder).run([], [], EVERYTHING)["ranking"]
    found = pipeline.run(
        {"keyword": {"words": ["电梯"], "pairs": [], "filter": EVERYTHING}, "fusion": {"dense": empty}}
    )
    assert found["fusion"]["ranking"].keyword_ranks.tolist() == [1, 2]
