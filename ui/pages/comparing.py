"""Collects from the library two versions of a rule and what lies between them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kb.comparison.compare import Comparison, compare
from kb.documents import Kind
from kb.errors import InputError
from kb.references.canonical import comparable
from kb.segment import Segmenter
from kb.store.library import Library
from kb.store.rows import StoredDocument
from kb.timeline import texts
from kb.validity import version_order
from ui.presenters.comparison import Show, SideBySide

_LONGEST_ID = 300
_PLACE = re.compile(r"^(old|new)-(\d{1,6})$", re.ASCII)


class Wanted(NamedTuple):
    """What the address asks for; one of two documents may be left to us."""

    old: str = ""
    new: str = ""
    place: tuple[bool, int] | None = None
    """Whether a position is counted in the old document, and the position."""
    ref: str = ""
    show: Show | None = None


def parse(params: Mapping[str, str]) -> Wanted:
    """
    Read an address.

    :param params: ``old`` and ``new`` are ids of documents, ``at`` is ``old-POSITION`` or ``new-POSITION``,
        ``ref`` a provision's reference, ``show`` a value of `Show`. What makes no sense is left out.
    """
    place = _PLACE.match(params.get("at", ""))
    shown = params.get("show", "")
    return Wanted(
        params.get("old", "").strip()[:_LONGEST_ID],
        params.get("new", "").strip()[:_LONGEST_ID],
        (place[1] == "old", int(place[2])) if place else None,
        params.get("ref", "").strip()[:_LONGEST_ID],
        Show(shown) if shown in set(Show) else None,
    )


def gather_comparison(library: Library, segmenter: Segmenter, wanted: Wanted, today: date) -> SideBySide:
    """
    Compare two documents; the other one is the version next to it where only one is named.

    Versions of one rule are always put in the order of time.

    :raises NotFound: If the library does not hold one of them.
    :raises InputError: If there is no other version to compare with.
    """
    old, new = _pair(library, wanted)
    comparison = compare(old.document.passages, new.document.passages, segmenter)
    row = _row(comparison, wanted, turned=bool(wanted.old) and wanted.old == new.document.id)
    # What was asked for is shown even where nothing changed.
    hidden = row is not None and not comparison.rows[row].differs
    return SideBySide(
        old=old,
        new=new,
        comparison=comparison,
        today=today,
        versions=_texts_of(library, new),
        row=row,
        show=wanted.show or (Show.ALL if hidden else Show.CHANGES),
    )


def comparable_rules(library: Library) -> list[list[StoredDocument]]:
    """:returns: For each rule with several official texts all of them, oldest first; by title."""
    rules: dict[tuple[str, str], list[StoredDocument]] = defaultdict(list)
    for stored in sorted(library.documents(Kind.REGULATION), key=lambda s: version_order(s.document)):
        if stored.document.short_title:
            rules[stored.document.short_title, stored.document.region].append(stored)
    found = (texts(versions) for _, versions in sorted(rules.items()))
    return [versions for versions in found if len(versions) > 1]


def _pair(library: Library, wanted: Wanted) -> tuple[StoredDocument, StoredDocument]:
    if wanted.old and wanted.new:
        old, new = library.document(wanted.old), library.document(wanted.new)
        same_rule = old.document.short_title == new.document.short_title
        if same_rule and version_order(new.document) < version_order(old.document):
            return new, old
        return old, new
    named = library.document(wanted.new or wanted.old)
    versions = _texts_of(library, named)
    ids = [v.document.id for v in versions]
    here = ids.index(named.document.id) if named.document.id in ids else len(ids)
    other = here - 1 if here and (wanted.new or here == len(ids) - 1) else here + 1
    if not 0 <= other < len(ids):
        raise InputError(
            f"《{named.document.title}》只有一个文本", remedy="先到资料库收录它的旧文本或新文本，再来对照"
        )
    neighbour = library.document(ids[other])
    return (neighbour, named) if other < here else (named, neighbour)


def _texts_of(library: Library, stored: StoredDocument) -> list[StoredDocument]:
    document = stored.document
    if not document.short_title:
        return []
    versions = [v for v in library.versions(document.short_title) if v.document.region == document.region]
    return texts(versions, keep=document.id)


def _row(comparison: Comparison, wanted: Wanted, *, turned: bool) -> int | None:
    if wanted.place is not None:
        in_old, position = wanted.place
        return comparison.row_of(position, in_old=in_old is not turned)
    if not wanted.ref:
        return None
    for in_old, passages in ((False, comparison.new), (True, comparison.old)):
        found = [n for n, p in enumerate(passages) if p.ref and p.ref == comparable(wanted.ref)]
        if found:
            return comparison.row_of(found[0], in_old=in_old)
    return None
