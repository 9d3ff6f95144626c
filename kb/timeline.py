"""The versions of one rule along time: which texts there are, and which applies on a day."""

from collections.abc import Sequence
from datetime import date

from kb.documents import Origin, Status
from kb.store.rows import StoredDocument


def texts(versions: Sequence[StoredDocument], keep: str = "") -> list[StoredDocument]:
    """
    Take the official texts, one for each version.

    :param versions: All documents of one rule, oldest first.
    :param keep: Id of the document that stands for its version where several hold the same one;
        otherwise the whole statute comes before its parts, and the most complete before the others.
    """
    best: dict[object, StoredDocument] = {}
    for stored in versions:
        document = stored.document
        if document.origin is Origin.OFFICIAL:
            version = document.version_date or document.id
            best[version] = max(best.get(version, stored), stored, key=lambda s: _rank(s, keep))
    return [stored for stored in versions if stored in best.values()]


def applying(versions: Sequence[StoredDocument], day: date, keep: str = "") -> StoredDocument | None:
    """
    Find the text of a rule that is law on `day`; our digest of it where there is no official text.

    :param keep: Id of the document that is preferred if it is in force.
    :returns: ``None`` if no version is in force on that day.
    """
    kept = [v for v in versions if v.document.id == keep]
    digests = [v for v in versions if v.document.origin is not Origin.OFFICIAL]
    for candidates in (kept, texts(versions), digests):
        current = [v for v in candidates if v.status_on(day) is Status.IN_FORCE]
        if current:
            return current[-1]
    return None


def _rank(stored: StoredDocument, keep: str) -> tuple[bool, bool, int]:
    return stored.document.id == keep, not stored.document.part, stored.passages
