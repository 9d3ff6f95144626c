"""
Questions → GIFT.

Our types as GIFT has them: 单选 and 多选 as multiple choice (the latter with percentages), 判断 as true/false,
填空 with one blank as short answer, 排序 as matching of steps with their places, 简答 and 案例分析 as essays.
Before each question stand comments: id and tags in the brackets that Moodle reads, and what GIFT cannot
hold as in `kb.bank.exchange.lines` (sample answer, scoring points, the answers of several blanks).
"""

from collections.abc import Iterable, Iterator

from kb.bank.exchange.gift_text import escape, note
from kb.bank.exchange.lines import join_items, key_lines
from kb.bank.exchange.record import portable
from kb.bank.exchange.tags import to_tags
from kb.bank.question import LETTERS, Fill, Multiple, Ordering, Question, Single, TrueFalse

_HEAD = "// 案典题库，GIFT 格式（UTF-8）。每题上面以 // 开头的各行带着编号、标签和得分点，导回案典时要用，请勿删去。"


def write_gift(questions: Iterable[Question]) -> bytes:
    """:returns: A GIFT file in UTF-8; `kb.bank.exchange.gift_read.read_gift` gives the same questions back."""
    blocks = ["\n".join(_lines(portable(question))) for question in questions]
    return ("\n\n".join([_HEAD, *blocks]) + "\n").encode()


def _lines(question: Question) -> Iterator[str]:
    yield "// " + note("id", question.id) + " " + " ".join(note("tag", tag) for tag in to_tags(question))
    yield from (f"// {line}" for line in _beside(question))
    yield f"::{escape(question.id)}::[plain]{escape(question.stem)}{{"
    yield from (f"\t{answer}" for answer in _answers(question))
    yield f"\t####{escape(question.explanation)}"
    yield "}"


def _beside(question: Question) -> list[str]:
    """:returns: What GIFT has no place for."""
    if isinstance(question, Fill):
        many = len(question.answer) > 1
        return [f"填空：{join_items(wordings)}" for wordings in question.answer] if many else []
    if isinstance(question, Single | Multiple | TrueFalse | Ordering):
        return []
    return key_lines(question.answer, question.points)


def _answers(question: Question) -> list[str]:
    if isinstance(question, Single):
        return [
            _weighed("=" if letter == question.answer else "~", text)
            for letter, text in zip(LETTERS, question.options, strict=False)
        ]
    if isinstance(question, Multiple):
        share = f"~%{100 / len(question.answer):.5f}%"
        return [
            (share if letter in question.answer else "~%-100%") + escape(text)
            for letter, text in zip(LETTERS, question.options, strict=False)
        ]
    if isinstance(question, TrueFalse):
        return ["T" if question.answer else "F"]
    if isinstance(question, Ordering):
        return [
            f"={escape(text)} -> {question.answer.index(letter) + 1}"  # type: ignore[arg-type]
            for letter, text in zip(LETTERS, question.options, strict=False)
        ]
    if isinstance(question, Fill) and len(question.answer) == 1:
        return [_weighed("=", text) for text in question.answer[0]]
    return []


def _weighed(mark: str, text: str) -> str:
    """:returns: An answer; one that begins with % gets a percentage before it, lest its own be taken for one."""
    percent = "" if not text.startswith("%") else ("%100%" if mark == "=" else "%0%")
    return mark + percent + escape(text)
