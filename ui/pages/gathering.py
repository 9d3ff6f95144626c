"""Collects from the library what stands around a document that is read."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from kb.documents import Origin, Role, Status
from kb.errors import NotFound
from kb.references.numerals import parse_numeral
from kb.store.library import Library
from kb.store.rows import StoredDocument
from ui.linked import Links
from ui.presenters.view import View
from ui.timeline import counterparts, on_day, versions_of

_UNKNOWN = 10**6  # after every article number


def gather(
    library: Library,
    document_id: str,
    at: int | None,
    words: Sequence[str],
    today: date,
    links: Links | None = None,
    day: date | None = None,
) -> View:
    """
    Read a document and what belongs to it.

    :param at: Position of the passage asked for; ignored if the document has none there.
    :param words: Words to mark.
    :param links: Where links are looked up; none are shown without it.
    :param day: Open the version that was law on that day instead, where there is one.
    :raises NotFound: If the library holds no such document.
    """
    asked_for = library.document(document_id)
    versions = versions_of(library, asked_for)
    stored, at = on_day(library, asked_for, versions, at, day)
    document = stored.document
    official = _official(stored, versions, today)
    positions: dict[str, int] = {}
    if official is not None:
        passages = library.document(official.document.id).document.passages
        positions = {p.ref: position for position, p in enumerate(passages) if p.ref}
    return View(
        stored=stored,
        today=today,
        versions=versions,
        parts=_parts(library, stored, versions),
        replacement=_replacement(library, stored.validity.replaced_by, versions),
        digests=_digests(library, stored, versions),
        official=official,
        official_positions=positions,
        at=at if at is not None and 0 <= at < len(document.passages) else None,
        words=words,
        around=links.around(stored, today) if links else {},
        bases=links.basis(stored, today) if links else (),
        counterparts=counterparts(library, stored, versions),
        day=day,
        asked_for=None if stored is asked_for else asked_for,
    )


def _digests(
    library: Library, stored: StoredDocument, versions: Sequence[StoredDocument]
) -> dict[str, list[str]]:
    """Our gists of the same version of a rule, by reference; none below a text that is a digest itself."""
    found: dict[str, list[str]] = defaultdict(list)
    if stored.document.origin is Origin.OFFICIAL:
        for version in versions:
            if version.document.origin is Origin.DIGEST and _same_version(version, stored):
                for passage in library.document(version.document.id).document.passages:
                    if passage.ref:
                        found[passage.ref].append(passage.text)
    return found


def _official(
    stored: StoredDocument, versions: Sequence[StoredDocument], today: date
) -> StoredDocument | None:
    """The official text that a digest is about: the one in force, then the most complete."""
    if stored.document.origin is not Origin.DIGEST:
        return None
    texts = [v for v in versions if v.document.origin is Origin.OFFICIAL and _same_version(stored, v)]
    rank = [(v.status_on(today) is Status.IN_FORCE, v.passages, -v.key) for v in texts]
    return texts[rank.index(max(rank))] if texts else None


def _same_version(digest: StoredDocument, official: StoredDocument) -> bool:
    days = {digest.document.version_date, official.document.version_date}
    return len(days - {None}) <= 1


def _replacement(
    library: Library, document_id: str, versions: Sequence[StoredDocument]
) -> StoredDocument | None:
    """What took the document's place; where the store names a digest, the official text of that version."""
    try:
        found = library.document(document_id) if document_id else None
    except NotFound:
        return None
    if found is None or found.document.origin is not Origin.DIGEST:
        return found
    day = found.document.version_date
    texts = [v for v in versions if v.document.origin is Origin.OFFICIAL and v.document.version_date == day]
    return texts[0] if texts else found


def _parts(
    library: Library, stored: StoredDocument, versions: Sequence[StoredDocument]
) -> list[StoredDocument]:
    if not stored.document.part:
        return []
    same = [
        v for v in versions if v.document.part and v.document.version_date == stored.document.version_date
    ]
    return sorted(same, key=lambda v: _first_article(library.document(v.document.id)))


def _first_article(stored: StoredDocument) -> int:
    provision = next((p for p in stored.document.passages if p.role is Role.PROVISION), None)
    number = provision.label.strip("第").split("条")[0] if provision else ""
    try:
        return parse_numeral(number)
    except ValueError:
        return _UNKNOWN
