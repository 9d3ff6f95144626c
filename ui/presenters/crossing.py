"""Links from a law's own text to the articles it names: 本法第X条, 依照第X条."""

from collections.abc import Callable, Sequence

from kb.documents import Document
from kb.references.find import find_references

Anchors = Callable[[str], Sequence[tuple[int, int, str]]]
"""Of a line of text: where each link begins and ends, and its escaped address, in order."""


def anchors_within(document: Document, address: str) -> Anchors:
    """
    Prepare the links inside one document.

    :param address: Address of the document, escaped.
    :returns: Links of a line; only articles that the document holds are linked, of a range the first.
    """
    law = document.short_title
    positions = {p.ref: position for position, p in enumerate(document.passages) if p.ref}

    def anchors(line: str) -> Sequence[tuple[int, int, str]]:
        if not positions or "条" not in line:
            return ()
        mentions = find_references(line, {law: law}, law)
        found = [(m, positions.get(m.reference.provision)) for m in mentions if m.reference.law == law]
        return [(m.start, m.end, f"{address}#p-{at}") for m, at in found if at is not None]

    return anchors
