from datetime import date

import numpy as np
import pytest
from haystack import Pipeline

from kb.documents import Kind
from kb.entrances import Entrance, Source
from kb.lexicon import load_lexicon
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.entrance_voter import EntranceVoter
from retrieval.components.poll import CLOSEST
from retrieval.components.ranking import Ranking
from retrieval.query import Filter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import (
    EVERYTHING,
    TODAY,
    make_case,
    make_statute,
    query_vectors,
    round_trip,
)

LAW = "上海市养犬管理条例"
STORY = "楼上的狗半夜叫个不停"
RULES = ["饲养人应当避免干扰他人", "本条例自公布之日起施行", "电梯应当定期检验"]


@pytest.fixture(scope="module")
def folder(build: Build) -> str:
    """A rule, a case in lay words that cites its first article, and a case that cites nothing."""
    rule = make_statute(LAW, *RULES, region="上海")
    citing = make_case("吠", STORY, f"依据{LAW}第一条和劝导")
    return str(build(rule, citing, make_case("默", "楼上漏水")).folder)


def voted(
    folder: str, text: str, wanted: Filter = EVERYTHING, voters: int = 12
) -> tuple[Ranking, list[tuple[str, str]]]:
    """:returns: The votes, and the labels of those who voted."""
    voter, asked = EntranceVoter(folder, voters), query_vectors(text)
    dense = DenseRetriever(folder).run(asked, EVERYTHING)["ranking"]
    found = voter.run(asked, dense, wanted)
    assert voter.index.entrances is not None
    return found["votes"], [voter.index.entrances.labels[source] for source in found["leads"]]


def names(folder: str, ranking: Ranking) -> list[str]:
    return EntranceVoter(folder).index.catalogue.name[ranking.positions].tolist()


def test_defaults_and_invalid_arguments() -> None:
    assert EntranceVoter("folder").voters == 12
    with pytest.raises(ValueError, match="voters must be at least 1, got 0"):
        EntranceVoter("folder", voters=0)


def test_round_trip() -> None:
    assert round_trip(EntranceVoter("folder", 3)).voters == 3


def test_the_case_nearest_to_the_query_votes_for_what_it_cites(folder: str) -> None:
    votes, leads = voted(folder, STORY)
    assert names(folder, votes) == [f"{LAW}第一条"]
    assert 0 < votes.scores[0] <= CLOSEST
    assert leads == [("document", "吠")]


def test_a_question_told_in_lay_words_leads_to_its_provision(build: Build) -> None:
    lay = Entrance(Source.QUERY, STORY, (f"{LAW}第一条", f"{LAW}第九条"))
    folder = str(build(make_statute(LAW, *RULES), entrances=[lay]).folder)
    votes, leads = voted(folder, STORY)
    assert names(folder, votes) == [f"{LAW}第一条"]
    assert votes.scores[0] == pytest.approx(CLOSEST)
    assert leads == [("query", STORY)]


def test_leads_come_nearest_first_and_no_more_than_asked_for(build: Build) -> None:
    texts = [STORY, STORY[:7], STORY[:4], "加装电梯要几户同意"]
    shipped = [Entrance(Source.QUESTION, text, (f"{LAW}第一条",)) for text in reversed(texts)]
    folder = str(build(make_statute(LAW, *RULES), entrances=shipped).folder)
    votes, leads = voted(folder, STORY)
    assert [text for _, text in leads][:2] == texts[:2]
    nearest, first = voted(folder, STORY, voters=1)
    assert first == [("question", STORY)]
    assert nearest.scores[0] < votes.scores[0] < CLOSEST * len(texts)


def test_an_entrance_farther_than_every_provision_does_not_vote(build: Build) -> None:
    # Each provision is nearer to the question than the entrance, which says the opposite of it.
    folder = str(
        build(
            make_statute(LAW, f"{STORY}啊", STORY),
            entrances=[Entrance(Source.QUERY, "甲乙丙丁", (f"{LAW}第一条",))],
        ).folder
    )
    votes, leads = voted(folder, STORY)
    assert (len(votes), leads) == (0, [])


def test_entrances_of_a_law_held_only_in_an_older_version_are_left_out(build: Build) -> None:
    law, since = next(iter(load_lexicon().renumbered.items()))
    lay = [Entrance(Source.QUERY, STORY, (f"{law}第一条", f"{LAW}第二条"))]
    for day, expected in ((since, {f"{law}第一条", f"{LAW}第二条"}), (date(1990, 1, 1), {f"{LAW}第二条"})):
        rules = make_statute(law, *RULES, since=day, version=day), make_statute(LAW, *RULES)
        folder = str(build(*rules, entrances=lay).folder)
        assert set(names(folder, voted(folder, STORY)[0])) == expected


def test_a_provision_that_may_not_be_found_gets_no_votes(folder: str) -> None:
    assert len(voted(folder, STORY, Filter(as_of=TODAY, kinds=(Kind.CASE,)))[0]) == 0
    assert len(voted(folder, STORY, Filter(as_of=TODAY, regions=("北京",)))[0]) == 0


def test_the_case_votes_though_the_filter_hides_it(folder: str) -> None:
    assert len(voted(folder, STORY, Filter(as_of=TODAY, kinds=(Kind.REGULATION,)))[0]) == 1


def test_without_a_vector_or_candidates_nobody_votes(folder: str) -> None:
    voter = EntranceVoter(folder)
    some = Ranking(np.array([0, 1], np.int64), np.array([0.5, 0.4], np.float32))
    for found in (
        voter.run(None, some, EVERYTHING),
        voter.run(query_vectors(STORY), Ranking(), EVERYTHING),
    ):
        assert (len(found["votes"]), found["leads"]) == (0, [])


def test_an_index_without_vectors_has_no_voters(build: Build) -> None:
    folder = str(build(make_statute(LAW, *RULES), vectors=False).folder)
    some = Ranking(np.array([0, 1], np.int64), np.array([0.5, 0.4], np.float32))
    assert EntranceVoter(folder).run(query_vectors(STORY), some, EVERYTHING)["leads"] == []


def test_a_library_without_entrances_is_searched_as_before(build: Build) -> None:
    folder = str(build(make_statute("某条例", *RULES)).folder)
    votes, leads = voted(folder, STORY)
    assert (len(votes), leads) == (0, [])


def test_in_a_pipeline(folder: str) -> None:
    pipeline = Pipeline()
    pipeline.add_component("dense", DenseRetriever(folder))
    pipeline.add_component("voter", EntranceVoter(folder))
    pipeline.connect("dense.ranking", "voter.dense")
    given = {"vectors": query_vectors(STORY), "filter": EVERYTHING}
    assert len(pipeline.run({"dense": given, "voter": given})["voter"]["votes"]) == 1
