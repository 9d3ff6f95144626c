"""From questions and cases like the one asked about to the provisions they lead to."""

from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from kb.entrances import Source
from retrieval.components.on_generation import OnGeneration
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import Ranking, ranked
from retrieval.index.generation import Generation
from retrieval.query import Filter

CLOSEST = 1.3
"""An entrance that is nearer than the nearest provision counts for more, up to this."""
LINKED, SAME = 5.0, 0.995
"""What a search counts that an administrator linked, put again in the same words, and the cosine of those."""


@component
class EntranceVoter(OnGeneration):
    """
    Let the entrances nearest to a query vote for the provisions they lead to.

    Lay words meet a question or a case told in lay words long before they meet a statute. An entrance's
    vote is as strong as its nearness, measured between the farthest and the nearest candidate of the
    vector leg, and falls with the root of its rank; without entrances the search goes on without votes.
    """

    def __init__(self, generation: str, voters: int = 12) -> None:
        """
        :param generation: Folder of an index generation.
        :param voters: How many entrances vote.
        :raises ValueError: If `voters` is not positive.
        """
        if voters < 1:
            raise ValueError(f"voters must be at least 1, got {voters}")
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()
        self.voters = voters

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, generation=self.generation, voters=self.voters)

    @component.output_types(votes=Ranking, leads=list[int])
    def run(
        self, vectors: QueryVectors | None, dense: Ranking, filter: Filter
    ) -> dict[str, Ranking | list[int]]:
        """
        Collect the votes.

        :param vectors: The query; ``None`` without a model.
        :param dense: What the vector leg found, the measure of nearness.
        :param filter: Which provisions may be found; the voters need not pass it.
        :returns: ``votes``: allowed passages of the provisions led to, with the sum of votes for each;
            ``leads``: sources that voted, see `retrieval.index.entrances.Entrances`, nearest first.
        """
        index = self.index
        measure = _rules(index, dense)
        if vectors is None or index.vectors is None or index.entrances is None or len(measure) < 2:
            return {"votes": Ranking(), "leads": []}
        cosines = index.vectors.cosines(measure, vectors.plain)
        far, near = float(cosines.min()), float(cosines.max())
        votes: dict[int, float] = {}
        leads = []
        for place, (source, cosine) in enumerate(index.entrances.nearest(vectors.plain, self.voters), 1):
            nearness = float(np.clip((cosine - far) / max(near - far, 1e-6), 0, CLOSEST))
            if nearness > 0:
                leads.append(source)
                if index.entrances.labels[source][0] == Source.LINKED and cosine > SAME:
                    nearness = LINKED
                for group in index.entrances.provisions(source).tolist():
                    votes[group] = votes.get(group, 0.0) + nearness / place**0.5
        return {"votes": _spread(index, votes, filter), "leads": leads}


def _rules(index: Generation, dense: Ranking) -> NDArray[np.int64]:
    return dense.positions[index.catalogue.rule[index.catalogue.passage_row[dense.positions]]]


def _spread(index: Generation, votes: dict[int, float], filter: Filter) -> Ranking:
    """:returns: The votes of each provision on all of its passages that may be found."""
    allowed = index.catalogue.allowed(filter)
    pairs = [
        (int(position), score)
        for group, score in sorted(votes.items())
        for position in index.catalogue.members(group)
        if allowed[index.catalogue.passage_row[position]]
    ]
    positions = np.array([position for position, _ in pairs], np.int64)
    scores = np.array([score for _, score in pairs], np.float32)
    return ranked(positions, scores, len(positions))
