"""How the hits of one query came about: each leg's ranks and scores, and what was looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kb.lexicon import load_lexicon
from retrieval.index.catalogue import Catalogue
from retrieval.query import Hit, Mode, Query
from retrieval.search import MAX_QUERY_CHARACTERS, Searcher

EXPANSION = "expansion"
"""Name of the output, of whichever component, that holds pairs of an added term and its weight."""
_LAST = "grouper"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one leg has a provision or document: 1-based rank among its hits, and its score there."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One query, taken apart."""

    query: Query
    meant: str
    """The query with slips of the keyboard put right."""
    words: tuple[str, ...]
    """Words that were looked up."""
    expansion: tuple[tuple[str, float], ...]
    """Terms added to the query, with their weights."""
    mode: Mode
    hits: tuple[Hit, ...]
    legs: Mapping[str, Mapping[str, Standing]]
    """Component → reference or document id → where it stands there; the order is the pipeline's."""

    def standings(self, name: str) -> dict[str, Standing]:
        """:returns: Leg → standing of one reference or document id, for the legs that found it."""
        return {leg: found[name] for leg, found in self.legs.items() if name in found}


def explain(searcher: Searcher, query: Query) -> Explanation:
    """
    Search and keep the way to the result.

    Whatever component puts out positions with scores is a leg; a new one needs no change here.

    :raises IndexDamaged: If there is no usable index.
    """
    trace = searcher.trace(query)
    legs: dict[str, Mapping[str, Standing]] = {}
    for component, outputs in trace.outputs.items():
        found = [value for value in outputs.values() if _is_ranking(value)]
        if found and component != _LAST:
            legs[component] = _standings(found[0], trace.generation.catalogue)
    return Explanation(
        query=query,
        meant=load_lexicon().corrected(query.text[:MAX_QUERY_CHARACTERS]),
        words=tuple(trace.outputs["analyzer"]["words"]),
        expansion=_expansion(trace.outputs),
        mode=trace.mode,
        hits=trace.hits,
        legs=legs,
    )


def _is_ranking(value: Any) -> bool:
    parts = (getattr(value, "positions", None), getattr(value, "scores", None))
    return all(isinstance(part, np.ndarray) for part in parts)


def _standings(ranking: Any, catalogue: Catalogue) -> dict[str, Standing]:
    """:returns: Every name a leg found, at its best passage; ranks count names, not passages."""
    found: dict[str, Standing] = {}
    names = catalogue.name[ranking.positions].tolist()
    for name, score in zip(names, ranking.scores.tolist(), strict=True):
        if name not in found:
            found[name] = Standing(len(found) + 1, float(score))
    return found


def _expansion(outputs: Mapping[str, Mapping[str, Any]]) -> tuple[tuple[str, float], ...]:
    added = [pair for found in outputs.values() for pair in found.get(EXPANSION) or ()]
    return tuple((str(term), float(weight)) for term, weight in added)
