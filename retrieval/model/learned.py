"""The questions that an adapter learned from: their vectors and answers, without their words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS = 127


@dataclass(frozen=True)
class Learned:
    """Questions as bytes, so that a thousand of them take half a megabyte."""

    vectors: NDArray[np.int8]
    """Shape ``(questions, dimension)``: normalised vectors, each scaled so that its largest part is 127."""
    refs: tuple[tuple[str, ...], ...]
    """Canonical references that answer each."""

    def __post_init__(self) -> None:
        """:raises ValueError: If vectors and answers do not belong together."""
        if self.vectors.ndim != 2 or len(self.vectors) != len(self.refs) or self.vectors.dtype != np.int8:
            raise ValueError("learned questions must have one byte vector and one list of answers each")

    @classmethod
    def of(cls, vectors: NDArray[np.float32], refs: Sequence[Sequence[str]]) -> "Learned":
        """:param vectors: Normalised, shape ``(questions, dimension)``."""
        largest = np.abs(vectors).max(axis=1, keepdims=True)
        scaled = np.rint(vectors / np.maximum(largest, 1e-9) * _STEPS).astype(np.int8)
        return cls(scaled, tuple(map(tuple, refs)))

    def unit_vectors(self) -> NDArray[np.float32]:
        """:returns: Normalised vectors, shape ``(questions, dimension)``."""
        vectors = self.vectors.astype(np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        units: NDArray[np.float32] = vectors / np.maximum(norms, 1e-9)
        return units

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """:returns: Everything by name, for saving."""
        text = json.dumps(self.refs, ensure_ascii=False).encode()
        return {"vectors": self.vectors, "refs": np.frombuffer(text, np.uint8)}

    @classmethod
    def unpack(cls, vectors: NDArray[np.int8], refs: NDArray[np.uint8]) -> "Learned":
        """:raises ValueError: If the arrays are not those of `arrays`."""
        answers = json.loads(refs.tobytes())
        return cls(vectors, tuple(tuple(str(ref) for ref in one) for one in answers))
