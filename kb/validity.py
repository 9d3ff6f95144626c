"""Which version of a rule applies on a given day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kb.documents import Document, Kind, Origin, Status

RULES = "2"
"""Another one whenever `validities` gives another answer for the same documents."""


@dataclass(frozen=True, slots=True)
class Validity:
    """
    The span in which a text is law, ``[since, until)``, and what ended it.

    ``None`` means unbounded. `replaced_by` names the document that took its place, if the library
    holds it; `superseded` tells a newer version of the same rule from an outright repeal.
    """

    since: date | None = None
    until: date | None = None
    superseded: bool = False
    replaced_by: str = ""

    def status_on(self, day: date) -> Status:
        """:returns: The status on `day`; a span without bounds is in force."""
        if self.until is not None and day >= self.until:
            return Status.AMENDED if self.superseded else Status.REPEALED
        if self.since is not None and day < self.since:
            return Status.NOT_YET_IN_FORCE
        return Status.IN_FORCE


def version_order(document: Document) -> tuple[date, bool, date, str]:
    """
    Sort key that puts older versions of one rule first (国家法律法规数据库 orders by 公布日期).

    Official text comes before our digest of the same version.
    """
    earliest = date.min
    return (
        document.version_date or earliest,
        document.origin is Origin.DIGEST,
        document.effective_from or earliest,
        document.id,
    )


def validities(versions: Sequence[Document], repealers: Iterable[Document] = ()) -> dict[str, Validity]:
    """
    Work out the validity of every version of one rule.

    :param versions: All versions of one rule (one short title and region), in any order. Files that hold
        different parts of the same version count as one version.
    :param repealers: Documents whose final provisions abolish this rule by name.
    :returns: Validity by document id. A version ends when the next one takes effect; the last one
        ends when a later repealer takes effect, or at its own declared end. Where the day of effect is
        not known, the day of passing stands in for it: no text is law before it is passed.
    """
    ordered = sorted(versions, key=version_order)
    abolishing = sorted(repealers, key=version_order)
    result: dict[str, Validity] = {}
    for position, document in enumerate(ordered):
        newer = next((d for d in ordered[position + 1 :] if _is_newer(d, document)), None)
        result[document.id] = _validity(document, newer, abolishing)
    return result


def _validity(document: Document, newer: Document | None, repealers: Sequence[Document]) -> Validity:
    since = _starts(document)
    if newer is not None:
        return Validity(since, _starts(newer), superseded=True, replaced_by=newer.id)
    if document.effective_to is not None:
        return Validity(since, document.effective_to)
    for repealer in repealers:
        starts = _starts(repealer)
        if starts is not None and _is_newer(repealer, document):
            return Validity(since, starts, replaced_by=repealer.id)
    if document.repealed:
        return Validity(document.effective_from, document.effective_from or date.min)
    return Validity(since)


def _starts(document: Document) -> date | None:
    return document.effective_from or document.version_date


def _is_newer(candidate: Document, document: Document) -> bool:
    if candidate.version_date is None or document.version_date is None:
        return False
    return candidate.version_date > document.version_date


def is_regulation(document: Document) -> bool:
    """Only rules go in and out of force; cases, bulletins and procedures do not."""
    return document.kind is Kind.REGULATION
