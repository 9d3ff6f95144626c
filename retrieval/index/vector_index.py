"""Every passage's vector, twice: in bytes to find candidates fast, in half precision to score them."""

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.index.catalogue import Mask

_CODES, _EXACT = "vectors.faiss", "vectors.npy"
_SPARE = 100
"""Candidates beyond those asked for: bytes may misplace near neighbours, scoring puts them right."""


@dataclass(frozen=True)
class VectorIndex:
    """
    Cosine search over all allowed passages.

    Comparing bytes is five times faster than half precision and as good at naming the nearest few
    hundred; half precision then orders them.
    """

    codes: faiss.Index
    exact: NDArray[np.float16]
    """Shape ``(passages, dimension)``, mapped from disk."""

    @classmethod
    def write(cls, folder: Path, vectors: NDArray[np.float32]) -> None:
        """Store normalised vectors, shape ``(passages, dimension)``, in a folder."""
        codes = faiss.IndexScalarQuantizer(
            vectors.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        codes.add(_bytes(vectors))
        faiss.write_index(codes, str(folder / _CODES))
        np.save(folder / _EXACT, vectors.astype(np.float16), allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> "VectorIndex":
        """:raises OSError, ValueError, RuntimeError: If a file is missing or broken."""
        exact = np.load(folder / _EXACT, mmap_mode="r", allow_pickle=False)
        return cls(faiss.read_index(str(folder / _CODES)), exact)

    def search(self, vector: NDArray[np.float32], allowed: Mask, top_k: int) -> NDArray[np.int64]:
        """
        Find the nearest passages.

        :param vector: Normalised, shape ``(dimension,)``.
        :param allowed: Which passages may be found, shape ``(passages,)``.
        :returns: Positions of at least ``min(top_k, allowed)`` passages in no particular order.
        """
        total = int(allowed.sum())
        count = min(top_k + max(top_k // 2, _SPARE), total)
        if count == 0:
            return np.empty(0, np.int64)
        if count == total:
            return np.flatnonzero(allowed)
        bitmap = np.packbits(allowed, bitorder="little")
        parameters = None
        if not allowed.all():
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bitmap))  # type: ignore[call-arg,arg-type]
        faiss.omp_set_num_threads(1)  # holds for this thread; more of them only wait for one another
        _, positions = self.codes.search(_bytes(vector[np.newaxis]), count, params=parameters)
        found: NDArray[np.int64] = positions[0]
        return found

    def cosines(self, positions: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """:returns: Cosine of `vector` to the passages at `positions`."""
        scores: NDArray[np.float32] = self.exact[positions].astype(np.float32) @ vector
        return scores


def _bytes(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """:returns: The vectors on the scale of signed bytes; one scale for all keeps their order."""
    largest = float(np.abs(vectors).max(initial=0.0)) or 1.0
    return np.round(vectors * (127 / largest))
