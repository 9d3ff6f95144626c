"""GIFT → questions: ours, and those of other programs as far as our types hold them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kb.bank.exchange.gift_text import first_unescaped, notes, unescape, weight
from kb.bank.exchange.html_text import html_to_text
from kb.bank.exchange.lines import is_labelled, read_key
from kb.bank.exchange.record import (
    FIELDS,
    MOST_BYTES,
    MOST_QUESTIONS,
    Defaults,
    Draft,
    Problem,
    Read,
    checked,
)
from kb.bank.exchange.shapes import NotOurs, blank_in, choice, ordering, written
from kb.bank.exchange.tags import from_tags
from kb.errors import InputError, UnreadableFile

_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]")
_BOOLS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


@dataclass(slots=True)
class _Block:
    """The lines of one question."""

    line: int
    comments: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Answer:
    mark: str
    text: str


def read_gift(data: bytes, path: str, defaults: Defaults | None = None) -> Read:
    """
    Read a GIFT file.

    :param path: Shown in errors.
    :param defaults: What is taken where the file does not say; GIFT of other programs knows no topic.
    :raises InputError: If the file is too large or is not UTF-8.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"文件超过 {MOST_BYTES >> 20} MB", remedy="请分成几个文件", path=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile("不是 UTF-8 文字", remedy="请另存为 UTF-8 编码", path=path) from error
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for block in _blocks(text):
        if len(drafts) + len(problems) == MOST_QUESTIONS:
            raise InputError(f"超过 {MOST_QUESTIONS} 道题", remedy="请分成几个文件", path=path)
        try:
            drafts.append(Draft(block.line, _values(block)))
        except NotOurs as error:
            problems.append(Problem(block.line, FIELDS["answer"], str(error)))
    return checked(drafts, problems, defaults or Defaults(), "行")


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        plain = line.strip(" \t")
        if not plain or plain.startswith("$CATEGORY"):
            if block is not None and block.body:
                yield block
            block = None
            continue
        block = block or _Block(number)
        if plain.startswith("//"):
            block.comments.append(plain[2:].strip(" \t"))
        else:
            block.line = block.line if block.body else number
            block.body.append(line)
    if block is not None and block.body:
        yield block


def _values(block: _Block) -> dict[str, Any]:
    """:raises NotOurs: If the question is none of our types."""
    told = [pair for comment in block.comments if not is_labelled(comment) for pair in notes(comment)]
    values = from_tags(text for kind, text in told if kind == "tag")
    values |= dict(pair for pair in told if pair[0] == "id")
    head, inside, tail = _parts("\n".join(block.body))
    stem, explanation = head, ""
    feedback = first_unescaped(inside, "####")
    if feedback >= 0:
        inside, explanation = inside[:feedback], unescape(inside[feedback + 4 :])
    if explanation:
        values["explanation"] = explanation
    values["stem"] = f"{stem}____{tail}".strip() if tail else stem
    key = read_key(block.comments)
    return values | _answers(inside.strip(), values, dict(key), bool(tail))


def _parts(body: str) -> tuple[str, str, str]:
    """:returns: The stem, what stands between the braces, and what stands behind them."""
    if body.lstrip().startswith("::"):
        start = body.index("::") + 2
        end = first_unescaped(body, "::", start)
        body = body[end + 2 :] if end >= 0 else body
    match = _FORMAT.match(body)
    body = body[match.end() :] if match else body
    opening = first_unescaped(body, "{")
    closing = first_unescaped(body, "}", opening + 1)
    if opening < 0 or closing < 0:
        raise NotOurs("没有用 { } 写出答案")
    stem, tail = unescape(body[:opening]), unescape(body[closing + 1 :])
    if match and match[1] == "html":
        stem, tail = html_to_text(stem), html_to_text(tail)
    return stem, body[opening + 1 : closing], tail


def _answers(inside: str, values: dict[str, Any], key: dict[str, Any], missing: bool) -> dict[str, Any]:
    kind = values.get("type")
    if inside.startswith("#"):
        raise NotOurs("数值题不在题型之内，请改成填空或单选")
    bare = inside[: _end(inside, "#")].strip().upper()
    if bare in _BOOLS and kind in (None, "truefalse"):
        return {"type": "truefalse", "answer": _BOOLS[bare]}
    answers = list(_listed(inside))
    if not answers:
        return written(values, key)
    if all(answer.mark == "=" for answer in answers):
        if kind in (None, "ordering") and all("->" in answer.text for answer in answers):
            pairs = [answer.text.rpartition("->") for answer in answers]
            return ordering([(unescape(step), place.strip()) for step, _, place in pairs])
        wordings = [unescape(weight(answer.text)[1]) for answer in answers]
        stem = values["stem"] if missing else blank_in(values["stem"])
        return {"type": "fill", "answer": [wordings], "stem": stem}
    return choice([_option(answer) for answer in answers], kind)


def _option(answer: _Answer) -> tuple[str, float]:
    share, text = weight(answer.text)
    return unescape(text), share if share is not None else (100.0 if answer.mark == "=" else 0.0)


def _listed(inside: str) -> Iterator[_Answer]:
    """Yield the answers, each without its feedback."""
    marks = []
    place = 0
    while place < len(inside):
        if inside[place] in "=~":
            marks.append(place)
        place += 2 if inside[place] == "\\" else 1
    for start, end in pairwise([*marks, len(inside)]):
        text = inside[start + 1 : end].strip()
        yield _Answer(inside[start], text[: _end(text, "#")].strip())


def _end(text: str, mark: str) -> int:
    place = first_unescaped(text, mark)
    return place if place >= 0 else len(text)
