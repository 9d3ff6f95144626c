"""What stands around a provision and a document: who cites it, what it cites, what tests it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.bank.question import Question
from kb.documents import Kind, Origin, Status
from kb.references.basis import Basis, bases
from kb.references.reference import Reference, parse_reference
from kb.store.citations import Citation
from kb.store.library import Library
from kb.store.rows import StoredDocument

Questions = Mapping[str, Sequence[Question]]
"""Canonical reference of a provision → questions of the bank."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage at the other end of a link."""

    document: StoredDocument
    position: int
    label: str
    """What the passage is called in its document; may be empty."""
    ref: str = ""
    """The provision's canonical reference; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class Around:
    """Everything that is linked with one provision; each document or provision once."""

    cases: tuple[Place, ...] = ()
    procedures: tuple[Place, ...] = ()
    bulletins: tuple[Place, ...] = ()
    comparisons: tuple[Place, ...] = ()
    """Texts on rules that are no provisions themselves: old beside new, place beside place."""
    citing: tuple[Place, ...] = ()
    """Provisions in force, or soon to be, that name this one."""
    cited: tuple[Place, ...] = ()
    """Provisions that this one names, where the library holds them."""
    questions: tuple[Question, ...] = ()


class Links:
    """Looks up links; what documents rest on is remembered until the library changes."""

    def __init__(self, library: Library, questions: Callable[[], Questions]):
        """:param questions: Gives the question bank; asked when a provision is first looked at."""
        self._library = library
        self._questions = questions
        self._known: dict[int, tuple[Basis, ...]] = {}
        self._known_for: tuple[int, date] | None = None

    def bases(self, documents: Sequence[StoredDocument], today: date) -> dict[int, tuple[Basis, ...]]:
        """:returns: See `kb.references.basis.bases`; every one of `documents` has an entry."""
        state = (self._library.revision, today)
        known = self._known if self._known_for == state else {}
        missing = [stored for stored in documents if stored.key not in known]
        if missing:
            known = {
                **known,
                **dict.fromkeys((d.key for d in missing), ()),
                **bases(self._library, missing, today),
            }
            self._known, self._known_for = known, state
        return {stored.key: known[stored.key] for stored in documents}

    def basis(self, stored: StoredDocument, today: date) -> tuple[Basis, ...]:
        """
        Tell what one document rests on.

        :param stored: A document with its passages.
        :returns: See `bases`; nothing for a rule, whose provisions have links of their own.
        """
        if any(passage.ref for passage in stored.document.passages):
            return ()
        return self.bases([stored], today)[stored.key]

    def forget(self) -> None:
        """Look everything up again: texts were read with other names of laws."""
        self._known_for = None

    def around(self, stored: StoredDocument, today: date) -> dict[str, Around]:
        """
        Collect what is linked with the provisions of a document; few queries, however many there are.

        :param stored: A document with its passages.
        :returns: By canonical reference; only provisions that are linked with something.
        """
        refs = dict.fromkeys(p.ref for p in stored.document.passages if p.ref)
        if not refs:
            return {}
        title = stored.document.short_title
        incoming = _by_provision(self._library.citations.of_law(title), refs)
        outgoing = [c for c in self._library.citations.cited_by(stored.document.id) if c.ref]
        return self._collected(list(refs), incoming, outgoing, today)

    def around_ref(self, ref: str, today: date) -> Around:
        """:param ref: Canonical reference of a provision; nothing is linked with anything else."""
        if _parsed(ref) is None:
            return Around()
        incoming = {ref: self._library.citations.citing(ref)}
        holders = self._library.documents_by_key({p.document_key for p in self._library.passages_of_ref(ref)})
        outgoing: list[Citation] = []
        if holders:
            best = min(holders.values(), key=lambda d: _rank(d, today))
            outgoing = [c for c in self._library.citations.cited_by(best.document.id) if c.ref == ref]
        return self._collected([ref], incoming, outgoing, today).get(ref, Around())

    def _collected(
        self,
        refs: Sequence[str],
        incoming: Mapping[str, Sequence[Citation]],
        outgoing: Sequence[Citation],
        today: date,
    ) -> dict[str, Around]:
        documents = self._library.documents_by_key(
            {c.document_key for found in incoming.values() for c in found}
        )
        named: dict[str, list[str]] = defaultdict(list)
        for citation in outgoing:
            named[citation.ref] += [r.provision for r in citation.provisions()]
        held = self._held({ref for found in named.values() for ref in found}, today)
        questions = self._questions()
        result = {}
        for ref in refs:
            cited = dict.fromkeys(name for name in named.get(ref, ()) if name != ref and name in held)
            around = Around(
                **_sorted_by_kind(incoming.get(ref, ()), documents),
                citing=_citing(ref, incoming.get(ref, ()), documents, today),
                cited=tuple(held[name] for name in cited),
                questions=tuple(questions.get(ref, ())),
            )
            if around != Around():
                result[ref] = around
        return result

    def _held(self, refs: Collection[str], today: date) -> dict[str, Place]:
        """:returns: The best text of each provision that the library holds."""
        found = self._library.cited((), refs).passages
        documents = self._library.documents_by_key({p.document_key for p in found})
        held: dict[str, Place] = {}
        for stored in sorted(found, key=lambda p: _rank(documents[p.document_key], today)):
            passage = stored.passage
            place = Place(documents[stored.document_key], stored.position, passage.label, passage.ref)
            held.setdefault(passage.ref, place)
        return held


def _by_provision(citations: Sequence[Citation], refs: Collection[str]) -> dict[str, list[Citation]]:
    inserted = [parsed for ref in refs if "条之" in ref and (parsed := _parsed(ref)) is not None]
    found: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        names = dict.fromkeys(reference.provision for reference in citation.provisions())
        if citation.reference.last is not None:
            names |= dict.fromkeys(p.provision for p in inserted if citation.names(p))
        for name in names:
            found[name].append(citation)
    return found


def _parsed(ref: str) -> Reference | None:
    try:
        return parse_reference(ref)
    except ValueError:
        return None  # a law whose own title names an article


_FIELDS = {
    Kind.CASE: "cases",
    Kind.PROCEDURE: "procedures",
    Kind.BULLETIN: "bulletins",
    Kind.REGULATION: "comparisons",
}


def _sorted_by_kind(
    citations: Iterable[Citation], documents: Mapping[int, StoredDocument]
) -> dict[str, tuple[Place, ...]]:
    """:returns: Each document that is no provision, at the first passage that names the provision, by field."""
    places: dict[str, dict[int, Place]] = {field: {} for field in _FIELDS.values()}
    for citation in citations:
        if not citation.ref and citation.document_key in documents:
            stored = documents[citation.document_key]
            place = Place(stored, citation.position, citation.label)
            places[_FIELDS[stored.document.kind]].setdefault(stored.key, place)
    return {field: tuple(found.values()) for field, found in places.items()}


def _citing(
    ref: str, citations: Iterable[Citation], documents: Mapping[int, StoredDocument], today: date
) -> tuple[Place, ...]:
    """:returns: The provisions that name this one, each in its best version; none that is no longer law."""
    places: dict[str, Place] = {}
    others = [c for c in citations if c.ref and c.ref != ref and c.document_key in documents]
    for citation in sorted(others, key=lambda c: _rank(documents[c.document_key], today)):
        stored = documents[citation.document_key]
        if stored.status_on(today) in (Status.IN_FORCE, Status.NOT_YET_IN_FORCE):
            places.setdefault(citation.ref, Place(stored, citation.position, citation.label, citation.ref))
    return tuple(places.values())


def _rank(stored: StoredDocument, today: date) -> tuple[bool, bool, int, int]:
    """Law in force first, official text before gists, newer before older; then as they were saved."""
    newest = stored.document.version_date or date.min
    return (
        stored.status_on(today) is not Status.IN_FORCE,
        stored.document.origin is Origin.DIGEST,
        -newest.toordinal(),
        stored.key,
    )
