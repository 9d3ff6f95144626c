"""Files and folders into the library, one transaction a file."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.readers.dispatch import SUFFIXES, read_bytes, read_file
from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import Document, Kind
from kb.errors import InputError, UnreadableFile
from kb.progress import Progress
from kb.references.spellings import Spellings
from kb.store.library import Library
from kb.store.rows import content_hash

READING_VERSION = 1
"""Raised when readers or structure improve, so that known files are read anew."""


class Outcome(StrEnum):
    """What became of one file or document."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Report:
    """One line of the summary: a document of a file, or a file that gave none."""

    source: str
    outcome: Outcome
    kind: Kind | None = None
    title: str = ""
    document_id: str = ""
    passages: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are to be understood; ``None`` means found out from the text."""

    kind: Kind | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The documents of one source text before anything is saved."""

    source: SourceText
    documents: tuple[Document, ...]


class Ingester:
    """
    Brings files into a library.

    Each file is a transaction of its own and is recognised by its path and the hash of its text: a run
    that was killed is simply started again, does only what is left, and doubles nothing.
    """

    def __init__(
        self,
        library: Library,
        reading: Reading | None = None,
        collection: str = "user",
        spellings: Spellings | None = None,
    ):
        """
        :param reading: Overrides for kind and region.
        :param collection: Which part of the library the files belong to.
        :param spellings: Names of laws by which references in the texts are found.
        """
        self._library = library
        self._reading = reading or Reading()
        self._collection = collection
        self._spellings = spellings

    def ingest(self, paths: Sequence[Path], progress: Progress, *, dry_run: bool = False) -> Iterator[Report]:
        """
        Read, understand and store files and folders.

        :param paths: Files, or folders searched to any depth in sorted order.
        :param dry_run: Report what would happen; nothing is saved.
        :returns: Reports as they come. A file that cannot be used is reported as refused and the others
            go on; a failing database stops the run, what was saved stays.
        :raises StoreError: If the database fails.
        """
        files = list(find_files(paths))
        with progress.step("读取资料", len(files)) as bar:
            for path, folders in files:
                yield from self.ingest_file(path, folders, dry_run=dry_run)
                bar.advance()

    def ingest_file(
        self, path: Path, folders: tuple[str, ...] = (), *, name: str | None = None, dry_run: bool = False
    ) -> list[Report]:
        """
        Read, understand and store one file.

        :param name: What the file is known by from one run to the next; its absolute path when omitted.
        """
        texts = read_file(_absolute(path), name=name, folders=folders)
        return [report for text in texts for report in self._one(text, dry_run)]

    def ingest_documents(
        self, documents: Iterable[Document], origin: str, *, dry_run: bool = False
    ) -> Iterator[Report]:
        """
        Store documents that come from no file, each in a transaction of its own.

        :param origin: Where they come from; with a document's title and version it identifies it.
        :param dry_run: Report what would happen; nothing is saved.
        """
        for document in documents:
            place = f"{origin}:{document.title}@{document.version_date}"
            understood = Understood(SourceText(place, document.id, "", origin), (document,))
            digest = content_hash(document)
            yield from self._store(understood, digest, dry_run=dry_run)

    def preview(self, name: str, data: bytes) -> list[Understood | InputError]:
        """:returns: What an uploaded file holds, nothing saved; errors in place of what is refused."""
        return [
            text if isinstance(text, UnreadableFile) else self._understand(text)
            for text in read_bytes(name, data)
        ]

    def save(self, understood: Understood) -> list[Report]:
        """Store what `preview` showed."""
        return self._store(understood, self._hash(understood.source))

    def _store(self, understood: Understood, digest: str, *, dry_run: bool = False) -> list[Report]:
        source, documents = understood.source, understood.documents
        if dry_run:
            known = self._library.origin_hash(source.source)
            outcome = Outcome.NEW if known is None else Outcome.CHANGED
            if known == digest:
                outcome = Outcome.UNCHANGED
            return [_report(source, document, outcome, document.id) for document in documents]
        saved = self._library.save_file(
            documents,
            origin_path=source.source,
            origin_hash=digest,
            collection=self._collection,
            spellings=self._spellings,
        )
        return [
            _report(source, document, Outcome(s.change.value), s.document_id, s.note)
            for document, s in zip(documents, saved, strict=True)
        ]

    def _one(self, text: SourceText | UnreadableFile, dry_run: bool) -> list[Report]:
        if isinstance(text, UnreadableFile):
            return [_refused(str(text.path or ""), text)]
        if self._library.origin_hash(text.source) == self._hash(text):
            return [
                _report(
                    text, stored.document, Outcome.UNCHANGED, stored.document.id, passages=stored.passages
                )
                for stored in self._library.from_origin(text.source)
            ]
        understood = self._understand(text)
        if isinstance(understood, InputError):
            return [_refused(text.source, understood)]
        if not understood.documents:
            return [Report(text.source, Outcome.SKIPPED, note="目录页，没有正文")]
        return self._store(understood, self._hash(text), dry_run=dry_run)

    def _understand(self, text: SourceText) -> Understood | InputError:
        try:
            documents = understand(text, kind=self._reading.kind, region=self._reading.region)
        except InputError as error:
            return error
        return Understood(text, tuple(documents))

    def _hash(self, text: SourceText) -> str:
        reading = (str(READING_VERSION), str(self._reading.kind), str(self._reading.region))
        parts = (*reading, text.text, *text.notes)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def find_files(paths: Iterable[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """
    Yield the files below `paths` with the names of the folders above them.

    In a folder, hidden files, Office lock files (``~$…``) and files of formats that are not read are
    passed over; a file that is named itself is always yielded. Paths are made absolute, so that a file is
    known by one name from wherever it is given.
    """
    for path in map(_absolute, paths):
        if not path.is_dir():
            yield path, path.parts[-4:-1]
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in inner.relative_to(path).parts)
            if inner.is_file() and not hidden and inner.suffix.lower() in SUFFIXES:
                yield inner, inner.parts[-5:-1]


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # unlike Path.absolute, it takes out ``..``


def _refused(source: str, error: InputError) -> Report:
    note = error.problem + (f"；{error.remedy}" if error.remedy else "")
    if error.line is not None:
        note = f"第 {error.line} 行：{note}"
    return Report(source, Outcome.REFUSED, note=note)


def _report(
    text: SourceText, document: Document, outcome: Outcome, identifier: str, note: str = "", passages: int = 0
) -> Report:
    return Report(
        source=text.source,
        outcome=outcome,
        kind=document.kind,
        title=document.title + (f"·{document.part}" if document.part else ""),
        document_id=identifier,
        passages=passages or len(document.passages),
        note=note,
    )
