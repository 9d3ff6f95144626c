"""Keeping the index in step with the store."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from kb.entrances import entrances_fingerprint, outdated, shipped_entrances
from kb.errors import IndexDamaged, ModelUnavailable
from kb.lexicon import corpus_folder, load_lexicon
from kb.progress import Progress
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library
from retrieval.index.builder import Aids, build_index, newest_versions
from retrieval.index.directory import Held, IndexDirectory
from retrieval.index.feature_cache import FeatureCache
from retrieval.index.generation import Generation, Meta, check_files, read_meta, shared_generation
from retrieval.index.serving import Serving, ranking_of, same_way, serving, serving_settings, write_ranking
from retrieval.model.adapter import adapter_fingerprint, read_adapter
from retrieval.model.resolve import LEXICAL, resolve

_T = TypeVar("_T")
Compare = Callable[[Serving | None, Serving], None]
"""Weighs what is served (``None`` if it cannot be opened) against what is to replace it; raises `IndexRefused`."""


class State(StrEnum):
    """How the index stands to the store."""

    READY = "ready"
    MISSING = "missing"
    STALE = "stale"
    DAMAGED = "damaged"
    REFUSED = "refused"
    """A new index waits for confirmation, since it finds less; the current one goes on serving."""


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
        held = self._held()
        if held is not None:
            return Condition(State.REFUSED, held.reason, meta)
        reason = self._lag(meta) or self._other_weights()
        return Condition(State.STALE if reason else State.READY, reason, meta)

    def generation(self) -> Generation:
        """
        Open the current index.

        :raises IndexDamaged: If there is none or it is broken; `refresh` mends both.
        """
        generation = self._current(lambda folder: shared_generation(str(folder)))
        if generation is None:
            raise IndexDamaged("还没有索引；运行 andian index 建立")
        return generation

    def refresh(self, progress: Progress, *, rebuild: bool = False, compare: Compare | None = None) -> None:
        """
        Bring the index up to date; without a model it is built for keywords only (see `model_problem`).

        :param rebuild: Compute every word and vector anew instead of taking known ones.
        :param compare: Asked before an index that is made or searched in another way becomes current, not
            where only the content has changed.
        :raises IndexDamaged: If the index folder cannot be written.
        :raises IndexRefused: If `compare` refuses; the new index is held, the current one stays.
        """
        held = self._held()
        if held is not None and not rebuild:
            self._compare_again(held, compare)
            return
        self.model_problem = ""

        def approve(folder: Path) -> None:
            write_ranking(folder, self._settings)
            current = self._directory.current()
            alike = current is not None and same_way(current, folder, self._settings)
            if compare is not None and (rebuild or not alike):
                compare(self._served(), serving(folder, self._settings))

        directory = IndexDirectory(self._directory.root, approve)
        current = self._directory.current()
        if current is not None and not rebuild and self._fits(current):
            with directory.build() as folder:
                shutil.copytree(current, folder, dirs_exist_ok=True)
            return
        if rebuild:
            FeatureCache(self._directory.features).clear()
        try:
            encoder = resolve(self._settings, progress)
            aids = self._aids(encoder.dimension) if encoder is not None else None
            build_index(self._library, self._segmenter, encoder, directory, progress, aids)
        except ModelUnavailable as error:
            self.model_problem = str(error)
            build_index(self._library, self._segmenter, None, directory, progress)

    def outdated_laws(self) -> frozenset[str]:
        """:returns: Laws that the library holds only in a version before those our references count by."""
        return outdated(load_lexicon().renumbered, newest_versions(self._library.documents()))

    def discard(self) -> None:
        """Drop an index that waits for confirmation."""
        self._directory.discard()

    def serving_settings(self) -> Settings:
        """:returns: The settings under which the current index is searched; ours where there is none."""
        try:
            found = self._current(lambda folder: serving_settings(folder, self._settings))
        except IndexDamaged:
            return self._settings
        return found or self._settings

    def _served(self) -> Serving | None:
        try:
            return self._current(lambda folder: serving(folder, self._settings))
        except IndexDamaged:
            return None

    def _compare_again(self, held: Held, compare: Compare | None) -> None:
        if compare is not None:
            compare(self._served(), serving(held.folder, self._settings))
        self._directory.accept(held)

    def _held(self) -> Held | None:
        """:returns: The refused index, if it is what would be built now."""
        held = self._directory.held()
        if held is None or ranking_of(held.folder, self._settings) != self._settings.ranking:
            return None
        try:
            meta = read_meta(held.folder)
        except IndexDamaged:
            return None
        fits = (meta.model or LEXICAL) == self._settings.embedding_model and not self._lag(meta)
        return held if fits else None

    def _lag(self, meta: Meta) -> str:
        """:returns: In Chinese, what an index has not followed; empty if it is up to date."""
        if meta.revision != self._library.revision:
            return "资料有更新，索引还没有跟上"
        if meta.dictionary != self._segmenter.fingerprint:
            return "词典有更新"
        if meta.model and meta.model != self._settings.embedding_model:
            return "向量模型换过了"
        if meta.model and meta.entrances != entrances_fingerprint(corpus_folder()):
            return "自带的问法有更新"
        if meta.model and meta.adapter != adapter_fingerprint(self._settings):
            return "查询适配器换过了"
        return ""

    def _aids(self, dimension: int) -> Aids:
        folder = corpus_folder()
        adapter = read_adapter(self._settings, dimension)
        return Aids(shipped_entrances(folder), entrances_fingerprint(folder), adapter)

    def _other_weights(self) -> str:
        found = self._current(lambda folder: ranking_of(folder, self._settings))
        return "" if found in (None, self._settings.ranking) else "检索权重换过了"

    def _fits(self, folder: Path) -> bool:
        """:returns: Whether an index is sound and only the weights it is searched with have changed."""
        try:
            lacking = self.lacks_vectors(Condition(State.READY, meta=(meta := check_files(folder))))
        except IndexDamaged:
            return False
        return not self._lag(meta) and not lacking and bool(self._other_weights())

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
