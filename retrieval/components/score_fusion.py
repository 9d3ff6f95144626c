"""One ranking out of the legs."""

from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from kb.documents import NATIONWIDE
from retrieval.components.on_generation import OnGeneration
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import FusedRanking, Ranking

Scores = NDArray[np.float32]
PRECEDENT_KEYWORDS = 0.13
"""Share of the keyword leg among cases; the plain and the adapted vector halve the rest."""
NAMED = 10.0
"""What a provision gains that the query names: more than any match."""
NATIONWIDE_FIRST = 0.8
"""What a provision gains that binds everywhere: among equals it stands before a local rule."""
_ROUNDING = 1e-6
"""Scores that differ by less, compared with the largest, are equal: single precision tells no more."""


@component
class ScoreFusion(OnGeneration):
    """
    Weighted sum of the legs' standardised scores, one for each provision or document.

    Ranks alone (RRF) throw away how clearly a leg prefers its first hit. Standardising within the query
    makes unbounded BM25 and narrow cosines comparable, and a candidate of one leg still gets its exact
    cosines. Each leg is taken at its best passage of a provision (text, older text, digest) or document
    before they are joined: the words may match where the case is told, the meaning where it is judged.
    A rule that answers with several articles is the more likely subject: its provisions gain the
    discounted ranks of all its candidates. Provisions also gain what entrances like the query say for them
    (see `EntranceVoter`), and come first if the query names them. Weights and form were chosen on lay
    questions that nothing was trained on; the README has the table.
    """

    def __init__(
        self,
        generation: str,
        keyword_weight: float = 0.23,
        support_weight: float = 0.23,
        entrance_weight: float = 0.9,
    ) -> None:
        """
        :param generation: Folder of an index generation.
        :param keyword_weight: Share of the keyword leg among provisions, 0–1; the vector leg has the rest.
        :param support_weight: Weight of the support; 0 switches it off.
        :param entrance_weight: Weight of the votes; 0 switches them off.
        :raises ValueError: If a weight is out of range.
        """
        if not 0.0 <= keyword_weight <= 1.0:
            raise ValueError(f"keyword_weight must be within 0 and 1, got {keyword_weight}")
        if support_weight < 0.0:
            raise ValueError(f"support_weight must not be negative, got {support_weight}")
        if entrance_weight < 0.0:
            raise ValueError(f"entrance_weight must not be negative, got {entrance_weight}")
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()
        self.keyword_weight = keyword_weight
        self.support_weight = support_weight
        self.entrance_weight = entrance_weight

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(
            self,
            generation=self.generation,
            keyword_weight=self.keyword_weight,
            support_weight=self.support_weight,
            entrance_weight=self.entrance_weight,
        )

    @component.output_types(ranking=FusedRanking)
    def run(
        self,
        keyword: Ranking,
        dense: Ranking,
        vectors: QueryVectors | None = None,
        votes: Ranking | None = None,
        named: Ranking | None = None,
    ) -> dict[str, FusedRanking]:
        """
        Fuse the rankings.

        :param keyword: Candidates with BM25 scores.
        :param dense: Candidates with cosine similarities.
        :param vectors: The query; ``None`` leaves the keyword leg alone.
        :param votes: Provisions that entrances lead to; they become candidates too.
        :param named: Provisions that the query names; they become candidates too.
        :returns: ``ranking`` of all candidates with scores between 0 and 1; those of one provision or
            document stand together, the passage that matches best first.
        """
        led, asked = votes or Ranking(), named or Ranking()
        legs = (keyword, dense, led, asked)
        positions = np.unique(np.concatenate([leg.positions for leg in legs]))
        catalogue = self.index.catalogue
        rule = catalogue.rule[catalogue.passage_row[positions]]
        score, own = np.zeros((2, len(positions)), np.float32)
        for sort, join in ((rule, self._provisions), (~rule, self._precedents)):
            if sort.any():
                score[sort], own[sort] = join(positions[sort], keyword, led, vectors)
        if rule.any() and not rule.all():
            # Both sorts in one list: each counts by how it stands out among its own.
            score[rule], score[~rule] = _standardised(score[rule]), _standardised(score[~rule])
        score += NAMED * _scatter(positions, asked)
        order = np.lexsort((positions, -own, catalogue.group[positions], -score))
        return {
            "ranking": FusedRanking(
                positions=positions[order],
                scores=(1 / (1 + np.exp(-score[order]))).astype(np.float32),
                keyword_ranks=_ranks(positions, keyword)[order],
                dense_ranks=_ranks(positions, dense)[order],
            )
        }

    def _provisions(
        self, positions: NDArray[np.int64], keyword: Ranking, votes: Ranking, vectors: QueryVectors | None
    ) -> tuple[Scores, Scores]:
        """:returns: Score of each passage's provision, and the passage's own share in it."""
        best = _Best(self.index.catalogue.group[positions])
        words = _scatter(positions, keyword)
        score, own = _standardised(best.of(words)), words
        if vectors is not None and self.index.vectors is not None:
            own = self.index.vectors.cosines(positions, vectors.provisions)
            cosine = _standardised(best.of(own))
            score = self.keyword_weight * score + (1 - self.keyword_weight) * cosine
        score += self.support_weight * self._support(positions[best.first], score)
        score += self.entrance_weight * best.of(_scatter(positions, votes))
        catalogue = self.index.catalogue
        rows = catalogue.passage_row[positions[best.first]]
        score += NATIONWIDE_FIRST * (catalogue.region[rows] == NATIONWIDE)
        return score[best.member], own

    def _precedents(
        self, positions: NDArray[np.int64], keyword: Ranking, _: Ranking, vectors: QueryVectors | None
    ) -> tuple[Scores, Scores]:
        """:returns: Score of each passage's document, and the passage's own share in it."""
        best = _Best(self.index.catalogue.group[positions])
        words = _scatter(positions, keyword)
        score, own = _standardised(best.of(words)), words
        if vectors is not None and self.index.vectors is not None:
            plain = self.index.vectors.cosines(positions, vectors.plain)
            turned = self.index.vectors.cosines(positions, vectors.precedents)
            cosines = _standardised(best.of(plain)) + _standardised(best.of(turned))
            score = PRECEDENT_KEYWORDS * score + (1 - PRECEDENT_KEYWORDS) / 2 * cosines
            own = plain + turned
        return score[best.member], own

    def _support(self, positions: NDArray[np.int64], score: Scores) -> Scores:
        """:returns: Sum of 1/rank over the candidates of the same rule, at each of `positions`."""
        catalogue = self.index.catalogue
        works = catalogue.work[catalogue.passage_row[positions]]
        order = np.lexsort((positions, -score))
        votes = np.zeros(int(works.max(initial=-1)) + 1)
        np.add.at(votes, works[order], 1 / np.arange(1, len(order) + 1))
        return votes[works].astype(np.float32)


