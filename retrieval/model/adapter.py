"""The query adapter: a linear step that turns a query's vector towards what answers it."""

import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kb.errors import ModelUnavailable
from kb.settings import Settings
from retrieval.model.learned import Learned
from retrieval.model.ranker import Ranker

SHIPPED = Path(__file__).parent / "adapters"
_MAX_BYTES = 8_000_000
_BROKEN = (
    AttributeError, KeyError, TypeError, OSError, EOFError, NotImplementedError, BadZipFile, zlib.error
)  # fmt: skip
_RANKER, _LEARNED = "ranker.", "learned."
"""What the names of their arrays begin with."""
Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Adapter:
    """
    ``q' = normalise(q + q W)`` for one embedding model, with a W for provisions and one for precedents.

    Passages keep their vectors. Without weights a query stays as it is. With it go the ranker that was
    trained on its cosines, and the questions it learned from.
    """

    model: str = ""
    """Name of the embedding model whose vectors it was trained on."""
    provisions: Vector | None = None
    """Shape ``(dimension, dimension)``."""
    precedents: Vector | None = None
    ranker: Ranker | None = None
    learned: Learned | None = None

    def __post_init__(self) -> None:
        """:raises ValueError: If the weights are not finite or not square."""
        for weights in (self.provisions, self.precedents):
            if weights is not None and not (_square(weights) and np.isfinite(weights).all()):
                raise ValueError("weights must be finite and square")

    def fits(self, dimension: int) -> bool:
        """:returns: Whether it can turn vectors of this length."""
        lengths = [len(w) for w in (self.provisions, self.precedents) if w is not None]
        if self.learned is not None:
            lengths.append(self.learned.vectors.shape[1])
        return all(length == dimension for length in lengths)

    def to_provisions(self, vector: Vector) -> Vector:
        """:returns: The normalised vector to compare with provisions."""
        return _turned(vector, self.provisions)

    def to_precedents(self, vector: Vector) -> Vector:
        """:returns: The normalised vector to compare with cases and other documents that are no rules."""
        return _turned(vector, self.precedents)

    def packed(self) -> bytes:
        """:returns: The content of an adapter's file, half precision; equal weights give equal bytes."""
        buffer = io.BytesIO()
        parts = {"provisions": self.provisions, "precedents": self.precedents}
        arrays: dict[str, NDArray[Any]] = {n: w.astype(np.float16) for n, w in parts.items() if w is not None}
        if self.ranker is not None:
            arrays |= {f"{_RANKER}{name}": weights for name, weights in self.ranker.arrays().items()}
        if self.learned is not None:
            arrays |= {f"{_LEARNED}{name}": values for name, values in self.learned.arrays().items()}
        np.savez(buffer, allow_pickle=False, model=np.array(self.model), **arrays)
        return buffer.getvalue()

    @classmethod
    def unpack(cls, data: bytes) -> "Adapter":
        """:raises ValueError: If `data` is not an adapter's file."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                ranker, learned = _parts(arrays, _RANKER), _parts(arrays, _LEARNED)
                names = [n for n in arrays.files if n != "model" and not n.startswith((_RANKER, _LEARNED))]
                return cls(
                    model=str(arrays["model"].item()),
                    ranker=Ranker(**ranker) if ranker else None,
                    learned=Learned.unpack(**learned) if learned else None,
                    **{name: arrays[name].astype(np.float32) for name in names},
                )
        except _BROKEN as error:
            raise ValueError("not an adapter") from error


def adapter_file(settings: Settings) -> Path | None:
    """:returns: The adapter for the settings' model: the home folder's own, else the shipped one, if any."""
    name = f"{Path(settings.embedding_model).name}.npz"
    places = (settings.model_dir / "adapters" / name, SHIPPED / name)
    return next((path for path in places if path.is_file()), None)


def adapter_fingerprint(settings: Settings) -> str:
    """:returns: SHA-256 of the adapter in use; empty without one."""
    path = adapter_file(settings)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


def read_adapter(settings: Settings, dimension: int) -> bytes:
    """
    Read the adapter for the settings' model and check that it can be used.

    :param dimension: Length of the model's vectors.
    :returns: The content of its file; empty where there is none.
    :raises ModelUnavailable: If its file is broken or made for vectors of another length.
    """
    path = adapter_file(settings)
    if path is None:
        return b""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("too large")
        data = path.read_bytes()
        if not Adapter.unpack(data).fits(dimension):
            raise ValueError("made for another model")
        return data
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"适配器文件 {path} 读不了；请删除它，程序会改用自带的") from error


def _parts(arrays: Any, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): arrays[name] for name in arrays.files if name.startswith(prefix)}


def _square(weights: Vector) -> bool:
    return weights.ndim == 2 and weights.shape[0] == weights.shape[1]


def _turned(vector: Vector, weights: Vector | None) -> Vector:
    if weights is None:
        return vector
    turned = vector + vector @ weights
    norm = np.linalg.norm(turned, axis=-1, keepdims=True)
    unit: Vector = (turned / np.maximum(norm, 1e-9)).astype(np.float32)
    return unit
