"""From questions and cases like the one asked about to the provisions they lead to."""

from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from retrieval.components.on_generation import OnGeneration
from retrieval.components.poll import VOTERS, Scale, Votes, poll
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import Likeness, Ranking, ranked
from retrieval.index.generation import Generation
from retrieval.query import Filter


@component
class EntranceVoter(OnGeneration):
    """
    Let the entrances nearest to a query vote for the provisions they lead to.

    Lay words meet a question or a case told in lay words long before they meet a statute (see
    `retrieval.components.poll`); without entrances the search goes on without votes.
    """

    def __init__(self, generation: str, voters: int = VOTERS) -> None:
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

    @component.output_types(votes=Ranking, linked=Ranking, leads=list[int], likeness=Likeness | None)
    def run(
        self, vectors: QueryVectors | None, dense: Ranking, filter: Filter
    ) -> dict[str, Ranking | list[int] | Likeness | None]:
        """
        Collect the votes.

        :param vectors: The query; ``None`` without a model.
        :param dense: What the vector leg found, the measure of nearness.
        :param filter: Which provisions may be found; the voters need not pass it.
        :returns: ``votes``: allowed passages of the provisions led to, with the sum of votes for each;
            ``linked``: those that an administrator linked this very search to;
            ``leads``: sources that voted, see `retrieval.index.entrances.Entrances`, nearest first;
            ``likeness``: what the learned ranker asks for besides, ``None`` where there are no voters.
        """
        entrances = self.index.entrances
        measure = scale(self.index, vectors, dense)
        if vectors is None or entrances is None or measure is None:
            return {"votes": Ranking(), "linked": Ranking(), "leads": [], "likeness": None}
        found = poll(self.index, entrances.cosines(vectors.plain), measure, self.voters)
        aside, learned = (spread(self.index, votes, filter) for votes in (found.aside, found.learned))
        return {
            "votes": spread(self.index, found.votes, filter),
            "linked": spread(self.index, found.linked, filter),
            "leads": found.leads,
            "likeness": Likeness(aside, learned, found.laws, found.nearest),
        }


def scale(index: Generation, vectors: QueryVectors | None, dense: Ranking) -> Scale | None:
    """:returns: Nearness as the vector leg's provisions measure it; ``None`` with fewer than two."""
    measure = _rules(index, dense)
    if vectors is None or index.vectors is None or len(measure) < 2:
        return None
    cosines = index.vectors.cosines(measure, vectors.plain)
    return Scale(float(cosines.min()), float(cosines.max()))


def spread(index: Generation, votes: Votes, filter: Filter) -> Ranking:
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


def _rules(index: Generation, dense: Ranking) -> NDArray[np.int64]:
    return dense.positions[index.catalogue.rule[index.catalogue.passage_row[dense.positions]]]
