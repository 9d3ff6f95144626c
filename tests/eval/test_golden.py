"""
Questions as residents ask them, over the default library: a floor under what search may lose.

The first run embeds the whole library (minutes); later ones only what has changed.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.documents import Kind
from kb.progress import SilentProgress
from kb.settings import Settings
from retrieval.evaluate import Evaluation, evaluate, read_judged
from retrieval.query import Filter, Leg
from ui.services import Services, open_services

GOLDEN = Path(__file__).with_name("golden.jsonl")
DAY = date(2026, 6, 1)
"""Fixed, so that laws coming into force later change nothing."""


@pytest.fixture(scope="module")
def services(model_home: Path) -> Iterator[Services]:
    opened = open_services(Settings(home=model_home))
    opened.prepare(SilentProgress())
    yield opened
    opened.library.close()


@pytest.fixture(scope="module")
def evaluation(services: Services) -> Evaluation:
    rules = Filter(as_of=DAY, home_region="上海", kinds=(Kind.REGULATION,))
    known = services.library.references()
    return evaluate(services.searcher, read_judged(GOLDEN), known, rules, list(Leg), 50, SilentProgress())


@pytest.mark.model
def test_the_library_holds_every_answer(evaluation: Evaluation) -> None:
    assert evaluation.unknown_refs == ()
    assert evaluation.n == 30


@pytest.mark.model
@pytest.mark.parametrize(("metric", "floor"), [("recall@10", 0.78), ("recall@50", 0.88), ("mrr@10", 0.74)])
def test_recall_stays_above_its_floor(evaluation: Evaluation, metric: str, floor: float) -> None:
    assert evaluation.legs[Leg.FUSED][metric] >= floor


@pytest.mark.model
@pytest.mark.parametrize("leg", [Leg.KEYWORD, Leg.DENSE])
def test_both_legs_together_find_more_than_either(evaluation: Evaluation, leg: Leg) -> None:
    assert evaluation.legs[Leg.FUSED]["mrr@10"] >= evaluation.legs[leg]["mrr@10"]
