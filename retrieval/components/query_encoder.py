"""From the query's text to its vector."""

from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from haystack import component, default_to_dict
from numpy.typing import NDArray

from kb.errors import ModelUnavailable
from kb.progress import SilentProgress
from kb.settings import Settings
from retrieval.model.encoder import Encoder
from retrieval.model.resolve import resolve

_REMEMBERED = 64


@component
class QueryEncoder:
    """Embed a query with the model the passages were embedded with; nothing is ever fetched here."""

    def __init__(self, home: str, model: str, threads: int = 0, fingerprint: str = "") -> None:
        """
        :param home: Data folder that holds the model.
        :param model: Setting `embedding_model`; ``none`` gives no vector.
        :param threads: Threads for one query; 0 means one per core.
        :param fingerprint: Of the model that made the passages' vectors; empty accepts any.
        """
        self.home = home
        self.model = model
        self.threads = threads
        self.fingerprint = fingerprint
        self._encoder: Encoder | None = None
        # One question is put several times: for each kind of answer, and to count what there is.
        self._vector = lru_cache(maxsize=_REMEMBERED)(self._encode)

    def warm_up(self) -> None:
        """
        Load the model, once.

        :raises ModelUnavailable: If it is not on this machine, or is not the one of the passages.
        """
        if self._encoder is not None:
            return
        settings = Settings(home=Path(self.home), embedding_model=self.model, threads=self.threads)
        encoder = resolve(settings, SilentProgress(), fetch_allowed=False)
        if encoder is None:
            return
        if self.fingerprint not in ("", encoder.fingerprint):
            raise ModelUnavailable(
                f"向量模型 {self.model} 与索引所用的不同；运行 andian index --rebuild 重建"
            )
        encoder.encode(["预热"])
        self._encoder = encoder

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(
            self, home=self.home, model=self.model, threads=self.threads, fingerprint=self.fingerprint
        )

    @component.output_types(vector=NDArray[np.float32] | None, took_ms=float)
    def run(self, text: str) -> dict[str, NDArray[np.float32] | float | None]:
        """
        Embed a query.

        :param text: What the user typed.
        :returns: ``vector``, normalised, shape ``(dimension,)``, or ``None`` without a model or for a text
            without letters; ``took_ms``, the time it took in milliseconds.
        """
        self.warm_up()
        if self._encoder is None or not any(map(str.isalnum, text)):
            return {"vector": None, "took_ms": 0.0}
        started = perf_counter()
        vector = self._vector(text)
        return {"vector": vector, "took_ms": (perf_counter() - started) * 1000}

    def _encode(self, text: str) -> NDArray[np.float32]:
        assert self._encoder is not None
        vector: NDArray[np.float32] = self._encoder.encode([text])[0]
        vector.setflags(write=False)
        return vector
