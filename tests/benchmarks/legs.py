"""What each leg finds and what both find together, against the usual ways of doing it."""

import hashlib
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np

from kb.documents import Kind
from kb.references.canonical import comparable
from retrieval.components.keyword_retriever import FIELD_WEIGHTS
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import Ranking, unfused
from retrieval.evaluate import Judged, read_judged
from retrieval.metrics import query_metrics
from retrieval.query import Filter, Leg
from retrieval.search import Searcher
from tests.benchmarks import homes
from tests.benchmarks.table import Row
from ui.services import open_services

RULES = Filter(as_of=date.today(), kinds=(Kind.REGULATION,), statuses=())
DEPTH = 100
METRICS = ("recall@10", "recall@100", "mrr@10", "ndcg@10")
RRF_K = 60
SPLITS = ("dev", "held-out")
FUSED, KEYWORD, DENSE, PLAIN, RRF, BODY = (
    "ours, fused",
    "keyword leg",
    "vector leg",
    "plain vectors",
    "RRF of keywords and plain vectors",
    "BM25 on the text",
)
AGAINST = ((FUSED, RRF), (FUSED, BODY), (KEYWORD, BODY), (DENSE, PLAIN))

Rankings = dict[str, list[str]]
Means = dict[str, float]


def run(args: Namespace) -> list[Row]:
    """
    Measure on the lay questions of `tests/eval`, and on both halves of the STARD questions.

    The shipped adapter has learned from the STARD questions: their figures show what it holds of them,
    not what it finds for new ones.
    """
    lay = read_judged(Path(__file__).parents[1] / "eval" / "lay.jsonl")
    stard = read_judged(Path(args.data) / "stard" / "train.jsonl")
    services = open_services(homes.large(args))
    known = {comparable(name) for name in services.library.references()}
    sets = {"lay": lay} | {
        f"STARD {split}": [query for query in stard if split_of(query.id) == split] for split in SPLITS
    }
    rows = []
    for name, judged in sets.items():
        chosen = [query for query in judged if query.relevant <= known]
        means = _means([_figures(services.searcher, query) for query in chosen])
        rows += _rows(f"{name}, {len(chosen)} questions", means)
    services.library.close()
    return rows


def split_of(identifier: str) -> str:
    """:returns: ``dev`` or ``held-out``, the same for an id for ever."""
    return SPLITS[hashlib.sha256(identifier.encode()).digest()[0] % 2]


def _figures(searcher: Searcher, judged: Judged) -> dict[str, Means]:
    found = searcher.rankings(judged.query, RULES, DEPTH)
    rankings = {
        FUSED: found[Leg.FUSED],
        KEYWORD: found[Leg.KEYWORD],
        DENSE: found[Leg.DENSE],
        PLAIN: _plain(searcher, judged.query),
    }
    rankings |= {
        RRF: list(reciprocal_rank_fusion([rankings[KEYWORD], rankings[PLAIN]])),
        BODY: _body_only(searcher, judged.query),
    }
    return {
        system: query_metrics([comparable(name) for name in names[:DEPTH]], judged.relevant)
        for system, names in rankings.items()
    }


def reciprocal_rank_fusion(rankings: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield what `rankings` hold by falling sum of 1 / (60 + rank) (Cormack, Clarke & Büttcher 2009)."""
    votes: Counter[str] = Counter()
    for names in rankings:
        for rank, name in enumerate(names, 1):
            votes[name] += 1 / (RRF_K + rank)  # type: ignore[assignment]
    yield from (name for name, _ in votes.most_common())


def _body_only(searcher: Searcher, text: str) -> list[str]:
    opened = searcher._open()
    words = opened.pipeline.get_component("analyzer").run(text)["words"]
    with patch.dict(FIELD_WEIGHTS, {"body": 1.0}, clear=True):
        ranking = opened.pipeline.get_component("keyword").run(words, [], RULES)["ranking"]
    return _grouped(searcher, ranking)


def _plain(searcher: Searcher, text: str) -> list[str]:
    opened = searcher._open()
    vector = opened.pipeline.get_component("encoder").run(text)["vector"]
    vectors = QueryVectors(vector, vector, vector)
    return _grouped(searcher, opened.pipeline.get_component("dense").run(vectors, RULES)["ranking"])


def _grouped(searcher: Searcher, ranking: Ranking) -> list[str]:
    opened = searcher._open()
    grouped = opened.pipeline.get_component("grouper").run(unfused(ranking), RULES, DEPTH)["ranking"]
    return searcher._names(grouped, opened.generation)


def _means(figures: Sequence[dict[str, Means]]) -> dict[str, Means]:
    return {
        system: {metric: float(np.mean([one[system][metric] for one in figures])) for metric in METRICS}
        for system in figures[0]
    }


def _rows(part: str, means: dict[str, Means]) -> list[Row]:
    return [
        Row(part, f"{metric}: {ours} / {baseline}", means[ours][metric], "", means[baseline][metric],
            means[ours][metric] / means[baseline][metric])
        for ours, baseline in AGAINST
        for metric in METRICS
    ]  # fmt: skip
