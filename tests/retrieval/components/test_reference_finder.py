import pytest
from haystack import Pipeline

from kb.documents import Kind
from retrieval.components.reference_finder import ReferenceFinder
from retrieval.query import Filter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, TODAY, make_case, make_statute, round_trip

ARTICLES = ["甲一", "甲二", "甲三", "甲四"]


@pytest.fixture(scope="module")
def folder(build: Build) -> str:
    """A law that the lexicon knows, our gist of it, one that only the index knows, and a case."""
    documents = (
        make_statute("民法典", *ARTICLES),
        make_statute("民法典", "要点", digest=True),
        make_statute("上海市某某若干规定", "乙一", "乙二", region="上海"),
        make_case("案", "依据民法典第一条"),
    )
    return str(build(*documents, vectors=False).folder)


def named(folder: str, text: str, wanted: Filter = EVERYTHING) -> list[str]:
    finder = ReferenceFinder(folder)
    ranking = finder.run(text, wanted)["named"]
    assert ranking.scores.tolist() == [1.0] * len(ranking)
    return finder.index.catalogue.name[ranking.positions].tolist()


def test_round_trip() -> None:
    assert round_trip(ReferenceFinder("folder")).generation == "folder"


@pytest.mark.parametrize(
    "text", ["民法典2", "《民法典》第二条", "民法典第2条第1款怎么规定", "民法 2 怎么选业委会"]
)
def test_every_spelling_finds_the_provision(folder: str, text: str) -> None:
    assert named(folder, text) == ["民法典第二条"]


def test_every_passage_of_the_provision_is_found(folder: str) -> None:
    assert named(folder, "民法典第一条") == ["民法典第一条"] * 2


def test_a_law_of_the_index_needs_no_entry_in_the_lexicon(folder: str) -> None:
    assert named(folder, "上海市某某若干规定2") == ["上海市某某若干规定第二条"]


def test_a_list_and_a_range_find_each_of_their_articles(folder: str) -> None:
    assert set(named(folder, "民法典2、4条和上海市某某若干规定第一条")) == {
        "民法典第二条", "民法典第四条", "上海市某某若干规定第一条",
    }  # fmt: skip
    assert set(named(folder, "民法典第二条至第九百条")) == {"民法典第二条", "民法典第三条", "民法典第四条"}


@pytest.mark.parametrize("text", ["", "业委会换届", "民法典第九百条", "民法典2020年", "火星条例第一条"])
def test_nothing_is_found_where_nothing_is_named(folder: str, text: str) -> None:
    assert named(folder, text) == []


def test_the_filter_is_kept(folder: str) -> None:
    assert named(folder, "民法典2", Filter(as_of=TODAY, kinds=(Kind.CASE,))) == []
    assert named(folder, "上海市某某若干规定2", Filter(as_of=TODAY, regions=("北京",))) == []


def test_in_a_pipeline(folder: str) -> None:
    pipeline = Pipeline()
    pipeline.add_component("finder", ReferenceFinder(folder))
    pipeline.warm_up()
    found = pipeline.run({"finder": {"text": "民法典2", "filter": EVERYTHING}})
    assert len(found["finder"]["named"]) == 1
