"""Composition root: the parts of Andian, joined once from the settings."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.package_laws import DISTRIBUTION, package_statutes
from ingest.pipeline import READING_VERSION, Ingester, Outcome, Reading, Report, find_files
from kb.bank.by_provision import questions_by_provision
from kb.errors import AndianError, IndexRefused, InputError, StoreError
from kb.judging.gaps import How
from kb.lexicon import Lexicon, corpus_folder, load_lexicon
from kb.progress import Progress
from kb.references.spellings import Spellings
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library
from ui.banking import fill_bank
from ui.linked import Links, Questions

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
        self._searcher: tuple[Settings, Searcher] | None = None

    @cached_property
    def library(self) -> Library:
        """The documents; opening makes the database if it is missing."""
        return Library(self.settings.database)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Glossary, law names and slips, with the names that an administrator added."""
        return load_lexicon().extended(self.library.additions.synonyms())

    @cached_property
    def segmenter(self) -> Segmenter:
        """The shared segmentation."""
        return Segmenter(self.lexicon.terms, self.settings.home / "cache")

    @cached_property
    def keeper(self) -> "IndexKeeper":
        """Keeps the index in step with the library."""
        from retrieval.index.keeper import IndexKeeper

        return IndexKeeper(self.library, self.segmenter, self.settings)

    @property
    def searcher(self) -> "Searcher":
        """Answers queries, with the model and the weights that the current index was accepted with."""
        from retrieval.search import Searcher

        served = self.keeper.serving_settings()
        made = self._searcher
        if made is None or made[0] != served:
            made = self._searcher = (served, Searcher(self.library, self.keeper, served))
        return made[1]

    def add_synonym(self, term: str, alias: str, texts: Sequence[str] = ()) -> int:
        """
        Let `alias` stand for `term`, from the next update of the index on.

        :param texts: The searches that this settles.
        :returns: Number for `undo_handling`.
        :raises InputError: If the names cannot be used, or are known to mean different things.
        """
        apart = self.lexicon.why_apart(term.strip(), alias.strip())
        if apart:
            raise InputError(f"“{term.strip()}”和“{alias.strip()}”不是一回事：{apart}", remedy="请另选说法")
        number = self.library.additions.add_synonym(term, alias, texts)
        self.renew_lexicon()
        return number

    def undo_handling(self, number: int) -> None:
        """Take back an added name, a link or a decision; see `kb.judging.additions.Additions.undo`."""
        done = self.library.additions.undo(number)
        if done is not None and done.how is How.SYNONYM:
            self.renew_lexicon()

    def renew_lexicon(self) -> None:
        """Take in names that were added or removed; whoever holds a part made before keeps the old ones."""
        for part in ("lexicon", "segmenter", "keeper"):
            self.__dict__.pop(part, None)
        self._searcher = None

    def log_search(self, text: str, kind: str, hits: int, nearest: float | None) -> None:
        """Note a search where the settings want that; a search never fails for its note."""
        if self.settings.log_searches:
            with suppress(StoreError):
                self.library.searches.record(text, kind, hits, nearest)

    def log_opened(self, text: str) -> None:
        """Note that a visitor opened a hit of the search for `text`, as `log_search` does."""
        if text and self.settings.log_searches:
            with suppress(StoreError):
                self.library.searches.mark_opened(text)

    def ingester(self, reading: Reading | None = None, collection: str = USER) -> Ingester:
        """:returns: What brings files into the library."""
        return Ingester(self.library, reading, collection, self.spellings())

    @cached_property
    def links(self) -> Links:
        """Cases, procedures, reports, questions and provisions that belong together."""
        return Links(self.library, self._questions)

    def _questions(self) -> Questions:
        shipped = self.settings.corpus == SHIPPED
        return questions_by_provision(corpus_folder() / "questions") if shipped else {}

    def spellings(self) -> Spellings:
        """:returns: The names of all laws that are known now."""
        return self.library.citations.spellings(self.lexicon.law_names)

    def prepare(self, progress: Progress) -> None:
        """
        Make the library searchable: fill the default knowledge base, then bring the index up to date.

        Does only what is missing; on a prepared home it takes a moment. A new index that finds less than
        the one in use waits for confirmation; whoever runs the program is told.

        :raises AndianError: If the store or the index cannot be written.
        """
        from retrieval.index.keeper import State

        self.fill(progress)
        condition = self.keeper.condition(verify=False)
        if condition.state is State.REFUSED:
            self._notice(condition.reason)
            return
        try:
            self.refresh_index(progress)
        except IndexRefused as refusal:
            self._notice(str(refusal))

    def fill(self, progress: Progress) -> None:
        """Bring the shipped corpus and the selected statutes into the library, once per version of them."""
        self.library.refresh_validity()
        wanted = self._default_fingerprint()
        if self.library.value(_PREPARED_FROM) != wanted:
            if self.settings.corpus == SHIPPED:
                self._fill_default(progress)
            self.library.set_value(_PREPARED_FROM, wanted)
        self.fill_bank()
        self.refresh_citations(progress)

    def fill_bank(self) -> None:
        """Bring the shipped questions into the bank, once per version of them; a moment's work."""
        if self.settings.corpus == SHIPPED:
            fill_bank(self.library, corpus_folder() / "questions")

    def refresh_citations(self, progress: Progress) -> None:
        """Find the references in texts that were stored before the names of all laws were known."""
        if self.library.citations.refresh(self.spellings(), progress):
            self.links.forget()

    def refresh_index(
        self,
        progress: Progress,
        *,
        rebuild: bool = False,
        want_vectors: bool = False,
        accept_worse: bool = False,
    ) -> str:
        """
        Rebuild the index if it is missing, stale or damaged, or if `rebuild` asks for it.

        :param want_vectors: Also rebuild an index that was made without the model the settings ask for.
        :param accept_worse: Use the new index even if it answers the judged questions worse.
        :returns: Why it was rebuilt, in Chinese; empty if it was fit for use.
        :raises IndexRefused: If it answers them worse by more than the setting `eval_margin`.
        """
        from retrieval.guard import Guard
        from retrieval.index.keeper import State

        self.refresh_citations(progress)
        condition = self.keeper.condition()
        lacking = want_vectors and self.keeper.lacks_vectors(condition)
        if condition.state is State.READY and not rebuild and not lacking:
            return ""
        # A damaged index names its remedy too; here the remedy is under way.
        reason = condition.reason.split("；")[0] or ("补上语义向量" if lacking else "按要求重建")
        if condition.state is State.REFUSED:
            reason = "按确认采用新索引" if accept_worse else "再比较一次新旧索引"
        self._notice(f"{reason}：正在更新索引")
        compare = None if accept_worse else Guard(self.library, self.settings, progress)
        self.keeper.refresh(progress, rebuild=rebuild, compare=compare)
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

    def _fill_default(self, progress: Progress) -> None:
        refused = [r for r in self._fill_corpus(progress) if r.outcome is Outcome.REFUSED]
        if refused:
            raise AndianError(f"自带资料 {refused[0].source} 有误：{refused[0].note}；请重新安装案典")
        self.ingest_package_laws(progress, every=False)

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
