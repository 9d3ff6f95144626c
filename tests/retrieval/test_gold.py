import pytest

from kb.documents import Kind
from kb.judging.judgements import Verdict
from kb.progress import SilentProgress
from kb.store.library import Library
from retrieval.evaluate import Judged, Outcome
from retrieval.gold import gold_set, run_gold, worst
from retrieval.index.keeper import IndexKeeper
from retrieval.query import Leg
from retrieval.search import Searcher
from tests.retrieval.samples import EVERYTHING, make_case, make_statute, save


@pytest.fixture
def judged(library: Library) -> Library:
    save(library, make_statute("物业条例", "业主交纳物业费"), make_case("欠费案", "业主不交物业费"))
    saved = library.judgements
    saved.judge("欠物业费", "物业条例第1条", Verdict.RIGHT)
    saved.judge("欠物业费", "欠费案", Verdict.RIGHT)
    saved.judge("欠物业费", "别的案", Verdict.WRONG)
    saved.judge("电梯", "欠费案", Verdict.WRONG)
    return library


def test_each_kind_of_answer_is_a_question_of_its_own(judged: Library) -> None:
    gold = gold_set(judged)
    assert gold.queries == 1
    assert {kind: [(j.query, j.relevant) for j in group] for kind, group in gold.by_kind.items()} == {
        Kind.REGULATION: [("欠物业费", {"物业条例第一条"})],
        Kind.CASE: [("欠物业费", {"欠费案"})],
    }


def test_the_fingerprint_follows_questions_and_answers(judged: Library) -> None:
    before = gold_set(judged).fingerprint
    judged.judgements.judge("欠物业费", "又一案", Verdict.WRONG)
    assert gold_set(judged).fingerprint == before
    judged.judgements.judge("欠物业费", "欠费案", None)
    assert gold_set(judged).fingerprint != before


def test_no_judgement_no_gold(library: Library) -> None:
    assert gold_set(library).queries == 0


def test_provisions_and_cases_do_not_compete(
    judged: Library, keeper: IndexKeeper, searcher: Searcher
) -> None:
    keeper.refresh(SilentProgress())
    found = run_gold(searcher, gold_set(judged), EVERYTHING, SilentProgress())
    assert [outcome.ranked[Leg.FUSED] for outcome in found] == [["物业条例第一条"], ["欠费案"]]
    assert all(outcome.metrics(Leg.FUSED)["mrr@10"] == 1 for outcome in found)
    assert worst(found, Leg.FUSED, 5) == []


def test_the_worst_come_first() -> None:
    def outcome(name: str, *ranked: str) -> Outcome:
        return Outcome(Judged(name, name, frozenset({"甲"})), {Leg.FUSED: ranked}, 1.0)

    found = [
        outcome("first", "甲"),
        outcome("second", "乙", "甲"),
        outcome("none", "乙"),
        outcome("deep", *"乙丙丁", "甲"),
    ]
    assert [o.judged.id for o in worst(found, Leg.FUSED, 5)] == ["none", "deep", "second"]
    assert [o.judged.id for o in worst(found, Leg.FUSED, 1)] == ["none"]
