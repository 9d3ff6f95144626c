from dataclasses import replace

import numpy as np
import pytest

from kb.progress import SilentProgress
from kb.settings import Settings
from kb.store.library import Library
from retrieval.components.ranking import ranked
from retrieval.explain import Standing, explain
from retrieval.index.keeper import IndexKeeper
from retrieval.query import Leg, Mode, Query
from retrieval.search import Searcher
from tests.retrieval.samples import EVERYTHING, make_case, make_statute, save

QUERY = Query("业主应当按时交纳物业费", EVERYTHING, 10)


@pytest.fixture
def ready(library: Library, keeper: IndexKeeper, searcher: Searcher) -> Searcher:
    save(
        library,
        make_statute("物业条例", "业主应当按时交纳物业费", "电梯由物业负责维护保养"),
        make_statute("物业条例", "按时交纳物业费", digest=True),
        make_case("欠费案", "业主不交物业费，依据物业条例第一条处理", "回访"),
    )
    keeper.refresh(SilentProgress())
    return searcher


def test_every_leg_says_where_it_has_each_hit(ready: Searcher) -> None:
    explanation = explain(ready, QUERY)
    assert list(explanation.legs)[:2] == ["keyword", "dense"]
    assert "fusion" in explanation.legs
    assert "grouper" not in explanation.legs
    assert [hit.ref for hit in explanation.hits] == [hit.ref for hit in ready.search(QUERY).hits]
    best = explanation.hits[0]
    assert best.ref == "物业条例第一条"
    standings = explanation.standings(best.ref)
    assert standings["fusion"] == Standing(1, pytest.approx(best.score))  # type: ignore[arg-type]
    assert standings["keyword"].rank == 1


def test_ranks_are_those_of_the_evaluation(ready: Searcher) -> None:
    explanation = explain(ready, QUERY)
    rankings = ready.rankings(QUERY.text, EVERYTHING, 100)
    for leg in (Leg.KEYWORD, Leg.DENSE):
        found = explanation.legs[leg]
        assert sorted(found, key=lambda name: found[name].rank) == rankings[leg]
        assert [s.rank for s in found.values()] == list(range(1, len(found) + 1))


def test_what_a_leg_did_not_find_is_left_out(ready: Searcher) -> None:
    assert explain(ready, QUERY).standings("别的条例第九条") == {}


def test_it_says_what_was_looked_up(ready: Searcher) -> None:
    explanation = explain(ready, replace(QUERY, text="业伟会的物业费"))
    assert "物业费" in explanation.words
    assert explanation.mode is Mode.HYBRID


def test_a_new_leg_and_an_expansion_are_found_by_themselves(
    ready: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = ready.trace(QUERY)
    entrances = ranked(np.array([1, 0]), np.array([0.2, 0.9], np.float32), 10)
    outputs = {
        **plain.outputs,
        "entrances": {"ranking": entrances},
        "expander": {"expansion": [("缴费", 0.5)]},
    }
    monkeypatch.setattr(ready, "trace", lambda _: replace(plain, outputs=outputs))
    explanation = explain(ready, QUERY)
    assert explanation.legs["entrances"]["物业条例第一条"] == Standing(1, pytest.approx(0.9))  # type: ignore[arg-type]
    assert explanation.expansion[-1] == ("缴费", 0.5)


def test_a_query_without_words_has_no_hits(ready: Searcher) -> None:
    explanation = explain(ready, replace(QUERY, text="？！"))
    assert (explanation.hits, explanation.words) == ((), ())


def test_without_a_model_the_vector_leg_is_empty(
    library: Library, ready: Searcher, keeper: IndexKeeper, settings: Settings
) -> None:
    lexical = Searcher(library, keeper, replace(settings, embedding_model="none"))
    explanation = explain(lexical, QUERY)
    assert explanation.mode is Mode.LEXICAL or explanation.legs["dense"] == {}
