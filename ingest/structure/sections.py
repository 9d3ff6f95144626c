"""Texts made of named sections: Markdown headings, or plain lines known to be headings."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.structure import passages
from kb.documents import Passage

LIMIT = 400
_LONGEST_HEADING = 200
_LONGEST_TITLE = 80
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*?)[#\s\u3000]*$")

PlainHeading = Callable[[str], tuple[str, str] | None]
"""Reads a plain line as heading: its label and the text that follows on the same line, or ``None``."""


@dataclass(frozen=True, slots=True)
class Section:
    """One named section; `path` are the headings above it, `depth` its own level."""

    label: str
    depth: int = 0
    path: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)


def content_lines(text: str) -> list[str]:
    """:returns: Lines without blanks around them, empty lines and comments."""
    lines = (line.strip("\u200b \t\u3000\u00a0") for line in _COMMENT.sub("", text).split("\n"))
    return [line for line in lines if line]


def markdown_heading(line: str) -> tuple[int, str] | None:
    """:returns: Depth and text of a Markdown heading."""
    match = _MARKDOWN.match(line) if len(line) <= _LONGEST_HEADING else None
    return (len(match[1]), match[2]) if match else None


def take_title(lines: list[str], stem: str, plain: PlainHeading) -> tuple[str, list[str]]:
    """
    Take the title off the top: a first-level heading, or a short line that is no section's heading.

    :returns: The title, or the file's name where there is none, and the other lines.
    """
    if not lines:
        return stem, lines
    heading = markdown_heading(lines[0])
    if heading is not None:
        return (heading[1], lines[1:]) if heading[0] == 1 else (stem, lines)
    ended = lines[0].endswith(("。", "：", "；"))
    if len(lines[0]) > _LONGEST_TITLE or ended or plain(lines[0]):
        return stem, lines
    return lines[0], lines[1:]


def read_sections(lines: Iterable[str], plain: PlainHeading) -> list[Section]:
    """
    Cut lines into sections; what stands before the first heading is a section without a label.

    :param lines: Non-empty lines.
    :param plain: Tells which plain lines are headings.
    """
    found = [Section("")]
    above: list[tuple[int, str]] = []
    for line in lines:
        heading = markdown_heading(line)
        named = plain(heading[1] if heading else line)
        if heading is None and named is None:
            found[-1].lines.append(line)
            continue
        depth = heading[0] if heading else 9
        label, rest = named or (heading[1] if heading else line, "")
        above = [entry for entry in above if entry[0] < depth]
        found.append(Section(label, depth, tuple(text for _, text in above), [rest] if rest else []))
        above.append((depth, label))
    return found


def section_passages(found: Iterable[Section]) -> tuple[Passage, ...]:
    """:returns: The sections' text in passages of at most about 400 characters, each with its label."""
    return tuple(
        passage for s in found for passage in passages.sections(s.label, s.lines, LIMIT, path=s.path)
    )
