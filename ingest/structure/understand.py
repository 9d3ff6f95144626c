"""The text of one file → the documents it holds."""

from dataclasses import replace
from typing import Any

from ingest.front_matter import FrontMatter, split_front_matter
from ingest.source_text import SourceText
from ingest.structure.bulletin import read_bulletin
from ingest.structure.case import read_case
from ingest.structure.detect import detect_kind
from ingest.structure.procedure import read_procedure
from ingest.structure.statute import read_statute
from kb.documents import Document, Kind, Origin

NAVIGATION = "_index"
"""Stem of the pages that LawRefBook uses as folders' tables of contents; they hold no text."""

_OVERRIDES = (
    *("title", "origin", "region", "topics", "issuer", "published", "facts_date", "place", "source"),
    *("level", "version_date", "effective_from", "effective_to"),
)


def understand(source: SourceText, *, kind: Kind | None = None, region: str | None = None) -> list[Document]:
    """
    Work out the documents in a file's text.

    :param source: What a reader made of the file.
    :param kind: What the user says it is; otherwise the front matter tells, then folders and shape.
    :param region: What the user says it belongs to; front matter has the last word.
    :returns: Documents with at least one passage each; several where a bulletin holds several
        articles (ids ``stem``, ``stem-2``, …); none for an empty file or a navigation page. The
        reader's notes stand with each.
    :raises InvalidFrontMatter: If the front matter breaks its schema.
    """
    if source.stem == NAVIGATION:
        return []
    parts = split_front_matter(source.text, source.source)
    text = replace(source, text=parts.body)
    chosen = kind or parts.front.kind or detect_kind(text)
    found = [document for document in _read(text, chosen, parts.front) if document.passages]
    if region is not None:
        found = [replace(document, region=region) for document in found]
    found = [replace(document, notes=(*document.notes, *source.notes)) for document in found]
    return [_overlay(document, parts.front, number) for number, document in enumerate(found, start=1)]


def _read(source: SourceText, kind: Kind, front: FrontMatter) -> list[Document]:
    if kind is Kind.REGULATION:
        return [read_statute(source, front)]
    if kind is Kind.CASE:
        return [replace(read_case(source), origin=Origin.REAL)]
    if kind is Kind.PROCEDURE:
        return [replace(read_procedure(source), origin=Origin.TEACHING)]
    return [replace(document, origin=Origin.REAL) for document in read_bulletin(source)]


def _overlay(document: Document, front: FrontMatter, number: int) -> Document:
    """Front matter speaks for the file; its id and title belong to the file's first document."""
    changes: dict[str, Any] = {key: value for key in _OVERRIDES if (value := getattr(front, key))}
    if number > 1:
        changes.pop("title", None)
    if front.id:
        changes["id"] = front.id if number == 1 else f"{front.id}-{number}"
    return replace(document, **changes, notes=(*document.notes, *front.notes))
