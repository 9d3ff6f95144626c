"""Cut running text into parts of a citable size, at the ends of paragraphs and sentences."""

import re
from collections.abc import Iterable

from kb.documents import Passage, Role

_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+$")


def group_lines(lines: Iterable[str], limit: int) -> list[str]:
    """
    Join lines into groups of at most `limit` characters.

    A line longer than `limit` is cut at sentence ends; a single longer sentence stays whole.

    :param lines: Paragraphs in order.
    :param limit: Most characters in a group, line ends not counted.
    :returns: Groups in order, one line a paragraph; all the characters of `lines` are in them.
    """
    groups: list[list[str]] = []
    size = 0
    for line in lines:
        for piece in _pieces(line, limit):
            if not groups or size + len(piece) > limit:
                groups.append([])
                size = 0
            groups[-1].append(piece)
            size += len(piece)
    return ["\n".join(group) for group in groups]


def sections(
    label: str, lines: Iterable[str], limit: int, *, path: tuple[str, ...] = (), role: Role = Role.SECTION
) -> list[Passage]:
    """:returns: `lines` as passages that share one label, each at most about `limit` characters."""
    return [Passage(label, text, path, role) for text in group_lines(lines, limit)]


def _pieces(line: str, limit: int) -> list[str]:
    if len(line) <= limit:
        return [line]
    pieces: list[str] = []
    for sentence in _SENTENCE.findall(line):
        if pieces and len(pieces[-1]) + len(sentence) <= limit:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces
