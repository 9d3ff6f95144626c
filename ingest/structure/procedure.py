"""A procedure → one document with a passage for each step."""

import re

from ingest.source_text import SourceText
from ingest.structure.sections import content_lines, read_sections, section_passages, take_title
from kb.documents import Document, Kind

_STEP = re.compile(
    r"^(?P<mark>第[一二三四五六七八九十\d]{1,3}步|步骤\s*[一二三四五六七八九十\d]{1,3})[：:、.．\s]*(?P<rest>.*)$"
)
_POINT = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；]{1,30}$")
_LONGEST_NAME = 30


def read_procedure(source: SourceText) -> Document:
    """
    Understand a procedure.

    :param source: Text without front matter.
    """
    title, lines = take_title(content_lines(source.text), source.stem, step_label)
    found = section_passages(read_sections(lines, step_label))
    return Document(source.stem, Kind.PROCEDURE, title, found, source=source.source)


def step_label(line: str) -> tuple[str, str] | None:
    """:returns: A step's name and the text behind it, or ``None`` for ordinary text."""
    step = _STEP.match(line)
    if step is None:
        return (line, "") if _POINT.match(line) else None
    rest = step["rest"]
    short = len(rest) <= _LONGEST_NAME and not rest.endswith(("。", "；"))
    return (f"{step['mark']} {rest}".strip(), "") if short else (step["mark"], rest)
