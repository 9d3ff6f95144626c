"""Is anything told twice?"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding
from ingest.corpus_check.folder import Folder
from kb.bank.duplicates import ALIKE, wording
from kb.documents import Kind
from kb.minhash import candidates, grams, jaccard

CHECK = "near_duplicates"
THRESHOLDS = {"cases": 0.2, "questions": ALIKE, "queries": 0.5}
"""
Share of common 4-grams from which two texts count as the same.

Measured on texts written apart: two of 134 cases share at most a fiftieth, questions a fifth, lay queries of a
few key words two fifths, because short texts share their words by right.
"""
_LEFT_OUT = "依据"


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    path: str
    line: int
    text: str
    ours: bool


def check_near_duplicates(context: Context) -> Iterator[Finding]:
    """Compare cases, questions and lay queries with their like, in the folder and in the shipped corpus."""
    for sort, threshold in THRESHOLDS.items():
        items = [
            item
            for folder in context.folders
            for item in _ITEMS[sort](folder, folder is context.folder)
            if item.ours or item.path not in context.folder.raw
        ]
        sets = [grams(item.text) for item in items]
        for i, j in candidates(sets):
            likeness = jaccard(sets[i], sets[j])
            if likeness >= threshold and (items[i].ours or items[j].ours):
                yield _finding(
                    items[j] if items[j].ours else items[i], items[i] if items[j].ours else items[j], likeness
                )


def _finding(item: _Item, other: _Item, likeness: float) -> Finding:
    place = "" if other.path == item.path else f"（{other.path}）"
    message = f"{item.name} 与 {other.name}{place}有 {likeness:.0%} 相同；请改写或删去一个"
    return Finding(item.path, item.line, CHECK, message)


def _cases(folder: Folder, ours: bool) -> Iterator[_Item]:
    for text, document in folder.documents:
        if document.kind is Kind.CASE:
            words = "".join(
                p.text for p in document.passages if p.label != _LEFT_OUT and _LEFT_OUT not in p.path
            )
            yield _Item(document.id, text.path, 1, words, ours)


def _questions(folder: Folder, ours: bool) -> Iterator[_Item]:
    for question in folder.questions:
        value = question.value
        yield _Item(value.id, question.path, question.line, wording(value), ours)


def _queries(folder: Folder, ours: bool) -> Iterator[_Item]:
    for query in folder.queries:
        yield _Item(query.value.id, query.path, query.line, query.value.text, ours)


_ITEMS = {"cases": _cases, "questions": _questions, "queries": _queries}
