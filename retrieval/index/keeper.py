"""Keeping the index in step with the store."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from kb.errors import IndexDamaged, ModelUnavailable
from kb.progress import Progress
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library
from retrieval.index.builder import build_index
from retrieval.index.directory import IndexDirectory
from retrieval.index.feature_cache import FeatureCache
from retrieval.index.generation import Generation, Meta, check_files, read_meta, shared_generation
from retrieval.model.resolve import LEXICAL, resolve

_T = TypeVar("_T")


class State(StrEnum):
    """How the index stands to the store."""

    READY = "ready"
    MISSING = "missing"
    STALE = "stale"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Condition:
    """State of the index with a Chinese line on why it is not ready, and its data where readable."""

    state: State
    reason: str = ""
    meta: Meta | None = None


class IndexKeeper:
    """Watches one index and rebuilds it when the store, the dictionary or the model has changed."""

    def __init__(self, library: Library, segmenter: Segmenter, settings: Settings):
        """
        :param library: The truth the index is derived from.
        :param segmenter: The segmentation shared with queries.
        """
        self._library = library
        self._segmenter = segmenter
        self._settings = settings
        self._directory = IndexDirectory(settings.index_dir)
        self.model_problem = ""
        """Why the last refresh had to do without vectors; empty if it did not."""

    def condition(self, *, verify: bool = True) -> Condition:
        """
        Compare the index with the store.

        :param verify: Also check every file's digest; without, only what is cheap to see.
        """
        try:
            meta = self._current(check_files if verify else read_meta)
        except IndexDamaged as error:
            return Condition(State.DAMAGED, str(error))
        if meta is None:
            return Condition(State.MISSING, "还没有索引")
        if meta.revision != self._library.revision:
            return Condition(State.STALE, "资料有更新，索引还没有跟上", meta)
        if meta.dictionary != self._segmenter.fingerprint:
            return Condition(State.STALE, "词典有更新", meta)
        if meta.model and meta.model != self._settings.embedding_model:
            return Condition(State.STALE, "向量模型换过了", meta)
        return Condition(State.READY, meta=meta)

    def generation(self) -> Generation:
        """
        Open the current index.

        :raises IndexDamaged: If there is none or it is broken; `refresh` mends both.
        """
        generation = self._current(lambda folder: shared_generation(str(folder)))
        if generation is None:
            raise IndexDamaged("还没有索引；运行 andian index 建立")
        return generation

    def refresh(self, progress: Progress, *, rebuild: bool = False) -> None:
        """
        Bring the index up to date; without a model it is built for keywords only (see `model_problem`).

        :param rebuild: Compute every word and vector anew instead of taking known ones.
        :raises IndexDamaged: If the index folder cannot be written.
        """
        if rebuild:
            FeatureCache(self._directory.features).clear()
        self.model_problem = ""
        try:
            encoder = resolve(self._settings, progress)
            build_index(self._library, self._segmenter, encoder, self._directory, progress)
        except ModelUnavailable as error:
            self.model_problem = str(error)
            build_index(self._library, self._segmenter, None, self._directory, progress)

    def lacks_vectors(self, condition: Condition) -> bool:
        """:returns: Whether an index was built for keywords only though the settings ask for vectors."""
        return self.wants_vectors and condition.meta is not None and not condition.meta.model

    @property
    def wants_vectors(self) -> bool:
        """Whether the settings ask for the vector leg."""
        return self._settings.embedding_model != LEXICAL

    def _current(self, read: Callable[[Path], _T]) -> _T | None:
        """:returns: What `read` makes of the current folder, also if it is replaced while being read."""
        while (folder := self._directory.current()) is not None:
            try:
                return read(folder)
            except IndexDamaged:
                if self._directory.current() == folder:
                    raise
        return None
