"""The provisions that may answer a query, and what the ranker sees of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import Likeness, Ranking
from retrieval.index.generation import Generation
from retrieval.model.ranker import FEATURES

Scores = NDArray[np.float32]
_ROUNDING = 1e-6
"""Scores that differ by less, compared with the largest, are equal: single precision tells no more."""
_UNLIKELY = 0.02
"""Share that a law has which no question leads to."""
_CHARACTERS = 30.0


@dataclass(frozen=True, slots=True)
class Asking:
    """One query with what the legs found."""

    text: str
    vectors: QueryVectors | None
    keyword: Ranking
    votes: Ranking
    likeness: Likeness | None


class ProvisionCandidates:
    """
    Candidates of all legs, one a provision, each taken at its best passage by each leg.

    Scores have shape ``(provisions,)``.
    """

    def __init__(
        self, index: Generation, positions: NDArray[np.int64], asking: Asking, keyword_weight: float
    ) -> None:
        """
        :param positions: Passages of provisions, ascending.
        :param keyword_weight: Share of the keyword leg in `likely`; the vector leg has the rest.
        """
        self._index = index
        self._positions = positions
        self._asking = asking
        self.best = Best(index.catalogue.group[positions])
        self.firsts = positions[self.best.first]
        self.own = scatter(positions, asking.keyword)
        """Of each passage: its score within its provision."""
        self._words = standardised(self.best.of(self.own))
        self.votes = self.best.of(scatter(positions, asking.votes))
        self.likely = self._words
        """What the two legs say together."""
        if asking.vectors is not None and index.vectors is not None:
            self.own = index.vectors.cosines(positions, asking.vectors.provisions)
            self._cosines = self.best.of(self.own)
            self._nearness = standardised(self._cosines)
            self.likely = keyword_weight * self._words + (1 - keyword_weight) * self._nearness

    @cached_property
    def support(self) -> Scores:
        """Sum of 1/rank over the candidates of the same rule: what answers with several is the likelier."""
        works = self._works
        order = np.lexsort((self.firsts, -self.likely))
        votes = np.zeros(int(works.max(initial=-1)) + 1)
        np.add.at(votes, works[order], 1 / np.arange(1, len(order) + 1))
        return votes[works].astype(np.float32)

    def features(self) -> Scores:
        """
        Fill the matrix of features; the query must have vectors and a likeness.

        :returns: Shape ``(provisions, features)``, in the order of `retrieval.model.ranker.FEATURES`.
        """
        likeness = self._asking.likeness
        assert likeness is not None
        count = len(self.firsts)
        columns = {
            "cosine": self._nearness,
            "words": self._words,
            "support": self.support,
            "votes": self.votes,
            "aside": self.best.of(scatter(self._positions, likeness.aside)),
            "learned": self.best.of(scatter(self._positions, likeness.learned)),
            "law": np.log(likeness.laws[self._works] + _UNLIKELY),
            "cosine_rank": _log_rank(self._cosines),
            "words_rank": _log_rank(self._words),
            "neighbour": self._neighbours(),
            "nearest": np.full(count, likeness.nearest),
            "length": np.full(count, len(self._asking.text) / _CHARACTERS),
        }
        return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)

    @cached_property
    def _works(self) -> NDArray[np.int32]:
        catalogue = self._index.catalogue
        works: NDArray[np.int32] = catalogue.work[catalogue.passage_row[self.firsts]]
        return works

    def _neighbours(self) -> Scores:
        """:returns: The better standardised cosine of the articles before and after; answers come in runs."""
        vectors, asked = self._index.vectors, self._asking.vectors
        assert vectors is not None
        assert asked is not None
        rows = self._index.catalogue.passage_row
        best = np.full(len(self.firsts), -1.0, np.float32)
        for step in (-1, 1):
            beside = np.clip(self.firsts + step, 0, len(rows) - 1)
            same = (self._index.catalogue.work[rows[beside]] == self._works) & (beside != self.firsts)
            best = np.where(same, np.maximum(best, vectors.cosines(beside, asked.provisions)), best)
        deviation = float(self._cosines.std()) or 1.0
        standard: Scores = np.clip((best - self._cosines.mean()) / deviation, -3, 4).astype(np.float32)
        return standard


class Best:
    """The best of the passages of each provision or document."""

    def __init__(self, groups: NDArray[np.int32]) -> None:
        """:param groups: Of each passage."""
        _, self.first, self.member = np.unique(groups, return_index=True, return_inverse=True)

    def of(self, values: Scores) -> Scores:
        """:returns: The largest of `values` in each group, shape ``(groups,)``."""
        best = np.full(len(self.first), -np.inf, np.float32)
        np.maximum.at(best, self.member, values)
        return best


def scatter(positions: NDArray[np.int64], ranking: Ranking) -> Scores:
    """:returns: The leg's score at each of `positions`, 0 where it has none."""
    scores = np.zeros(len(positions), np.float32)
    held = np.isin(ranking.positions, positions)
    scores[np.searchsorted(positions, ranking.positions[held])] = ranking.scores[held]
    return scores


def _log_rank(scores: Scores) -> Scores:
    """:returns: ``log(1 + rank)``, the best having rank 0; equal scores in the order given."""
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return np.log1p(ranks)


def standardised(scores: Scores) -> Scores:
    """:returns: Scores with mean 0 and deviation 1; zeros where all are equal."""
    if len(scores) == 0 or np.ptp(scores) <= _ROUNDING * float(np.abs(scores).max()):
        return np.zeros_like(scores)
    standard: Scores = ((scores - scores.mean()) / scores.std()).astype(np.float32)
    return standard
