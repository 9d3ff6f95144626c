"""Small questions to the XML of a Word document."""

import re
from collections.abc import Iterator
from typing import Any

from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn

_NUMBER = re.compile(r"\d{1,9}")


def find(element: Any, path: str) -> Any | None:
    """:returns: The first element at `path` (``w:pPr/w:numPr``), or ``None``."""
    return element.find("/".join(qn(tag) for tag in path.split("/")))


def value(element: Any, path: str) -> str:
    """:returns: The ``w:val`` of the element at `path`; empty if there is none."""
    found = find(element, path)
    return "" if found is None else found.get(qn("w:val")) or ""


def number(text: str | None) -> int | None:
    """:returns: A count below a thousand million; ``None`` for anything else."""
    return int(text) if text and _NUMBER.fullmatch(text) else None


def switched_on(element: Any, path: str) -> bool:
    """:returns: Whether the on/off element at `path` is there and not set to off."""
    return find(element, path) is not None and value(element, path) not in ("0", "false", "off")


def related(document: Part, kind: str) -> Iterator[Any]:
    """
    Go through the XML of the parts beside the document.

    :param document: The main part.
    :param kind: The relationship's type, such as ``RELATIONSHIP_TYPE.HEADER``.
    """
    for relation in document.rels.values():
        if relation.reltype == kind and not relation.is_external:
            part = relation.target_part
            if isinstance(part, XmlPart):
                yield part.element
