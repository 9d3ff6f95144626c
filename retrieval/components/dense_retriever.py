"""The vector leg: cosine similarity to every allowed passage."""

from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from retrieval.components.on_generation import OnGeneration
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.ranking import Ranking, ranked
from retrieval.index.catalogue import Mask
from retrieval.query import Filter


@component
class DenseRetriever(OnGeneration):
    """
    Rank passages by cosine similarity; every allowed vector is compared.

    Provisions are compared with the query as adapted to them, everything else with the plain query. The
    filter is a bitmap inside the index, so that `top_k` results of either sort come back whenever that
    many passages are allowed.
    """

    def __init__(self, generation: str, top_k: int = 200) -> None:
        """
        :param generation: Folder of an index generation.
        :param top_k: How many passages of either sort to return at most.
        :raises ValueError: If `top_k` is not positive.
        """
        if top_k < 1:
            raise ValueError(f"top_k must be at least 1, got {top_k}")
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()
        self.top_k = top_k

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, generation=self.generation, top_k=self.top_k)

    @component.output_types(ranking=Ranking)
    def run(self, vectors: QueryVectors | None, filter: Filter) -> dict[str, Ranking]:
        """
        Compare a query with the passages.

        :param vectors: The query; ``None`` without a model.
        :param filter: Which documents may be found.
        :returns: ``ranking`` with cosine similarities, -1 to 1, falling within either sort; the sorts, whose
            cosines do not compare, take turns. Empty without a query vector.
        """
        index = self.index
        if vectors is None or index.vectors is None:
            return {"ranking": Ranking()}
        provisions, others = index.catalogue.allowed_passages(filter)
        sorts = (self._nearest(vectors.provisions, provisions), self._nearest(vectors.plain, others))
        positions = np.concatenate([found.positions for found in sorts])
        scores = np.concatenate([found.scores for found in sorts])
        places = np.concatenate([np.arange(len(found)) for found in sorts])
        order = np.lexsort((positions, places))
        return {"ranking": Ranking(positions[order], scores[order])}

    def _nearest(self, vector: NDArray[np.float32], allowed: Mask) -> Ranking:
        index = self.index.vectors
        assert index is not None
        positions = index.search(vector, allowed, self.top_k)
        return ranked(positions, index.cosines(positions, vector), self.top_k)
