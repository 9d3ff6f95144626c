"""The query adapter: a linear step that turns a query's vector towards what answers it."""

import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kb.errors import ModelUnavailable
from kb.settings import Settings

SHIPPED = Path(__file__).parent / "adapters"
_MAX_BYTES = 8_000_000
_BROKEN = (
    AttributeError, KeyError, TypeError, OSError, EOFError, NotImplementedError, BadZipFile, zlib.error
)  # fmt: skip
Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Adapter:
    """
    ``q' = normalise(q + q W)`` for one embedding model, with a W for provisions and one for precedents.

    Passages keep their vectors. Without weights a query stays as it is.
    """

    model: str = ""
    """Name of the embedding model whose vectors it was trained on."""
    provisions: Vector | None = None
    """Shape ``(dimension, dimension)``."""
    precedents: Vector | None = None

    def __post_init__(self) -> None:
        """:raises ValueError: If the weights are not finite or not square."""
        for weights in (self.provisions, self.precedents):
            if weights is not None and not (_square(weights) and np.isfinite(weights).all()):
                raise ValueError("weights must be finite and square")

    def fits(self, dimension: int) -> bool:
        """:returns: Whether it can turn vectors of this length."""
        return all(w is None or len(w) == dimension for w in (self.provisions, self.precedents))

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
        arrays = {name: w.astype(np.float16) for name, w in parts.items() if w is not None}
        np.savez(buffer, allow_pickle=False, model=np.array(self.model), **arrays)
        return buffer.getvalue()

    @classmethod
    def unpack(cls, data: bytes) -> "Adapter":
        """:raises ValueError: If `data` is not an adapter's file."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                weights = {n: arrays[n].astype(np.float32) for n in arrays.files if n != "model"}
                return cls(model=str(arrays["model"].item()), **weights)
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


def _square(weights: Vector) -> bool:
    return weights.ndim == 2 and weights.shape[0] == weights.shape[1]


def _turned(vector: Vector, weights: Vector | None) -> Vector:
    if weights is None:
        return vector
    turned = vector + vector @ weights
    norm = np.linalg.norm(turned, axis=-1, keepdims=True)
    unit: Vector = (turned / np.maximum(norm, 1e-9)).astype(np.float32)
    return unit
