"""What passes between the components: positions and scores, nothing heavy."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray


def _positions() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


def _scores() -> NDArray[np.float32]:
    return np.empty(0, np.float32)


class Unchanging:
    """
    A value that no component changes, so that it is handed on as it is.

    Haystack copies what passes between components in depth, at every step; that cost more than the fusion.
    """

    __slots__ = ()

    def __deepcopy__(self, memo: object) -> Self:
        """:returns: The value itself."""
        return self


@dataclass(frozen=True, slots=True)
class Ranking(Unchanging):
    """Passages by falling score; both arrays have shape ``(n,)``."""

    positions: NDArray[np.int64] = field(default_factory=_positions)
    """Index positions of passages (see `retrieval.index.catalogue.Catalogue`)."""
    scores: NDArray[np.float32] = field(default_factory=_scores)

    def __len__(self) -> int:
        return len(self.positions)


def ranked(positions: NDArray[np.int64], scores: NDArray[np.float32], top_k: int) -> Ranking:
    """
    Sort by falling score; equal scores by position, so that results never depend on chance.

    :param top_k: How many to keep.
    """
    order = np.lexsort((positions, -scores))[:top_k]
    return Ranking(positions[order], scores[order])


@dataclass(frozen=True, slots=True)
class FusedRanking(Unchanging):
    """Candidates of both legs by falling fused score; all arrays have shape ``(n,)``."""

    positions: NDArray[np.int64]
    scores: NDArray[np.float32]
    keyword_ranks: NDArray[np.int32]
    """1-based rank in the keyword leg; 0 if it did not find the passage."""
    dense_ranks: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class GroupedRanking(Unchanging):
    """Hits by falling score, one a provision or document; all arrays have shape ``(n,)``."""

    positions: NDArray[np.int64]
    """The passage to show."""
    gists: NDArray[np.int64]
    """Position of our digest of the same provision; -1 if there is none."""
    scores: NDArray[np.float32]
    keyword_ranks: NDArray[np.int32]
    """Best rank of any passage of the hit in the keyword leg; 0 for none."""
    dense_ranks: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Likeness(Unchanging):
    """What questions like the query say besides the votes of the entrances; see `retrieval.components.poll`."""

    aside: Ranking
    """Votes of the entrances on law beside the trade, on passages of the provisions they lead to."""
    learned: Ranking
    """Votes of the questions that the adapter learned from, likewise."""
    laws: NDArray[np.float32]
    """Share of each work (see `Catalogue.work`) in what the nearest questions lead to, shape ``(works,)``."""
    nearest: float
    """Nearness of the nearest entrance, as its vote is measured."""


def unfused(ranking: Ranking) -> FusedRanking:
    """:returns: One leg's ranking in the form of the fused one, for looking at the leg alone."""
    none = np.zeros(len(ranking), np.int32)
    return FusedRanking(ranking.positions, ranking.scores, none, none)
