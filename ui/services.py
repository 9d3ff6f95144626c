"""Composition root: the parts of Andian, joined once from the settings."""

import hashlib
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.package_laws import DISTRIBUTION, package_statutes
from ingest.pipeline import READING_VERSION, Ingester, Outcome, Reading, Report, find_files
from kb.errors import AndianError, StoreError
from kb.lexicon import Lexicon, corpus_folder, load_lexicon
from kb.progress import Progress
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library

if TYPE_CHECKING:  # Haystack and FAISS take seconds to import, and not every command searches
    from retrieval.index.keeper import IndexKeeper
    from retrieval.search import Searcher

SHIPPED, PACKAGE, USER = "shipped", "package", "user"
_PREPARED_FROM = "prepared_from"
_FOLDERS = ("regulations", "cases", "bulletins", "procedures")


class Services:
    """
    One library with everything that works on it; each part is made at its first use.

    Commands and pages get this object and nothing else.
    """

    def __init__(self, settings: Settings, notice: Callable[[str], None]):
        """
        :param settings: Where things are and how they behave; nothing is opened yet.
        :param notice: Tells whoever runs the program, in one Chinese line, what is done unasked.
        """
        self.settings = settings
        self._notice = notice

    @cached_property
    def library(self) -> Library:
        """The documents; opening makes the database if it is missing."""
        return Library(self.settings.database)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Glossary, law names and slips."""
        return load_lexicon()

    @cached_property
    def segmenter(self) -> Segmenter:
        """The shared segmentation."""
        return Segmenter(self.lexicon.terms, self.settings.home / "cache")

    @cached_property
    def keeper(self) -> "IndexKeeper":
        """Keeps the index in step with the library."""
        from retrieval.index.keeper import IndexKeeper

        return IndexKeeper(self.library, self.segmenter, self.settings)

    @cached_property
    def searcher(self) -> "Searcher":
        """Answers queries."""
        from retrieval.search import Searcher

        return Searcher(self.library, self.keeper, self.settings)

    def ingester(self, reading: Reading | None = None, collection: str = USER) -> Ingester:
        """:returns: What brings files into the library."""
        return Ingester(self.library, reading, collection)

    def prepare(self, progress: Progress) -> None:
        """
        Make the library searchable: fill the default knowledge base, then bring the index up to date.

        Does only what is missing; on a prepared home it takes a moment.

        :raises AndianError: If the store or the index cannot be written.
        """
        self.fill(progress)
        self.refresh_index(progress)

    def fill(self, progress: Progress) -> None:
        """Bring the shipped corpus and the selected statutes into the library, once per version of them."""
        wanted = self._default_fingerprint()
        if self.library.value(_PREPARED_FROM) == wanted:
            return
        if self.settings.corpus == SHIPPED:
            refused = [r for r in self._fill_corpus(progress) if r.outcome is Outcome.REFUSED]
            if refused:
                raise AndianError(f"自带资料 {refused[0].source} 有误：{refused[0].note}；请重新安装案典")
            self.ingest_package_laws(progress, every=False)
        self.library.set_value(_PREPARED_FROM, wanted)

    def refresh_index(self, progress: Progress, *, rebuild: bool = False, want_vectors: bool = False) -> str:
        """
        Rebuild the index if it is missing, stale or damaged, or if `rebuild` asks for it.

        :param want_vectors: Also rebuild an index that was made without the model the settings ask for.
        :returns: Why it was rebuilt, in Chinese; empty if it was fit for use.
        """
        from retrieval.index.keeper import State

        condition = self.keeper.condition()
        lacking = want_vectors and self.keeper.lacks_vectors(condition)
        if condition.state is State.READY and not rebuild and not lacking:
            return ""
        # A damaged index names its remedy too; here the remedy is under way.
        reason = condition.reason.split("；")[0] or ("补上语义向量" if lacking else "按要求重建")
        self._notice(f"{reason}：正在更新索引")
        self.keeper.refresh(progress, rebuild=rebuild)
        return reason

    def ingest_package_laws(self, progress: Progress, *, every: bool, dry_run: bool = False) -> list[Report]:
        """
        Bring national statutes of the installed package into the library.

        :param every: All of them; otherwise those the corpus names.
        :param dry_run: Report what would happen; nothing is saved.
        """
        chosen = self.lexicon.package_laws
        ingester = self.ingester(collection=PACKAGE)
        reports = []
        statutes = list(package_statutes(chosen, only=None if every else chosen.keys()))
        with progress.step("收录国家法律", len(statutes)) as bar:
            for report in ingester.ingest_documents(statutes, DISTRIBUTION, dry_run=dry_run):
                reports.append(report)
                bar.advance()
        return reports

    def _fill_corpus(self, progress: Progress) -> Iterator[Report]:
        ingester = self.ingester(collection=SHIPPED)
        found: set[str] = set()
        root = corpus_folder()
        paths = _corpus_files(root)
        with progress.step("收录自带资料", len(paths)) as bar:
            for path in paths:
                name = f"corpus/{path.relative_to(root).as_posix()}"
                found.add(name)
                yield from ingester.ingest_file(path, (path.parent.name,), name=name)
                bar.advance()
        for stored in self.library.documents():
            if stored.collection == SHIPPED and stored.origin_path not in found:
                self.library.remove(stored.document.id)

    def _default_fingerprint(self) -> str:
        """Changes whenever the default knowledge base would be filled with something else."""
        digest = hashlib.sha256(f"{READING_VERSION}\0{self.settings.corpus}\0".encode())
        if self.settings.corpus == SHIPPED:
            digest.update(version(DISTRIBUTION).encode())
            root = corpus_folder()
            for path in [*_corpus_files(root), root / "package_laws.yaml"]:
                digest.update(path.read_bytes())
        return digest.hexdigest()


def _corpus_files(root: Path) -> list[Path]:
    return [path for path, _ in find_files(root / folder for folder in _FOLDERS)]


def open_services(settings: Settings, notice: Callable[[str], None] = lambda _: None) -> Services:
    """
    Join the parts over one home folder.

    :param notice: See `Services`; nobody is told by default.
    :raises StoreError: If the home folder cannot be made.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"不能建立数据文件夹 {settings.home}（{error.strerror}）；请换一个 --home"
        ) from error
    return Services(settings, notice)
