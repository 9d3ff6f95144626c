"""Where the checks look provisions up: installed statutes, digests, and folders of official texts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path

from ingest.readers.dispatch import read_file
from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import NATIONWIDE, Document, Kind, Origin, Passage, Status
from kb.errors import InputError
from kb.references.canonical import short_title
from kb.references.reference import Reference
from kb.validity import Validity, validities, version_order

_DATED = re.compile(r"[（(]\d{4}-\d\d-\d\d[)）]$")


class Standing(Enum):
    """What can be said of a reference."""

    IN_FORCE = auto()
    NO_SUCH_ARTICLE = auto()
    """The law is in force and its official text has no such article."""
    NOT_IN_FORCE = auto()
    """Only a version that is no longer, or not yet, law."""
    UNVERIFIABLE = auto()
    """The law, or its official text, is in none of our sources."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reference looked up on a day."""

    standing: Standing
    provision: Passage | None = None
    """The official text where there is one, else our gist."""
    official: bool = False
    status: Status = Status.IN_FORCE
    replaced_by: str = ""
    region: str = NATIONWIDE
    """Where the law applies."""


class Statutes:
    """Versions of laws from several sources; files are read only when their law is asked for."""

    def __init__(self, documents: Iterable[Document], texts: Sequence[Path] = ()):
        """
        :param documents: Statutes and digests.
        :param texts: Folders of official texts, one statute a file, named by title and date. They are asked
            only for laws of which `documents` have no official text.
        """
        self._documents: dict[str, list[Document]] = {}
        self._repealers: dict[str, list[Document]] = {}
        for document in documents:
            self._documents.setdefault(document.short_title, []).append(document)
            for title in document.repeals:
                self._repealers.setdefault(title, []).append(document)
        self._files = _files_by_title(texts)
        self._known: dict[str, tuple[list[Document], Mapping[str, Validity]]] = {}

    def titles(self) -> set[str]:
        """:returns: Short titles of all laws of which there is any text."""
        return self._documents.keys() | self._files.keys()

    def look_up(self, reference: Reference, day: date) -> Verdict:
        """
        Find the provision (the first of a range) as it stands on a day.

        :param reference: With a year of edition, that edition is asked for, in force or not.
        """
        versions, spans = self._versions(reference.law)
        if reference.edition is not None:
            return _in_edition(reference, versions)
        current = [d for d in versions if spans[d.id].status_on(day) is Status.IN_FORCE]
        for document in current:
            provision = _provision(document, reference)
            if provision is not None:
                return Verdict(
                    Standing.IN_FORCE, provision, document.origin is not Origin.DIGEST, region=document.region
                )
        if any(d.origin is not Origin.DIGEST for d in current):
            return Verdict(Standing.NO_SUCH_ARTICLE, region=current[0].region)
        if current or not versions:
            return Verdict(Standing.UNVERIFIABLE, region=current[0].region if current else NATIONWIDE)
        newest = max(versions, key=version_order)
        span = spans[newest.id]
        return Verdict(
            Standing.NOT_IN_FORCE, _provision(newest, reference), status=span.status_on(day),
            replaced_by=span.replaced_by, region=newest.region,
        )  # fmt: skip

    def _versions(self, law: str) -> tuple[list[Document], Mapping[str, Validity]]:
        if law not in self._known:
            found = list(self._documents.get(law, ()))
            if not any(d.origin is not Origin.DIGEST for d in found):
                found += [d for path in self._files.get(law, ()) for d in _read(path)]
            # Official text first: it is what provisions are compared with.
            found.sort(key=lambda d: (d.origin is Origin.DIGEST, d.version_date or date.min))
            self._known[law] = found, validities(found, self._repealers.get(law, ()))
        return self._known[law]


def _provision(document: Document, reference: Reference) -> Passage | None:
    wanted = reference.provision
    return next((p for p in document.passages if p.ref == wanted), None)


def _in_edition(reference: Reference, versions: Sequence[Document]) -> Verdict:
    meant = [d for d in versions if d.version_date and d.version_date.year == reference.edition]
    for document in meant:
        provision = _provision(document, reference)
        if provision is not None:
            return Verdict(Standing.IN_FORCE, provision, document.origin is not Origin.DIGEST)
    official = any(d.origin is not Origin.DIGEST for d in meant)
    return Verdict(Standing.NO_SUCH_ARTICLE if official else Standing.UNVERIFIABLE)


def _files_by_title(folders: Sequence[Path]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.md")):
            found.setdefault(short_title(_DATED.sub("", path.stem)), []).append(path)
    return found


def _read(path: Path) -> list[Document]:
    found: list[Document] = []
    for text in read_file(path, folders=tuple(path.absolute().parts[-5:-1])):
        if isinstance(text, SourceText):
            try:
                found += understand(text, kind=Kind.REGULATION)
            except InputError:
                continue  # a text that cannot be read is no source; the reference stays unverifiable
    return found
