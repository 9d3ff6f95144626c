"""
Lists, answers and scoring points as lines that people can read and write.

A list stands in one line, its items set off by ``；``; within an item a backslash precedes ``；`` and another
backslash, and ``\\n`` is the end of a line. A scoring point is five lines::

    得分点：通知应当书面
    权重：25
    维度：L
    依据：民法典第二百七十八条；物业管理条例第十二条
    认可：书面；写成文字

This is how a format keeps what it has no place for: cells of the sheet, comments of GIFT, the grader's
information of Moodle.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kb.bank.names import DIMENSIONS
from kb.bank.question import Point

SEPARATOR = "；"
_IN_LINE = {"\\": "\\\\", "\n": "\\n"}
_IN_ITEM = _IN_LINE | {SEPARATOR: "\\" + SEPARATOR, ";": "\\;"}
_UNESCAPE = {"n": "\n"}
_LABEL = re.compile(r"^\s*(参考答案|得分点|权重|维度|依据|认可|填空)\s*[：:][ \t]*(.*)$", re.DOTALL)
_DIMENSION_OF = {name: letter for letter, name in DIMENSIONS.items()} | {d: d for d in DIMENSIONS}


def one_line(text: str) -> str:
    """:returns: `text` as a line of its own."""
    return "".join(_IN_LINE.get(c, c) for c in text)


def join_items(items: Iterable[str]) -> str:
    """:returns: Items as one line; `split_items` reads them back if none is empty or begins with a blank."""
    return SEPARATOR.join("".join(_IN_ITEM.get(c, c) for c in item) for item in items)


def split_items(line: str) -> list[str]:
    """:returns: The items of a line without blanks around them; empty ones are passed over."""
    items, current, escaped = [], [""], False
    for c in line:
        if escaped:
            current.append(_UNESCAPE.get(c, c))
            escaped = False
        elif c == "\\":
            escaped = True
        elif c in (SEPARATOR, ";"):
            items.append("".join(current))
            current = []
        else:
            current.append(c)
    items.append("".join(current) + ("\\" if escaped else ""))
    return [item.strip() for item in items if item.strip()]


def read_line(line: str) -> str:
    """:returns: What `one_line` wrote."""
    return re.sub(r"\\(.)", lambda match: _UNESCAPE.get(match[1], match[1]), line).strip()


def point_lines(point: Point) -> list[str]:
    """:returns: The lines of a scoring point."""
    lines = [
        f"得分点：{one_line(point.text)}",
        f"权重：{point.weight}",
        f"维度：{point.dimension}",
        f"依据：{join_items(point.refs)}",
        f"认可：{join_items(point.accept)}",
    ]
    return [line for line in lines if line != "依据："]


def key_lines(answer: str, points: Sequence[Point]) -> list[str]:
    """:returns: The sample answer and the scoring points of a written question."""
    return [f"参考答案：{one_line(answer)}", *(line for point in points for line in point_lines(point))]


def read_point(lines: Iterable[str]) -> dict[str, Any]:
    """
    Read one scoring point.

    :returns: Fields of a `Point`, as far as the lines give them; lines without a label are its text.
    """
    found: dict[str, Any] = {}
    for label, text in _labelled(lines):
        if label in _POINT_FIELDS:
            found |= _value(_POINT_FIELDS[label], text)
        else:
            found["text"] = f"{found.get('text', '')}\n{text}".strip()
    return found


def read_points(lines: Iterable[str]) -> list[dict[str, Any]]:
    """:returns: Fields of each `Point`; a line 得分点 begins one, and lines without a label are passed over."""
    groups: list[list[str]] = []
    for label, text in _labelled(lines):
        if label == "得分点":
            groups.append([])
        if groups and label in _POINT_FIELDS:
            groups[-1].append(f"{label}：{text}")
    return [read_point(group) for group in groups]


def is_labelled(line: str) -> bool:
    """:returns: Whether a line is one of `key_lines`, whatever its text looks like."""
    return _LABEL.match(line) is not None


def read_key(lines: Iterable[str]) -> Mapping[str, Any]:
    """
    Read what belongs to a question but has no place in a format.

    :returns: Fields of a question: ``answer`` from 参考答案 or 填空, ``points`` from 得分点; what is not there
        is missing.
    """
    listed = list(lines)
    labelled = list(_labelled(listed))
    blanks = [split_items(text) for label, text in labelled if label == "填空"]
    answers = [read_line(text) for label, text in labelled if label == "参考答案"]
    points = read_points(listed)
    found: dict[str, Any] = {"points": points} if points else {}
    if answers or blanks:
        found["answer"] = answers[0] if answers else blanks
    return found


_POINT_FIELDS = {"得分点": "text", "权重": "weight", "维度": "dimension", "依据": "refs", "认可": "accept"}


def _labelled(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        match = _LABEL.match(line)
        if match:
            yield match[1], match[2]
        elif line.strip():
            yield "", line


def _value(name: str, text: str) -> dict[str, Any]:
    if name == "weight":
        number = text.strip().rstrip("%％分")
        return {name: int(number) if number.isdecimal() and len(number) < 6 else number}
    if name == "dimension":
        return {name: _DIMENSION_OF.get(text.strip().upper(), text.strip())}
    if name in ("refs", "accept"):
        return {name: split_items(text)}
    return {name: read_line(text)}
