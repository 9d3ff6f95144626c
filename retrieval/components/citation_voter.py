"""From cases like the one asked about to the provisions they rest on."""

from functools import cached_property
from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from retrieval.components.on_generation import OnGeneration
from retrieval.components.ranking import Ranking, ranked
from retrieval.index.generation import Generation
from retrieval.query import Filter

CLOSEST = 1.3
"""A case that is nearer than the nearest provision counts for more, up to this."""


@component
class CitationVoter(OnGeneration):
    """
    Let the cases and procedures nearest to a query vote for the provisions they cite.

    Lay words meet a case told in lay words long before they meet a statute. A document's vote is as
    strong as its nearness, measured between the farthest and the nearest provision that the vector leg
    found, and falls with the root of its rank; a library without such texts is searched as before.
    """

    def __init__(self, generation: str, voters: int = 8) -> None:
        """
        :param generation: Folder of an index generation.
        :param voters: How many documents vote.
        :raises ValueError: If `voters` is not positive.
        """
        if voters < 1:
            raise ValueError(f"voters must be at least 1, got {voters}")
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()
        self.voters = voters

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, generation=self.generation, voters=self.voters)

    @component.output_types(votes=Ranking)
    def run(self, vector: NDArray[np.float32] | None, dense: Ranking, filter: Filter) -> dict[str, Ranking]:
        """
        Collect the votes.

        :param vector: Normalised query embedding; ``None`` without a model.
        :param dense: What the vector leg found, the measure of nearness.
        :param filter: Which provisions may be found; the voters need not pass it.
        :returns: ``votes``: allowed passages of the cited provisions with the sum of votes for each.
        """
        index = self.index
        if vector is None or index.vectors is None or len(dense) < 2 or not len(index.citations.row):
            return {"votes": Ranking()}
        votes: dict[int, float] = {}
        for place, (row, cosine) in enumerate(self._voters(vector), 1):
            nearness = (cosine - dense.scores[-1]) / max(float(dense.scores[0] - dense.scores[-1]), 1e-6)
            weight = float(np.clip(nearness, 0, CLOSEST)) / place**0.5
            for group in index.citations.cited_by(row).tolist():
                votes[group] = votes.get(group, 0.0) + weight
        return {"votes": _spread(index, votes, filter)}

    def _voters(self, vector: NDArray[np.float32]) -> list[tuple[int, float]]:
        """:returns: Row and cosine of the nearest citing documents, each at its best passage."""
        rows, vectors = self._entrances
        cosines = vectors @ vector
        nearest = np.argsort(-cosines, kind="stable")
        _, first = np.unique(rows[nearest], return_index=True)
        best = nearest[np.sort(first)[: self.voters]]
        return [(int(rows[i]), float(cosines[i])) for i in best]

    @cached_property
    def _entrances(self) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and vectors of all passages of citing documents; few enough to compare at once."""
        index = self.index
        assert index.vectors is not None
        positions = np.flatnonzero(index.citations.citing(index.catalogue))
        return index.catalogue.passage_row[positions], index.vectors.exact[positions].astype(np.float32)


def _spread(index: Generation, votes: dict[int, float], filter: Filter) -> Ranking:
    """:returns: The votes of each provision on all of its passages that may be found."""
    allowed = index.catalogue.allowed(filter)
    pairs = [
        (int(position), votes[group])
        for group in sorted(votes)
        for position in index.catalogue.members(group)
        if votes[group] > 0 and allowed[index.catalogue.passage_row[position]]
    ]
    positions = np.array([position for position, _ in pairs], np.int64)
    scores = np.array([score for _, score in pairs], np.float32)
    return ranked(positions, scores, len(positions))
