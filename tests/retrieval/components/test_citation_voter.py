import numpy as np
import pytest
from haystack import Pipeline

from kb.documents import Kind
from retrieval.components.citation_voter import CitationVoter
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.ranking import Ranking
from retrieval.query import Filter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, TODAY, FakeEncoder, make_case, make_statute, round_trip

STORY = "楼上的狗半夜叫个不停"
RULES = ["饲养人应当避免干扰他人", "本条例自公布之日起施行", "电梯应当定期检验"]


@pytest.fixture(scope="module")
def folder(build: Build) -> str:
    """A rule, a case in lay words that cites its first article, and a case that cites nothing."""
    rule = make_statute("上海市养犬管理条例", *RULES, region="上海")
    citing = make_case("吠", STORY, "依据上海市养犬管理条例第一条和劝导")
    return str(build(rule, citing, make_case("默", "楼上漏水")).folder)


def votes(folder: str, text: str, wanted: Filter = EVERYTHING, **options: int) -> Ranking:
    vector = FakeEncoder().encode([text])[0]
    dense = DenseRetriever(folder).run(vector, EVERYTHING)["ranking"]
    return CitationVoter(folder, **options).run(vector, dense, wanted)["votes"]


def test_defaults_and_invalid_arguments() -> None:
    assert CitationVoter("folder").voters == 8
    with pytest.raises(ValueError, match="voters must be at least 1, got 0"):
        CitationVoter("folder", voters=0)


def test_round_trip() -> None:
    assert round_trip(CitationVoter("folder", 3)).voters == 3


def test_the_case_nearest_to_the_query_votes_for_what_it_cites(folder: str) -> None:
    found = votes(folder, STORY)
    voter = CitationVoter(folder)
    voter.warm_up()
    assert voter._index is not None
    assert voter._index.catalogue.name[found.positions].tolist() == ["上海市养犬管理条例第一条"]
    assert 0 < found.scores[0] <= 1.3


def test_a_provision_that_may_not_be_found_gets_no_votes(folder: str) -> None:
    assert len(votes(folder, STORY, Filter(as_of=TODAY, kinds=(Kind.CASE,)))) == 0
    assert len(votes(folder, STORY, Filter(as_of=TODAY, regions=("北京",)))) == 0


def test_the_case_votes_though_the_filter_hides_it(folder: str) -> None:
    assert len(votes(folder, STORY, Filter(as_of=TODAY, kinds=(Kind.REGULATION,)))) == 1


def test_without_a_vector_or_candidates_nobody_votes(folder: str) -> None:
    voter = CitationVoter(folder)
    some = Ranking(np.array([0, 1], np.int64), np.array([0.5, 0.4], np.float32))
    assert len(voter.run(None, some, EVERYTHING)["votes"]) == 0
    assert len(voter.run(FakeEncoder().encode([STORY])[0], Ranking(), EVERYTHING)["votes"]) == 0


def test_a_library_without_cases_is_searched_as_before(build: Build) -> None:
    folder = str(build(make_statute("某条例", *RULES)).folder)
    assert len(votes(folder, STORY)) == 0


def test_in_a_pipeline(folder: str) -> None:
    pipeline = Pipeline()
    pipeline.add_component("dense", DenseRetriever(folder))
    pipeline.add_component("voter", CitationVoter(folder))
    pipeline.connect("dense.ranking", "voter.dense")
    vector = FakeEncoder().encode([STORY])[0]
    given = {"vector": vector, "filter": EVERYTHING}
    assert len(pipeline.run({"dense": given, "voter": given})["voter"]["votes"]) == 1
