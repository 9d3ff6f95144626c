"""A document among the versions of its rule: what else there is, and what applied on a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.comparison.compare import partners
from kb.documents import Origin, Passage, Role
from kb.store.library import Library
from kb.store.rows import StoredDocument
from kb.timeline import applying, texts
from kb.validity import is_regulation


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A provision as another version of the rule has it."""

    stored: StoredDocument
    label: str
    position: int
    changed: bool
    """The wording is different."""
    older: bool
    """The other version came before the one that is read."""


def read_day(text: str) -> date | None:
    """:returns: The day written as ``2020-01-01``; ``None`` for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def versions_of(library: Library, stored: StoredDocument) -> list[StoredDocument]:
    """:returns: All documents of the same rule, this one included, oldest first, without passages."""
    document = stored.document
    if not document.short_title:
        return []
    return [v for v in library.versions(document.short_title) if v.document.region == document.region]


def counterparts(
    library: Library, stored: StoredDocument, versions: Sequence[StoredDocument]
) -> Mapping[int, Sequence[Counterpart]]:
    """
    Find each provision of a document in the other official versions of its rule.

    :param stored: A document with its passages; our digests have no counterparts.
    :returns: By position, oldest version first.
    """
    found: dict[int, list[Counterpart]] = defaultdict(list)
    if stored.document.origin is not Origin.OFFICIAL:
        return found
    older = True
    for version in texts(versions, keep=stored.document.id):
        if version.document.id == stored.document.id:
            older = False
            continue
        there = library.document(version.document.id).document.passages
        for here, (position, changed) in _partners(stored, there, older=older).items():
            if stored.document.passages[here].role is Role.PROVISION:
                label = there[position].label
                found[here].append(Counterpart(version, label, position, changed, older))
    return found


def on_day(
    library: Library,
    stored: StoredDocument,
    versions: Sequence[StoredDocument],
    at: int | None,
    day: date | None,
) -> tuple[StoredDocument, int | None]:
    """
    Turn to the version that is law on `day`.

    :param at: Position of the passage that is asked for.
    :returns: The version with its passages and the same provision's position there; what was given if no
        day is, or no version is in force on it.
    """
    applies = applying(versions, day, stored.document.id) if day and is_regulation(stored.document) else None
    if applies is None or applies.document.id == stored.document.id:
        return stored, at
    found = library.document(applies.document.id)
    if at is None:
        return found, None
    here, there = stored.document, found.document
    older = (there.version_date or date.min) < (here.version_date or date.min)
    place = _partners(stored, there.passages, older=older).get(at)
    return found, place[0] if place else None


def _partners(
    stored: StoredDocument, there: tuple[Passage, ...], *, older: bool
) -> Mapping[int, tuple[int, bool]]:
    """:returns: For each position in `stored` that has one in `there`: that, and whether the text changed."""
    here = stored.document.passages
    if older:
        return partners(there, here)
    return {mine: (theirs, changed) for theirs, (mine, changed) in partners(here, there).items()}
