"""Ranking metrics (Manning, Raghavan & Schütze 2008, ch. 8; Järvelin & Kekäläinen 2002 for nDCG)."""

import math
from collections.abc import Collection, Sequence

RECALL_CUTS = (5, 10, 20, 50, 100)
SUCCESS_CUTS = (1, 3, 5)
CUT = 10


def recall(ranked: Sequence[str], relevant: Collection[str], cut: int) -> float:
    """:returns: Share of the relevant items among the first `cut`."""
    return len(set(ranked[:cut]) & set(relevant)) / len(relevant)


def success(ranked: Sequence[str], relevant: Collection[str], cut: int) -> float:
    """:returns: 1 if any of the first `cut` is relevant, else 0."""
    return float(any(item in relevant for item in ranked[:cut]))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], cut: int = CUT) -> float:
    """:returns: 1 / rank of the first relevant item among the first `cut`, or 0."""
    return next((1 / rank for rank, item in enumerate(ranked[:cut], 1) if item in relevant), 0.0)


def ndcg(ranked: Sequence[str], relevant: Collection[str], cut: int = CUT) -> float:
    """:returns: Normalised discounted cumulative gain with binary gains and log2 discount."""
    gain = sum(1 / math.log2(rank + 1) for rank, item in enumerate(ranked[:cut], 1) if item in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), cut) + 1))
    return gain / ideal


def query_metrics(ranked: Sequence[str], relevant: Collection[str]) -> dict[str, float]:
    """
    All metrics of one query.

    :param ranked: Items found, best first, none twice.
    :param relevant: What should be found; not empty.
    """
    return (
        {f"recall@{cut}": recall(ranked, relevant, cut) for cut in RECALL_CUTS}
        | {f"success@{cut}": success(ranked, relevant, cut) for cut in SUCCESS_CUTS}
        | {f"mrr@{CUT}": reciprocal_rank(ranked, relevant), f"ndcg@{CUT}": ndcg(ranked, relevant)}
    )
