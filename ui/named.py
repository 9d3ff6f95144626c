"""The provisions that a question names, looked up in the library."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.documents import Status
from kb.references.in_query import QueryReferences, read_query
from kb.references.ranges import spread
from kb.references.resolve import Outcome, Resolution, Version, resolve
from kb.store.library import Library

MOST = 50
"""Provisions of one question that are looked up."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names."""

    asked: QueryReferences
    resolutions: tuple[Resolution, ...]
    """One for each provision, of a range one for each article; in order."""

    @property
    def held(self) -> tuple[Resolution, ...]:
        """Those of which the library has a text."""
        return tuple(r for r in self.resolutions if r.versions)

    @property
    def lacking(self) -> tuple[Resolution, ...]:
        """Those that are not to be had as they were named."""
        return tuple(r for r in self.resolutions if r.outcome is not Outcome.HELD)


def named_in(
    text: str, library: Library, names: Mapping[str, str], abbreviations: Mapping[str, str]
) -> Named:
    """
    Look up every provision that a question names.

    :param text: What was asked.
    :param names: Spelling → short title, see `kb.references.find.find_references`.
    :param abbreviations: See `kb.references.in_query.read_query`.
    :raises StoreError: If the database fails.
    """
    asked = read_query(text, names, abbreviations)
    single = [
        one for ref in asked.references for one in spread(ref, lambda r: bool(library.passages_of_ref(r)))
    ]
    wanted = tuple(dict.fromkeys(single))[:MOST]
    return Named(asked, _to_the_end(tuple(resolve(library, reference) for reference in wanted)))


def ordered(resolution: Resolution, day: date) -> list[Version]:
    """:returns: Its texts: of the edition named, in force on `day`, official, newer; in this order of weight."""
    year = resolution.reference.edition

    def weight(version: Version) -> tuple[bool, bool, bool, int]:
        document = version.document.document
        newest = document.version_date or date.min
        return (
            year is not None and newest.year != year,
            version.document.status_on(day) is not Status.IN_FORCE,
            not version.official,
            -newest.toordinal(),
        )

    return sorted(resolution.versions, key=weight)


def _to_the_end(resolutions: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """Of a range that goes beyond a law's last article, only the first number too many."""
    beyond: set[str] = set()
    kept = []
    for resolution in resolutions:
        law = resolution.reference.law
        if resolution.outcome is Outcome.HELD or law not in beyond:
            kept.append(resolution)
        if resolution.outcome is Outcome.NO_ARTICLE:
            beyond.add(law)
    return tuple(kept)
