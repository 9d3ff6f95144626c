"""Are texts neither too thin nor too long?"""

import re
from collections.abc import Iterator

from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding, Severity
from kb.bank.question import Multiple, Question, Single
from kb.documents import Kind, Origin
from kb.placed import Placed

CHECK = "length"
CASE_CHARACTERS = (600, 1500)
EXPLANATION_CHARACTERS = (40, 160)
LONGEST_OPTION = 60
UNEVEN = 3.0
"""How many times as long as the shortest option the longest one may be, where it has more than 12 characters."""


def check_length(context: Context) -> Iterator[Finding]:
    """Measure cases (without blanks and Markdown signs), explanations and options."""
    low, high = CASE_CHARACTERS
    for text in context.folder.texts:
        length = characters(text.body)
        if any(d.kind is Kind.CASE for d in text.documents) and not low <= length <= high:
            severity = Severity.ERROR if text.front.origin is Origin.TEACHING else Severity.WARNING
            message = f"案例正文 {length} 字；请写到 {low} 至 {high} 字"
            yield Finding(text.path, text.body_line, CHECK, message, severity)
    for question in context.folder.questions:
        yield from _question(question)


def characters(text: str) -> int:
    """:returns: How many characters a reader sees, blanks and Markdown signs left out."""
    return len(re.sub(r"\s|^#+|^[-*] ", "", text, flags=re.MULTILINE))


def _question(question: Placed[Question]) -> Iterator[Finding]:
    value = question.value
    low, high = EXPLANATION_CHARACTERS
    length = characters(value.explanation)
    if not low <= length <= high:
        line = question.line_of("explanation")
        message = f"{value.id} 解析 {length} 字；请写到 {low} 至 {high} 字"
        yield Finding(question.path, line, CHECK, message, Severity.WARNING)
    if isinstance(value, Single | Multiple):
        lengths = [characters(option) for option in value.options]
        line = question.line_of("options")
        if max(lengths) > LONGEST_OPTION:
            message = f"{value.id} 有选项 {max(lengths)} 字；请压到 {LONGEST_OPTION} 字以内"
            yield Finding(question.path, line, CHECK, message, Severity.WARNING)
        if max(lengths) > max(12, UNEVEN * min(lengths)):
            message = f"{value.id} 选项长短悬殊（{min(lengths)} 至 {max(lengths)} 字）；请写得差不多长"
            yield Finding(question.path, line, CHECK, message, Severity.WARNING)
