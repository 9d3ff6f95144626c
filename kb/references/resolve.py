"""Whether the library holds what a reference names, and if not, what it holds instead."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol

from kb.documents import Origin
from kb.references.paragraphs import paragraphs, part_of
from kb.references.reference import Reference
from kb.store.rows import StoredDocument, StoredPassage

_ALIKE = 0.6
"""Two names this similar (0 to 1) may have been mistaken for each other."""
_MOST_SIMILAR = 3


class Provisions(Protocol):
    """What references are looked up in; `kb.store.library.Library` is one."""

    def passages_of_ref(self, ref: str) -> list[StoredPassage]:
        """Find a provision in every version that holds it."""

    def documents_by_key(self, keys: set[int]) -> dict[int, StoredDocument]:
        """Read documents without their passages."""

    def versions(self, short_title: str) -> list[StoredDocument]:
        """Read all documents of one rule, without passages."""

    def articles(self, document_id: str) -> Sequence[Reference]:
        """List the articles of a document by number."""

    def short_titles(self) -> list[str]:
        """Name all rules."""


class Outcome(StrEnum):
    """How the search for a provision ended; only the two that begin with ``no_`` call it wrong."""

    HELD = "held"
    NO_ARTICLE = "no_article"
    """The whole official text is here and has no article of this number."""
    NO_PART = "no_part"
    """Every official text of the article lacks the paragraph or item."""
    OTHER_EDITION = "other_edition"
    """The law is here, but not the version of the year named."""
    PARTLY_HELD = "partly_held"
    """Only gists or some parts of the law are here, and this article is not among them."""
    LAW_NOT_HELD = "law_not_held"
    """Nothing of the law is here."""


@dataclass(frozen=True, slots=True)
class Version:
    """A document that holds the provision."""

    document: StoredDocument
    passage: StoredPassage
    text: str | None
    """Article, paragraph or item, as named; ``None`` if an official text lacks it. A gist is never cut."""

    @property
    def official(self) -> bool:
        """Whether this is the law's own text, not our gist of it."""
        return self.document.document.origin is not Origin.DIGEST


@dataclass(frozen=True, slots=True)
class Extent:
    """The articles of the newest complete official text."""

    document: StoredDocument
    count: int
    """How many there are, 之一 counted."""
    first: Reference
    last: Reference
    nearest: tuple[Reference, ...]
    """The existing ones just before and after the one asked for."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of one reference."""

    reference: Reference
    outcome: Outcome
    versions: tuple[Version, ...] = ()
    """Official texts before our gists, newer before older; also of other editions than the one named."""
    paragraphs: int = 0
    """Paragraphs of the newest official text of the article; 0 if there is none."""
    extent: Extent | None = None
    """Given with `Outcome.NO_ARTICLE`."""
    similar: tuple[str, ...] = ()
    """Short titles that may have been meant, the most similar first; with `Outcome.LAW_NOT_HELD`."""


def resolve(library: Provisions, reference: Reference) -> Resolution:
    """
    Look a reference up.

    :param reference: One provision; of a range only the beginning counts (see `Reference.provisions`).
    :raises StoreError: When the database fails.
    """
    versions = tuple(_versions(library, reference))
    meant = [v for v in versions if _is_edition(v.document, reference.edition)]
    if not meant:
        return replace(_absent(library, reference), versions=versions)
    official = [v for v in meant if v.official]
    lacking = bool(official) and all(v.text is None for v in official)
    count = len(paragraphs(official[0].passage.passage.text)) if official else 0
    return Resolution(reference, Outcome.NO_PART if lacking else Outcome.HELD, versions, count)


def _versions(library: Provisions, reference: Reference) -> list[Version]:
    found = library.passages_of_ref(reference.provision)
    documents = library.documents_by_key({p.document_key for p in found})
    versions = []
    for stored in found:
        version = Version(documents[stored.document_key], stored, stored.passage.text)
        if version.official:
            part = part_of(stored.passage.text, reference.paragraph, reference.item)
            version = replace(version, text=part)
        versions.append(version)
    return sorted(versions, key=lambda v: _newest_first(v.document))


def _absent(library: Provisions, reference: Reference) -> Resolution:
    """The resolution of a provision that no document holds."""
    held = sorted(library.versions(reference.law), key=_newest_first)
    if not held:
        similar = _similar(reference.law, library.short_titles())
        return Resolution(reference, Outcome.LAW_NOT_HELD, similar=similar)
    if not any(_is_edition(document, reference.edition) for document in held):
        return Resolution(reference, Outcome.OTHER_EDITION)
    for stored in held:
        whole = stored.document.origin is not Origin.DIGEST and not stored.document.part
        if whole and _is_edition(stored, reference.edition):
            extent = _extent(stored, library.articles(stored.document.id), reference)
            if extent is not None:
                return Resolution(reference, Outcome.NO_ARTICLE, extent=extent)
    return Resolution(reference, Outcome.PARTLY_HELD)


def _extent(stored: StoredDocument, articles: Sequence[Reference], asked: Reference) -> Extent | None:
    """:returns: Which articles a document has; ``None`` if it is not divided into articles."""
    if not articles:
        return None
    place = bisect_left(articles, _number(asked), key=_number)
    nearest = articles[max(place - 1, 0) : place + 1]
    return Extent(stored, len(articles), articles[0], articles[-1], tuple(nearest))


def _similar(name: str, titles: Sequence[str]) -> tuple[str, ...]:
    within = sorted((title for title in titles if name in title or title in name), key=len)
    close = get_close_matches(name, titles, _MOST_SIMILAR, _ALIKE)
    return tuple(dict.fromkeys([*within[:_MOST_SIMILAR], *close]))[:_MOST_SIMILAR]


def _is_edition(stored: StoredDocument, year: int | None) -> bool:
    version = stored.document.version_date
    return year is None or (version is not None and version.year == year)


def _newest_first(stored: StoredDocument) -> tuple[bool, int, int]:
    document = stored.document
    newest = document.version_date or date.min
    return (document.origin is Origin.DIGEST, -newest.toordinal(), stored.key)


def _number(reference: Reference) -> tuple[int, int]:
    return (reference.article, reference.suffix or 0)
