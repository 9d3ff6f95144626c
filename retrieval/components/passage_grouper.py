"""From passages to hits: one a provision, one a document."""

from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from retrieval.components.on_generation import OnGeneration
from retrieval.components.ranking import FusedRanking, GroupedRanking
from retrieval.index.catalogue import Mask
from retrieval.query import Filter


@component
class PassageGrouper(OnGeneration):
    """
    Keep the best passage of each provision or document.

    A provision's official text stands for it even when our digest of it matched better; the digest
    goes along as its gist.
    """

    def __init__(self, generation: str) -> None:
        """:param generation: Folder of an index generation."""
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, generation=self.generation)

    @component.output_types(ranking=GroupedRanking)
    def run(self, ranking: FusedRanking, filter: Filter, top_k: int) -> dict[str, GroupedRanking]:
        """
        Group a ranking.

        :param ranking: Passages, best first.
        :param filter: The filter they were found under.
        :param top_k: How many hits to keep.
        :returns: ``ranking`` of at most `top_k` hits in the order of their best passage.
        """
        catalogue = self.index.catalogue
        groups = catalogue.group[ranking.positions]
        _, first = np.unique(groups, return_index=True)
        best = np.sort(first)[:top_k]
        allowed = catalogue.allowed(filter)
        shown, gists = [], []
        for place in best:
            position = int(ranking.positions[place])
            passage, gist = self._faces(position, allowed)
            shown.append(passage)
            gists.append(gist)
        return {
            "ranking": GroupedRanking(
                positions=np.array(shown, np.int64),
                gists=np.array(gists, np.int64),
                scores=ranking.scores[best],
                keyword_ranks=_best_ranks(groups, ranking.keyword_ranks, best),
                dense_ranks=_best_ranks(groups, ranking.dense_ranks, best),
            )
        }

    def _faces(self, position: int, allowed: Mask) -> tuple[int, int]:
        """:returns: The passage that stands for the hit found at `position`, and its digest or -1."""
        catalogue = self.index.catalogue
        members = catalogue.members(int(catalogue.group[position]))
        if len(members) == 1:
            return position, -1
        rows = catalogue.passage_row[members]
        members, rows = members[allowed[rows]], rows[allowed[rows]]
        digests = members[catalogue.digest[rows]]
        gist = int(digests[0]) if len(digests) else -1
        if not catalogue.digest[catalogue.passage_row[position]]:
            return position, gist
        official = members[~catalogue.digest[rows]]
        return (int(official[0]), position) if len(official) else (position, -1)


def _best_ranks(
    groups: NDArray[np.int32], ranks: NDArray[np.int32], best: NDArray[np.int64]
) -> NDArray[np.int32]:
    """:returns: The smallest rank above 0 among all candidates of each hit's group, or 0."""
    none = np.iinfo(np.int32).max
    lowest = {int(group): none for group in groups[best]}
    for group, rank in zip(groups.tolist(), ranks.tolist(), strict=True):
        if rank and rank < lowest.get(group, 0):
            lowest[group] = rank
    found = np.array([lowest[int(group)] for group in groups[best]], np.int32)
    return np.where(found == none, 0, found)
