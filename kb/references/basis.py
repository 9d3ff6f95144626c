"""The provisions that a case, a procedure or a report rests on, and what became of them since."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.documents import Document
from kb.references.holdings import Holdings
from kb.references.reference import Reference
from kb.references.resolve import Version
from kb.references.verdict import Judge, State, Verdict
from kb.store.citations import Citation
from kb.store.library import Library
from kb.store.rows import StoredDocument

_WRITTEN = re.compile(r"按(\d{4})年(\d{1,2})月(\d{1,2})日有效的规定")
_GRAVITY = {state: number for number, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Basis:
    """One provision that a document names."""

    references: tuple[Reference, ...]
    """Everything named of it, in the order of the text: the article, paragraphs, items."""
    position: int
    """The first passage that names it."""
    today: Verdict
    change: Verdict | None = None
    """How its text changed or ended since the document's day, if it did."""

    @property
    def provision(self) -> str:
        """The provision's canonical reference."""
        return self.references[0].provision


def stated_day(document: Document) -> date | None:
    """:returns: The day whose law a document goes by: of its facts, of publication, or as its notes say."""
    return document.facts_date or _written(document)


def _written(document: Document) -> date | None:
    """:returns: A day by which the text had been written."""
    if document.published or document.version_date:
        return document.published or document.version_date
    match = next((match for note in document.notes if (match := _WRITTEN.search(note))), None)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def bases(library: Library, documents: Iterable[StoredDocument], today: date) -> dict[int, tuple[Basis, ...]]:
    """
    Judge what some documents rest on, all of them together in a few queries.

    A document that states no day goes by the one on which the library took it in: what changed later,
    changed since it was written. What had ended by then counts as a change too, for the text may be older.

    :param documents: Documents with or without their passages.
    :returns: By document key, in the order of the text; only documents that name a provision.
    :raises StoreError: If the database fails.
    """
    by_key = {stored.key: stored for stored in documents}
    cited = library.citations.of_documents(by_key)
    named = {key: _grouped(found) for key, found in cited.items()}
    asked = dict.fromkeys(r for groups in named.values() for _, found in groups for r in found)
    holdings = Holdings(library, asked)
    current = Judge(holdings, today, today)
    verdicts = {reference: current.judge(reference) for reference in asked}
    judges: dict[date, Judge] = {}
    result: dict[int, tuple[Basis, ...]] = {}
    for key, groups in named.items():
        document = by_key[key].document
        stated = stated_day(document)
        day = min(stated or by_key[key].saved_at.date(), today)
        judge = judges.setdefault(day, Judge(holdings, day, today))
        since = _Since(judge, day, stated is not None, _written(document))
        result[key] = tuple(_basis(position, found, verdicts, since) for position, found in groups)
    return result


def _basis(
    position: int, found: tuple[Reference, ...], verdicts: Mapping[Reference, Verdict], since: "_Since"
) -> Basis:
    changes = [change for r in found if (change := since.change(verdicts[r])) is not None]
    today = _gravest([verdicts[reference] for reference in found])
    return Basis(found, position, today, _gravest(changes) if changes else None)


def _grouped(citations: Iterable[Citation]) -> list[tuple[int, tuple[Reference, ...]]]:
    """:returns: Position and references of every provision that is named."""
    groups: dict[str, tuple[int, list[Reference]]] = {}
    for citation in citations:
        for reference in citation.provisions():
            position, found = groups.setdefault(reference.provision, (citation.position, []))
            if reference not in found:
                found.append(reference)
    return [(position, tuple(found)) for position, found in groups.values()]


@dataclass(frozen=True, slots=True)
class _Since:
    """From when on changes to the provisions of one document count."""

    judge: Judge
    """Judges as of `day`."""
    day: date
    stated: bool
    """Whether the document itself gives `day`."""
    written: date | None

    def change(self, now: Verdict) -> Verdict | None:
        """:param now: The verdict on a provision as of today."""
        then = self.judge.judge(now.reference)
        if now.state is State.REPEALED and (then.state is not State.REPEALED or not self.stated):
            return now
        if then.state is State.AMENDED and then.cited is not None:
            ended = then.cited.document.validity.until
            return then if not self.stated or (ended is not None and ended > self.day) else None
        if then.state is State.NOT_YET_IN_FORCE and now.state is State.IN_FORCE and now.cited is not None:
            return self._unseen(now, now.cited)
        return None

    def _unseen(self, now: Verdict, current: Version) -> Verdict | None:
        """The library has only a text that was made later, of a law that was there already."""
        document = current.document.document
        events = sorted(event.on for event in document.history)
        later = next((on for on in events if on > self.day), None)
        if later is None or events[0] > self.day:
            made = document.version_date
            later = made if made and self.written and made > self.written else None
        if later is None:
            return None
        shown = f"{later.year}年{later.month}月{later.day}日"
        note = f"这部规定{shown}有了新文本，资料库里没有当时的文本可以对照，请查原文"
        return Verdict(now.reference, State.AMENDED, note, now=current)


def _gravest(verdicts: Sequence[Verdict]) -> Verdict:
    return min(verdicts, key=lambda verdict: _GRAVITY[verdict.state])