class _Best:
    """The best of the passages of each provision or document."""

    def __init__(self, groups: NDArray[np.int32]) -> None:
        """:param groups: Of each passage."""
        _, self.first, self.member = np.unique(groups, return_index=True, return_inverse=True)

    def of(self, values: Scores) -> Scores:
        """:returns: The largest of `values` in each group, shape ``(groups,)``."""
        best = np.full(len(self.first), -np.inf, np.float32)
        np.maximum.at(best, self.member, values)
        return best


def _scatter(positions: NDArray[np.int64], ranking: Ranking) -> Scores:
    """:returns: The leg's score at each of `positions`, 0 where it has none."""
    scores = np.zeros(len(positions), np.float32)
    held = np.isin(ranking.positions, positions)
    scores[np.searchsorted(positions, ranking.positions[held])] = ranking.scores[held]
    return scores


def _ranks(positions: NDArray[np.int64], ranking: Ranking) -> NDArray[np.int32]:
    """:returns: The leg's 1-based rank at each of `positions`, 0 where it has none."""
    ranks = np.zeros(len(positions), np.int32)
    ranks[np.searchsorted(positions, ranking.positions)] = np.arange(1, len(ranking) + 1)
    return ranks


def _standardised(scores: Scores) -> Scores:
    """:returns: Scores with mean 0 and deviation 1; zeros where all are equal."""
    if len(scores) == 0 or np.ptp(scores) <= _ROUNDING * float(np.abs(scores).max()):
        return np.zeros_like(scores)
    standard: Scores = ((scores - scores.mean()) / scores.std()).astype(np.float32)
    return standard
