"""One ranking out of the legs."""

from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from kb.documents import NATIONWIDE
from retrieval.components.on_generation import OnGeneration
from retrieval.components.provision_candidates import Asking, Best, ProvisionCandidates, scatter, standardised
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import FusedRanking, Likeness, Ranking

Scores = NDArray[np.float32]
PRECEDENT_KEYWORDS = 0.13
"""Share of the keyword leg among cases; the plain and the adapted vector halve the rest."""
NAMED = 10.0
"""What a provision gains that the query names: more than any match."""
LINKED = 5.0
"""What a provision gains that an administrator linked the search to."""
NATIONWIDE_FIRST = 0.8
"""What a provision gains that binds everywhere: among equals it stands before a local rule."""


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
    (see `EntranceVoter`), and come first if the query names them. Where the index has a learned ranker it
    weighs the provisions in place of the three weights. Weights and form were chosen on lay questions that
    nothing was trained on; the README has the table.
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
        linked: Ranking | None = None,
        likeness: Likeness | None = None,
        text: str = "",
    ) -> dict[str, FusedRanking]:
        """
        Fuse the rankings.

        :param keyword: Candidates with BM25 scores.
        :param dense: Candidates with cosine similarities.
        :param vectors: The query; ``None`` leaves the keyword leg alone.
        :param votes: Provisions that entrances lead to; they become candidates too.
        :param named: Provisions that the query names; they become candidates too.
        :param linked: Provisions that somebody linked this very search to, likewise.
        :param likeness: What the learned ranker needs besides; provisions voted for become candidates too.
        :param text: The query.
        :returns: ``ranking`` of all candidates with scores between 0 and 1; those of one provision or
            document stand together, the passage that matches best first.
        """
        led, asked, tied = votes or Ranking(), named or Ranking(), linked or Ranking()
        ranker = self.index.adapter.ranker
        known = likeness if ranker is not None and vectors is not None else None
        legs = (keyword, dense, led, asked, tied, known.learned if known else Ranking())
        positions = np.unique(np.concatenate([leg.positions for leg in legs]))
        catalogue = self.index.catalogue
        rule = catalogue.rule[catalogue.passage_row[positions]]
        score, own = np.zeros((2, len(positions)), np.float32)
        asking = Asking(text, vectors, keyword, led, known)
        for sort, join in ((rule, self._provisions), (~rule, self._precedents)):
            if sort.any():
                score[sort], own[sort] = join(positions[sort], asking)
        if rule.any() and not rule.all():
            # Both sorts in one list: each counts by how it stands out among its own.
            score[rule], score[~rule] = standardised(score[rule]), standardised(score[~rule])
        score += NAMED * scatter(positions, asked) + LINKED * scatter(positions, tied)
        order = np.lexsort((positions, -own, catalogue.group[positions], -score))
        return {
            "ranking": FusedRanking(
                positions=positions[order],
                scores=(1 / (1 + np.exp(-score[order]))).astype(np.float32),
                keyword_ranks=_ranks(positions, keyword)[order],
                dense_ranks=_ranks(positions, dense)[order],
            )
        }

    def _provisions(self, positions: NDArray[np.int64], asking: Asking) -> tuple[Scores, Scores]:
        """:returns: Score of each passage's provision, and the passage's own share in it."""
        found = ProvisionCandidates(self.index, positions, asking, self.keyword_weight)
        ranker = self.index.adapter.ranker
        if ranker is not None and asking.likeness is not None:
            score = standardised(ranker.score(found.features()))
        else:
            score = found.likely + self.support_weight * found.support + self.entrance_weight * found.votes
        catalogue = self.index.catalogue
        everywhere = catalogue.region[catalogue.passage_row[found.firsts]] == NATIONWIDE
        score = score + NATIONWIDE_FIRST * everywhere
        return score[found.best.member], found.own

    def _precedents(self, positions: NDArray[np.int64], asking: Asking) -> tuple[Scores, Scores]:
        """:returns: Score of each passage's document, and the passage's own share in it."""
        best = Best(self.index.catalogue.group[positions])
        words = scatter(positions, asking.keyword)
        score, own = standardised(best.of(words)), words
        if asking.vectors is not None and self.index.vectors is not None:
            plain = self.index.vectors.cosines(positions, asking.vectors.plain)
            turned = self.index.vectors.cosines(positions, asking.vectors.precedents)
            cosines = standardised(best.of(plain)) + standardised(best.of(turned))
            score = PRECEDENT_KEYWORDS * score + (1 - PRECEDENT_KEYWORDS) / 2 * cosines
            own = plain + turned
        return score[best.member], own


def _ranks(positions: NDArray[np.int64], ranking: Ranking) -> NDArray[np.int32]:
    """:returns: The leg's 1-based rank at each of `positions`, 0 where it has none."""
    ranks = np.zeros(len(positions), np.int32)
    ranks[np.searchsorted(positions, ranking.positions)] = np.arange(1, len(ranking) + 1)
    return ranks
