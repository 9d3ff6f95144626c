"""Do the provisions that are cited exist, and are they law here and today?"""

import re
from collections.abc import Iterator

from ingest.corpus_check.citations import Citation, citations
from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding, Severity
from ingest.corpus_check.statutes import Standing, Verdict
from kb.documents import NATIONWIDE, Kind, Status
from kb.references.numerals import NUMERAL, parse_numeral
from kb.references.reference import parse_reference

CHECK = "references"
_ITEM = re.compile(rf"^\s*[（(]({NUMERAL})[）)]")
_STATES = {
    Status.REPEALED: "已废止",
    Status.AMENDED: "已修改",
    Status.NOT_YET_IN_FORCE: "尚未施行",
    Status.IN_FORCE: "现行",
}


def check_references(context: Context) -> Iterator[Finding]:
    """
    Look up every reference of the folder.

    Wrong is: a ``refs`` entry that does not use the law's official short name; an article, paragraph or item
    that the law does not have; law that is not in force; a question decided by the law of another region. Digests and bulletins may
    speak of former law, which is then only worth a look. A law that none of our sources holds is never wrong.
    """
    seen: set[tuple[str, int, str, str]] = set()
    for citation in citations(context.folder, context.names):
        for severity, message in _remarks(citation, context):
            key = (citation.path, citation.line, str(citation.reference), message)
            if key not in seen:
                seen.add(key)
                yield Finding(citation.path, citation.line, CHECK, message, severity)
    yield from _questions_of_elsewhere(context)


def _questions_of_elsewhere(context: Context) -> Iterator[Finding]:
    """A question must be decided by at least one provision that applies where it is asked."""
    for question in context.folder.questions:
        value = question.value
        regions = {context.statutes.look_up(parse_reference(ref), context.day).region for ref in value.refs}
        if not regions & {NATIONWIDE, value.region}:
            message = f"{value.id} 的依据只在{'、'.join(sorted(regions))}适用，而地区写的是{value.region}；请改地区或补依据"
            yield Finding(question.path, question.line_of("region"), CHECK, message)


def _remarks(citation: Citation, context: Context) -> Iterator[tuple[Severity, str]]:
    reference = citation.reference
    official = context.names.get(reference.law)
    if citation.field and official not in (None, reference.law):
        yield Severity.ERROR, f"“{reference}”用了俗称；请写成 {official}第……条"
        return
    for part in reference.provisions():
        verdict = context.statutes.look_up(part, context.day)
        yield from _standing(citation, str(part), verdict, context)
        if verdict.official:
            yield from _inner_parts(str(part), part.paragraph, part.item, verdict)


def _standing(
    citation: Citation, shown: str, verdict: Verdict, context: Context
) -> Iterator[tuple[Severity, str]]:
    if verdict.standing is Standing.NO_SUCH_ARTICLE:
        yield Severity.ERROR, f"{shown}：这部法没有这一条；请核对条号"
    elif verdict.standing is Standing.UNVERIFIABLE:
        yield Severity.WARNING, f"{shown}：无法核对，现有资料里没有它的原文"
    elif verdict.standing is Standing.NOT_IN_FORCE:
        historical = citation.kind in (Kind.REGULATION, Kind.BULLETIN)
        instead = f"，可改引{verdict.replaced_by}" if verdict.replaced_by else ""
        yield (
            Severity.WARNING if historical else Severity.ERROR,
            f"{shown}：{context.day} {_STATES[verdict.status]}{instead}",
        )
    if citation.region not in ("", NATIONWIDE) and verdict.region not in (NATIONWIDE, citation.region):
        yield (
            Severity.WARNING,
            f"{shown}：只在{verdict.region}适用，而这里写的是{citation.region}；对照才可以这样引",
        )


def _inner_parts(
    shown: str, paragraph: int | None, item: int | None, verdict: Verdict
) -> Iterator[tuple[Severity, str]]:
    lines = verdict.provision.text.split("\n") if verdict.provision else []
    items = [parse_numeral(m[1]) for line in lines if (m := _ITEM.match(line))]
    paragraphs = len([line for line in lines if line.strip()]) - len(items)
    if paragraph and paragraph > paragraphs:
        yield Severity.ERROR, f"{shown}：这一条只有 {paragraphs} 款；请核对"
    if item and item > max(items, default=0):
        yield Severity.ERROR, f"{shown}：这一条只有 {max(items, default=0)} 项；请核对"
