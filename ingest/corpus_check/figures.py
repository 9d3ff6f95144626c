"""Do the figures of a gist stand in the provision that it is the gist of?"""

import re
from collections.abc import Iterator

from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding, Severity
from ingest.corpus_check.folder import TextFile
from kb.amounts import LOOSE, Amount, amounts
from kb.bank.question import LETTERS, Case, Fill, Multiple, Question, Short, Single
from kb.documents import Document, Kind, Origin
from kb.placed import Placed
from kb.references.find import find_references
from kb.references.reference import Reference, parse_reference

CHECK = "figures"
RULE = 3
_BASIS = "依据"
_FORMER = re.compile(r"[（(](?:旧|原|老|以前)[^（）()]*[)）]")


def check_figures(context: Context) -> Iterator[Finding]:
    """
    Compare gists with the official text, where there is one.

    Gists are the provisions of a digest, and in cases the lines ``- 〈references〉：gist`` under 依据. A figure
    may also stand in another provision that the gist names; former figures in brackets (旧法……) are passed over.

    Of questions that ask for a rule (difficulty up to `RULE`), the figures of right answers and of scoring
    points on law should stand in the provisions given or in the stem; this is worth a look only.
    """
    for text, document in context.folder.documents:
        if document.kind is Kind.REGULATION and document.origin is Origin.DIGEST:
            yield from _digest(text, document, context)
        elif document.kind is Kind.CASE:
            yield from _basis(text, context)
    for question in context.folder.questions:
        yield from _answer(question, context)


def _digest(text: TextFile, document: Document, context: Context) -> Iterator[Finding]:
    lines = list(text.body_lines())
    for passage in document.passages:
        if not passage.ref:
            continue
        cited = [m.reference for m in find_references(passage.text, context.names, document.short_title)]
        official = _official([parse_reference(passage.ref), *cited], context)
        heading = next(
            (n for n, words in lines if words.lstrip("# ").startswith(passage.label)), text.body_line
        )
        for amount in _unfounded(passage.text, official):
            line = next((n for n, words in lines if n >= heading and amount.printed in words), heading)
            yield Finding(text.path, line, CHECK, f"{passage.ref}的原文里没有“{amount.printed}”；请核对")


def _basis(text: TextFile, context: Context) -> Iterator[Finding]:
    under_basis = False
    for number, words in text.body_lines():
        if words.startswith("#"):
            under_basis = words.strip("# ") == _BASIS
        elif under_basis and "：" in words:
            mentions = list(find_references(words, context.names))
            gist = words.split("：", 1)[1]
            official = _official([m.reference for m in mentions], context)
            for amount in _unfounded(gist, official):
                shown = "、".join(m.reference.provision for m in mentions)
                yield Finding(text.path, number, CHECK, f"{shown}的原文里没有“{amount.printed}”；请核对")


def _answer(question: Placed[Question], context: Context) -> Iterator[Finding]:
    value = question.value
    if value.difficulty > RULE:
        return
    for location, words, refs in _asserted(value):
        official = _official([parse_reference(ref) for ref in (*refs, *value.refs)], context)
        if official is not None:
            for amount in _unfounded(words, [*official, value.stem]):
                message = f"{value.id} 的答案“{amount.printed}”在所列依据的原文里没有；请核对"
                yield Finding(question.path, question.line_of(*location), CHECK, message, Severity.WARNING)


def _asserted(value: Question) -> Iterator[tuple[tuple[object, ...], str, list[str]]]:
    """What a question holds for right: where, in which words, on which provisions besides its own."""
    if isinstance(value, Single | Multiple):
        for letter in value.answer:
            number = LETTERS.index(letter)
            yield ("options", number), value.options[number], []
    elif isinstance(value, Fill):
        for number, blank in enumerate(value.answer):
            yield ("answer", number), blank[0], []
    elif isinstance(value, Short | Case):
        for number, point in enumerate(value.points):
            if point.dimension == "L":  # the others hold good practice, with figures of its own
                yield ("points", number), point.text, point.refs


def _official(references: list[Reference], context: Context) -> list[str] | None:
    """The official texts of all provisions; ``None`` if the first or all of them are not to be had."""
    found = [
        context.statutes.look_up(part, context.day)
        for reference in references
        for part in reference.provisions()
    ]
    texts = [verdict.provision.text for verdict in found if verdict.official and verdict.provision]
    return texts if found and len(texts) == len(found) else None


def _unfounded(gist: str, official: list[str] | None) -> Iterator[Amount]:
    if official is None:
        return
    known = [amount for text in official for amount in amounts(text)]
    exact = {(amount.value, amount.unit) for amount in known}
    values = {amount.value for amount in known}
    for amount in amounts(_FORMER.sub("", gist)):
        loose = amount.unit in LOOSE and amount.value in values
        if not _is_a_word(amount) and not loose and (amount.value, amount.unit) not in exact:
            yield amount


def _is_a_word(amount: Amount) -> bool:
    """Figures of speech: 每年, 两人, 一次, 一元也不能少."""
    if amount.arabic:
        return False
    one = amount.value == 1 and amount.unit not in ("年", "月")
    return one or amount.unit in LOOSE or amount.printed.startswith("每")
