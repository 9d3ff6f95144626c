"""Every reference in a folder, from running text and from ``refs`` fields, with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.corpus_check.folder import Folder, TextFile
from kb.bank.question import Case, Question, Short
from kb.documents import Kind
from kb.placed import Placed
from kb.references.canonical import short_title
from kb.references.find import find_references
from kb.references.reference import Reference, parse_reference


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference and where it stands."""

    path: str
    line: int
    reference: Reference
    region: str = ""
    """What the text around it applies to; empty where nothing is said."""
    kind: Kind | None = None
    """Kind of the document it stands in; ``None`` in YAML entries."""
    known: bool = True
    field: bool = False
    """Whether it is an entry of a ``refs`` field, which must be written canonically."""


def citations(folder: Folder, names: Mapping[str, str]) -> Iterator[Citation]:
    """
    Yield every reference of a folder.

    Options and lay queries are left out: they may be wrong on purpose, or as people type.

    :param names: Spelling → short title of the known laws.
    """
    for text in folder.texts:
        yield from _in_text(text, names)
    for question in folder.questions:
        yield from _in_question(question, names)
    for query in folder.queries:
        yield from _in_field(query, ("refs",), query.value.refs)
    for term in folder.terms:
        yield from _in_field(term, ("refs",), term.value.refs)
        yield from _in_words(term, ("definition",), term.value.definition, names)


def _in_text(text: TextFile, names: Mapping[str, str]) -> Iterator[Citation]:
    document = text.documents[0] if text.documents else None
    region = document.region if document else text.front.region
    kind = document.kind if document else text.front.kind
    own = short_title(text.front.law) if kind is Kind.REGULATION else ""
    for line, words in text.body_lines():
        for mention in find_references(words, names, own):
            yield Citation(text.path, line, mention.reference, region, kind, mention.known)


def _in_question(question: Placed[Question], names: Mapping[str, str]) -> Iterator[Citation]:
    value = question.value
    yield from _in_field(question, ("refs",), value.refs, value.region)
    yield from _in_words(question, ("stem",), value.stem, names, value.region)
    yield from _in_words(question, ("explanation",), value.explanation, names, value.region)
    if isinstance(value, Short | Case):
        yield from _in_words(question, ("answer",), value.answer, names, value.region)
        for number, point in enumerate(value.points):
            yield from _in_field(question, ("points", number, "refs"), point.refs, value.region)
            yield from _in_words(question, ("points", number, "text"), point.text, names, value.region)


def _in_field(
    entry: Placed[Any], location: tuple[object, ...], refs: list[str], region: str = ""
) -> Iterator[Citation]:
    for number, text in enumerate(refs):
        line = entry.line_of(*location, number)
        yield Citation(entry.path, line, parse_reference(text), region, field=True)


def _in_words(
    entry: Placed[Any], location: tuple[object, ...], words: str, names: Mapping[str, str], region: str = ""
) -> Iterator[Citation]:
    for mention in find_references(words, names):
        yield Citation(entry.path, entry.line_of(*location), mention.reference, region, known=mention.known)
