from pathlib import Path

import pytest
from haystack import Pipeline

from kb.segment import STOP_WORDS, Segmenter
from retrieval.components.keyword_retriever import KeywordRetriever
from retrieval.components.query_analyzer import QueryAnalyzer
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, make_case, round_trip


@pytest.fixture(scope="module")
def folder(build: Build) -> str:
    return str(build(make_case("a", "楼道堆物清理"), make_case("b", "加装电梯"), vectors=False).folder)


@pytest.fixture(scope="module")
def analyzer(folder: str, dictionary_cache: Path) -> QueryAnalyzer:
    return QueryAnalyzer(folder, str(dictionary_cache))


def test_nothing_is_loaded_before_warm_up(tmp_path: Path) -> None:
    assert QueryAnalyzer("folder").cache_dir is None
    QueryAnalyzer("folder", str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


def test_words_are_those_of_the_index_without_stop_words(
    analyzer: QueryAnalyzer, segmenter: Segmenter
) -> None:
    text = "邻居在楼道堆物怎么办，居委会能管吗"
    found = analyzer.run(text)["words"]
    assert found == [w for w in dict.fromkeys(segmenter.words(text)) if w not in STOP_WORDS]
    assert "楼道堆物" in found
    assert not STOP_WORDS & set(found)


def test_pairs_stay_inside_runs_of_chinese_and_do_not_repeat(analyzer: QueryAnalyzer) -> None:
    assert analyzer.run("业主，业主大会abc会")["pairs"] == ["业主", "主大", "大会"]


def test_words_come_in_the_order_of_the_query_each_once(analyzer: QueryAnalyzer) -> None:
    assert analyzer.run("电梯 噪音 电梯")["words"] == ["电梯", "噪音"]


def test_a_query_of_stop_words_keeps_them(analyzer: QueryAnalyzer) -> None:
    assert analyzer.run("如何")["words"] == ["如何"]


@pytest.mark.parametrize("text", ["", "   ", "？！……", "——"])
def test_a_query_without_words_gives_none(analyzer: QueryAnalyzer, text: str) -> None:
    assert analyzer.run(text) == {"words": [], "pairs": [], "expansion": []}


def test_round_trip(analyzer: QueryAnalyzer) -> None:
    assert round_trip(analyzer).run("楼道堆物") == analyzer.run("楼道堆物")
    assert round_trip(QueryAnalyzer("folder", other_names=0.5)).other_names == 0.5


def test_feeds_the_keyword_leg(analyzer: QueryAnalyzer, folder: str) -> None:
    pipeline = Pipeline()
    pipeline.add_component("analyzer", analyzer)
    pipeline.add_component("keyword", KeywordRetriever(folder))
    pipeline.connect("analyzer.words", "keyword.words")
    pipeline.connect("analyzer.pairs", "keyword.pairs")
    found = pipeline.run({"analyzer": {"text": "电梯"}, "keyword": {"filter": EVERYTHING}})
    assert found["keyword"]["ranking"].positions.tolist() == [1]


def test_other_names_are_looked_up_for_less(analyzer: QueryAnalyzer, folder: str) -> None:
    expansion = analyzer.run("筹备组什么时候成立")["expansion"]
    assert "首次业主大会筹备组" in dict(expansion) or "成立小组" in dict(expansion)
    assert {weight for _, weight in expansion} == {0.3}
    assert QueryAnalyzer(folder, analyzer.cache_dir, 0).run("筹备组什么时候成立")["expansion"] == []


def test_a_negative_weight_of_other_names_is_refused() -> None:
    with pytest.raises(ValueError, match="other_names must not be negative, got -1"):
        QueryAnalyzer("folder", other_names=-1)
