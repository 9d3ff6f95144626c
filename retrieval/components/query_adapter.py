"""From a query's vector to those that are compared with provisions and with precedents."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from retrieval.components.on_generation import OnGeneration
from retrieval.components.ranking import Unchanging


@dataclass(frozen=True, slots=True)
class QueryVectors(Unchanging):
    """One query, as it is compared with each sort of text; unit vectors of shape ``(dimension,)``."""

    plain: NDArray[np.float32]
    provisions: NDArray[np.float32]
    precedents: NDArray[np.float32]


@component
class QueryAdapter(OnGeneration):
    """Apply the adapter that the index was accepted with (see `retrieval.model.adapter`)."""

    def __init__(self, generation: str) -> None:
        """:param generation: Folder of an index generation."""
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, generation=self.generation)

    @component.output_types(vectors=QueryVectors | None)
    def run(self, vector: NDArray[np.float32] | None) -> dict[str, QueryVectors | None]:
        """
        Turn a query.

        :param vector: Normalised query embedding, shape ``(dimension,)``; ``None`` without a model.
        :returns: ``vectors``, or ``None`` without a vector or an index of vectors.
        """
        index = self.index
        if vector is None or index.vectors is None:
            return {"vectors": None}
        turned = QueryVectors(
            vector, index.adapter.to_provisions(vector), index.adapter.to_precedents(vector)
        )
        return {"vectors": turned}
