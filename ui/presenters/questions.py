"""A question of the bank for a terminal and for scripts."""

from collections.abc import Iterator
from typing import Any

from kb.bank.entry import Entry, Origin
from kb.bank.exchange.template import answer_cell
from kb.bank.names import DIMENSIONS, type_name
from kb.bank.question import LETTERS, Case, Multiple, Ordering, Question, Short, Single
from kb.bank.states import STATES

ORIGINS = {Origin.SHIPPED: "自带", Origin.USER: "自己录入"}


def as_json(entry: Entry) -> dict[str, Any]:
    """:returns: The documented JSON of a question."""
    version = entry.version
    return {
        "question": entry.question.model_dump(mode="json"),
        "state": entry.state.value,
        "origin": entry.origin.value,
        "version": version.number,
        "author": version.author,
        "at": version.at.isoformat(timespec="seconds"),
        "reviewer": version.reviewer,
        "reviewed_at": version.reviewed_at.isoformat(timespec="seconds") if version.reviewed_at else None,
        "uses": dict(entry.uses),
    }


def question_lines(entry: Entry, versions: int) -> Iterator[str]:
    """
    Write a question out.

    :param versions: How many versions of it there are.
    """
    question, version = entry.question, entry.version
    yield f"{question.id}  {type_name(question)}  难度 {question.difficulty}  {STATES[entry.state]}"
    yield f"{question.topic}，{question.region}，{question.department}供题，{ORIGINS[entry.origin]}"
    reviewed = f"，{version.reviewer} 审核" if version.reviewer else ""
    yield f"第 {version.number} 版（共 {versions} 版），{version.author} {version.at:%Y-%m-%d}{reviewed}"
    if entry.uses:
        yield "用过：" + "，".join(f"{series} {count} 次" for series, count in entry.uses.items())
    yield f"\n{question.stem}"
    yield from _answer_lines(question)
    yield f"解析：{question.explanation}"
    yield f"依据：{'；'.join(question.refs)}"


def _answer_lines(question: Question) -> Iterator[str]:
    if isinstance(question, Single | Multiple | Ordering):
        pairs = zip(LETTERS, question.options, strict=False)
        yield from (f"{letter}. {option}" for letter, option in pairs)
    yield f"答案：{answer_cell(question)}"
    if isinstance(question, Short | Case):
        for number, point in enumerate(question.points, start=1):
            refs = f"；依据 {'、'.join(point.refs)}" if point.refs else ""
            yield f"  {number}. {point.text}（{point.weight} 分，{DIMENSIONS[point.dimension]}{refs}）"
            yield f"     认可：{'、'.join(point.accept)}"
