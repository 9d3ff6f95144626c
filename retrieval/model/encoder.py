"""Texts to vectors."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.errors import ModelUnavailable
from retrieval.model.export import CARD_FILE, ONNX_FILE, TOKENIZER_FILE
from retrieval.model.folders import sha256

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
OnProgress = Callable[[int], None]

CHUNK = 32
"""Texts handed to a worker at a time, and reported at a time."""
CHARACTERS_PER_TOKEN = 32
"""Longer texts are cut before tokenising; Chinese has about one character a token."""


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product is their similarity."""

    @property
    def name(self) -> str:
        """The model's name as in the settings."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text may get another vector; an index remembers it."""

    def encode(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """
        Encode `texts`; safe to call from several threads.

        :param on_progress: Called in the caller's thread with the number of texts just finished.
        :returns: Array of shape (len(texts), dimension), rows in the order of `texts`, L2-normalised.
        :raises ModelUnavailable: If the model cannot be loaded.
        """


class OnnxEncoder:
    """
    Runs an exported model with onnxruntime, one passage at a time on each core.

    Passages are never padded or batched: on these small models that is as fast as the best batching, its
    memory is small and constant, and a text has the same vector whatever it is encoded with (dynamic
    quantisation takes its scale from the whole batch).
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """
        :param folder: Folder written by `export`.
        :param threads: Texts encoded at once; 0 means one per core.
        :raises ModelUnavailable: If the folder's card is missing or damaged.
        """
        self.folder = folder
        self.threads = threads or _cores()
        try:
            card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
            self.name = str(card["name"])
            self.dimension = int(card["dimension"])
            self.fingerprint = str(card["fingerprint"])
            self.max_tokens = int(card["max_tokens"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(folder) from error
        self._lock = threading.Lock()
        self._tokenizer: Any = None
        self._session: Any = None

    def warm_up(self) -> None:
        """
        Load the model unless it is loaded already.

        :raises ModelUnavailable: If its files are missing or are not the ones that were exported.
        """
        with self._lock:
            if self._session is None:
                self._load()

    def _load(self) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        graph, vocabulary = self.folder / ONNX_FILE, self.folder / TOKENIZER_FILE
        try:
            intact = sha256(graph, vocabulary) == self.fingerprint
        except OSError as error:
            raise _damaged(self.folder) from error
        if not intact:
            raise _damaged(self.folder)
        self._tokenizer = Tokenizer.from_file(str(vocabulary))
        self._tokenizer.enable_truncation(self.max_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # parallel over passages, not inside them
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """Encode `texts` as `Encoder.encode` promises."""
        self.warm_up()
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        starts = range(0, len(texts), CHUNK)
        if len(starts) <= 1:
            self._encode_chunk(texts, 0, vectors)
            _report(on_progress, len(texts))
            return vectors
        pool = ThreadPoolExecutor(self.threads, thread_name_prefix="encoder")
        try:
            for done in pool.map(lambda start: self._encode_chunk(texts, start, vectors), starts):
                _report(on_progress, done)
        finally:
            pool.shutdown(cancel_futures=True)
        return vectors

    def _encode_chunk(self, texts: Sequence[str], start: int, vectors: Vectors) -> int:
        """Fill the rows of one chunk; returns how many."""
        stop = min(start + CHUNK, len(texts))
        for row in range(start, stop):
            text = texts[row][: self.max_tokens * CHARACTERS_PER_TOKEN]
            clean = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates
            tokens = np.array([self._tokenizer.encode(clean).ids], dtype=np.int64)
            vectors[row] = self._session.run(None, {"input_ids": tokens})[0][0]
        return stop - start


class SentenceTransformerEncoder:
    """
    Runs any sentence-transformers model with torch: for models we do not export, several times slower.

    The model is loaded on first use, from a local folder or, if it is not there, from the model hub.
    """

    def __init__(self, name: str, threads: int = 0, *, local_only: bool = False) -> None:
        """
        :param name: Name on the model hub or path of a folder.
        :param threads: Threads for torch; 0 leaves torch's own choice.
        :param local_only: Use only what is on this machine.
        """
        self.name = name
        self.threads = threads
        self.local_only = local_only
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._fingerprint = ""

    @property
    def dimension(self) -> int:
        """Length of a vector; loads the model."""
        return int(self.warm_up().get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the weights; loads the model."""
        self.warm_up()
        return self._fingerprint

    def warm_up(self) -> "SentenceTransformer":
        """
        Load the model unless it is loaded already.

        :returns: The loaded model.
        :raises ModelUnavailable: If there is no such model here or on the hub.
        """
        with self._lock:
            if self._model is None:
                self._model = self._load()
                self._fingerprint = _hash_weights(self._model)
            return self._model

    def _load(self) -> "SentenceTransformer":
        import torch
        from sentence_transformers import SentenceTransformer

        if self.threads:
            torch.set_num_threads(self.threads)
        try:
            return SentenceTransformer(self.name, device="cpu", local_files_only=self.local_only)
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"打不开向量模型“{self.name}”；请核对设置 embedding_model：填本机模型文件夹的路径、"
                f"能从模型站下载的名称，或改回 m3e-small，或用 none 只做关键词检索"
            ) from error

    def encode(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """Encode `texts` as `Encoder.encode` promises."""
        model = self.warm_up()
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), 8 * CHUNK):
            part = list(texts[start : start + 8 * CHUNK])
            vectors[start : start + len(part)] = model.encode(
                part, batch_size=CHUNK, normalize_embeddings=True, show_progress_bar=False
            )
            _report(on_progress, len(part))
        return vectors


def _report(on_progress: OnProgress | None, done: int) -> None:
    if on_progress is not None and done:
        on_progress(done)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _damaged(folder: Path) -> ModelUnavailable:
    return ModelUnavailable(f"向量模型文件夹 {folder} 缺损；请删除它后重试，程序会重新生成")


def _hash_weights(model: "SentenceTransformer") -> str:
    import torch

    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()
