"""The learned ranker: from a provision's features to its score."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

FEATURES = (
    "cosine", "words", "support", "votes", "aside", "learned", "law", "cosine_rank", "words_rank", "neighbour",
    "nearest", "length",
)  # fmt: skip
"""Columns of the feature matrix, in order; `retrieval.components.provision_features` fills them."""


@dataclass(frozen=True)
class Ranker:
    """
    A line and one hidden layer: ``w·x + v·tanh(A x + b)``, over standardised features ``x``.

    What the four weights of the fusion cannot say, it can: votes count for less where no entrance is near,
    words for more in a long question. Trained by `retrieval.training.rank`.
    """

    mean: Array
    """Shape ``(features,)``."""
    deviation: Array
    line: Array
    hidden: Array
    """A, shape ``(units, features)``."""
    bias: Array
    """b, shape ``(units,)``."""
    output: Array
    """v, shape ``(units,)``."""

    def __post_init__(self) -> None:
        """:raises ValueError: If the weights are not finite, or not made for `FEATURES`."""
        units, width = len(self.bias), len(FEATURES)
        shapes = ((width,), (width,), (width,), (units, width), (units,), (units,))
        for field, shape in zip(fields(self), shapes, strict=True):
            weights = getattr(self, field.name)
            if weights.shape != shape or not np.isfinite(weights).all():
                raise ValueError("weights of the ranker must be finite and fit its features")
        if not (self.deviation > 0).all():
            raise ValueError("deviations must be positive")

    def score(self, features: Array) -> Array:
        """
        Score candidates of one query.

        :param features: Shape ``(candidates, features)``.
        :returns: Shape ``(candidates,)``; higher is better, comparable within the query only.
        """
        standard = (features - self.mean) / self.deviation
        bent = np.tanh(standard @ self.hidden.T + self.bias)
        return (standard @ self.line + bent @ self.output).astype(np.float32)

    def arrays(self) -> dict[str, Array]:
        """:returns: The weights by name, for saving."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def mean_of(cls, rankers: list[Self]) -> Self:
        """
        Join rankers into the one that scores as their mean.

        :param rankers: At least one, all with the same mean and deviation of features.
        """
        share = np.float32(1 / len(rankers))
        return cls(
            rankers[0].mean,
            rankers[0].deviation,
            np.mean([ranker.line for ranker in rankers], axis=0, dtype=np.float32),
            np.concatenate([ranker.hidden for ranker in rankers]),
            np.concatenate([ranker.bias for ranker in rankers]),
            share * np.concatenate([ranker.output for ranker in rankers]),
        )
