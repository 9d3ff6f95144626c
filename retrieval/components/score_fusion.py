"""One ranking out of the two legs."""

from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from retrieval.components.on_generation import OnGeneration
from retrieval.components.ranking import FusedRanking, Ranking


@component
class ScoreFusion(OnGeneration):
    """
    Weighted sum of the legs' standardised scores, plus support from the same rule.

    Ranks alone (RRF) throw away how clearly a leg prefers its first hit. Standardising within the query
    makes unbounded BM25 and narrow cosines comparable. A candidate of the keyword leg alone still gets
    its exact cosine. And a rule that answers with several articles is the more likely subject: each
    passage gains the discounted ranks of all candidates of its rule. Last, provisions gain what cases
    and procedures like the query say for them (see `CitationVoter`). Weights and form were chosen on real
    lay questions; the README has the tables.
    """

    def __init__(
        self,
        generation: str,
        keyword_weight: float = 0.4,
        support_weight: float = 0.25,
        citation_weight: float = 1.5,
    ) -> None:
        """
        :param generation: Folder of an index generation.
        :param keyword_weight: Share of the keyword leg, 0–1; the vector leg has the rest.
        :param support_weight: Weight of the support; 0 switches it off.
        :param citation_weight: Weight of the votes; 0 switches them off.
        :raises ValueError: If a weight is out of range.
        """
        if not 0.0 <= keyword_weight <= 1.0:
            raise ValueError(f"keyword_weight must be within 0 and 1, got {keyword_weight}")
        if support_weight < 0.0:
            raise ValueError(f"support_weight must not be negative, got {support_weight}")
        if citation_weight < 0.0:
            raise ValueError(f"citation_weight must not be negative, got {citation_weight}")
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()
        self.keyword_weight = keyword_weight
        self.support_weight = support_weight
        self.citation_weight = citation_weight

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(
            self,
            generation=self.generation,
            keyword_weight=self.keyword_weight,
            support_weight=self.support_weight,
            citation_weight=self.citation_weight,
        )

    @component.output_types(ranking=FusedRanking)
    def run(
        self,
        keyword: Ranking,
        dense: Ranking,
        vector: NDArray[np.float32] | None = None,
        votes: Ranking | None = None,
    ) -> dict[str, FusedRanking]:
        """
        Fuse two rankings.

        :param keyword: Candidates with BM25 scores.
        :param dense: Candidates with cosine similarities.
        :param vector: The query's vector; ``None`` leaves the keyword leg alone.
        :param votes: Provisions cited by cases like the query; they become candidates too.
        :returns: ``ranking`` of all candidates with scores between 0 and 1.
        """
        cited = votes or Ranking()
        positions = np.union1d(np.union1d(keyword.positions, dense.positions), cited.positions)
        score = _standardised(_scatter(positions, keyword))
        if vector is not None and self.index.vectors is not None:
            cosine = _standardised(self.index.vectors.cosines(positions, vector))
            score = self.keyword_weight * score + (1 - self.keyword_weight) * cosine
        score += self.support_weight * self._support(positions, score)
        score += self.citation_weight * _scatter(positions, cited)
        order = np.lexsort((positions, -score))
        return {
            "ranking": FusedRanking(
                positions=positions[order],
                scores=(1 / (1 + np.exp(-score[order]))).astype(np.float32),
                keyword_ranks=_ranks(positions, keyword)[order],
                dense_ranks=_ranks(positions, dense)[order],
            )
        }

    def _support(self, positions: NDArray[np.int64], score: NDArray[np.float32]) -> NDArray[np.float32]:
        """:returns: Sum of 1/rank over the candidates of the same rule, at each of `positions`."""
        catalogue = self.index.catalogue
        works = catalogue.work[catalogue.passage_row[positions]]
        order = np.lexsort((positions, -score))
        votes = np.zeros(int(works.max(initial=-1)) + 1)
        np.add.at(votes, works[order], 1 / np.arange(1, len(order) + 1))
        return votes[works].astype(np.float32)


def _scatter(positions: NDArray[np.int64], ranking: Ranking) -> NDArray[np.float32]:
    """:returns: The leg's score at each of `positions`, 0 where it has none."""
    scores = np.zeros(len(positions), np.float32)
    scores[np.searchsorted(positions, ranking.positions)] = ranking.scores
    return scores


def _ranks(positions: NDArray[np.int64], ranking: Ranking) -> NDArray[np.int32]:
    """:returns: The leg's 1-based rank at each of `positions`, 0 where it has none."""
    ranks = np.zeros(len(positions), np.int32)
    ranks[np.searchsorted(positions, ranking.positions)] = np.arange(1, len(ranking) + 1)
    return ranks


def _standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """:returns: Scores with mean 0 and deviation 1; zeros where all are equal."""
    if len(scores) == 0 or not (spread := float(scores.std())):
        return np.zeros_like(scores)
    standard: NDArray[np.float32] = ((scores - scores.mean()) / spread).astype(np.float32)
    return standard
