"""
Questions → Moodle XML (docs.moodle.org, Moodle XML format).

Our types as Moodle has them: 单选 and 多选 as multichoice, 判断 as truefalse, 填空 as cloze, 排序 as matching of
steps with their places, 简答 and 案例分析 as essay with sample answer and scoring points in the grader's
information (as in `kb.bank.exchange.lines`). The id is the idnumber; topic, difficulty, region, department,
type and references are tags. Moodle keeps all of it and exports it again.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from html import escape

from kb.bank.exchange.lines import key_lines
from kb.bank.exchange.record import portable
from kb.bank.exchange.tags import to_tags
from kb.bank.question import (
    BLANK,
    LETTERS,
    Case,
    Fill,
    Multiple,
    Ordering,
    Question,
    Short,
    Single,
    TrueFalse,
)

_PLAIN = "plain_text"
_IN_CLOZE = str.maketrans({c: f"\\{c}" for c in '\\}#~"/'})
_LONGEST_NAME = 60


def write_moodle(questions: Iterable[Question]) -> bytes:
    """:returns: An XML file; `kb.bank.exchange.moodle_read.read_moodle` gives the same questions back."""
    quiz = ET.Element("quiz")
    for question in questions:
        _add(quiz, portable(question))
    ET.indent(quiz)
    data: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return data


def _add(quiz: ET.Element, question: Question) -> None:
    element = ET.SubElement(quiz, "question", type=_KINDS[question.type])
    _text(ET.SubElement(element, "name"), f"{question.id} {question.stem}"[:_LONGEST_NAME].replace("\n", " "))
    is_cloze = isinstance(question, Fill)
    body = _cloze(question) if isinstance(question, Fill) else question.stem
    _text(ET.SubElement(element, "questiontext", format="html" if is_cloze else _PLAIN), body)
    _text(ET.SubElement(element, "generalfeedback", format=_PLAIN), question.explanation)
    ET.SubElement(element, "defaultgrade").text = "1"
    ET.SubElement(element, "hidden").text = "0"
    ET.SubElement(element, "idnumber").text = question.id
    _answers(element, question)
    tags = ET.SubElement(element, "tags")
    for tag in to_tags(question):
        _text(ET.SubElement(tags, "tag"), tag)


def _answers(element: ET.Element, question: Question) -> None:
    if isinstance(question, Single | Multiple):
        ET.SubElement(element, "single").text = "true" if isinstance(question, Single) else "false"
        ET.SubElement(element, "shuffleanswers").text = "false"
        ET.SubElement(element, "answernumbering").text = "ABCD"
        right, wrong = f"{100 / len(question.answer):.5f}", "0" if isinstance(question, Single) else "-100"
        for letter, text in zip(LETTERS, question.options, strict=False):
            _answer(element, right if letter in question.answer else wrong, text)
    elif isinstance(question, TrueFalse):
        for value in (True, False):
            _answer(element, "100" if value is question.answer else "0", str(value).lower())
    elif isinstance(question, Ordering):
        ET.SubElement(element, "shuffleanswers").text = "false"
        order: list[str] = list(question.answer)
        for letter, text in zip(LETTERS, question.options, strict=False):
            step = ET.SubElement(element, "subquestion", format=_PLAIN)
            _text(step, text)
            _text(ET.SubElement(step, "answer"), str(order.index(letter) + 1))
    elif isinstance(question, Short | Case):
        ET.SubElement(element, "responseformat").text = "plain"
        key = "\n".join(key_lines(question.answer, question.points))
        _text(ET.SubElement(element, "graderinfo", format=_PLAIN), key)


def _answer(element: ET.Element, fraction: str, text: str) -> None:
    _text(ET.SubElement(element, "answer", fraction=fraction, format=_PLAIN), text)


def _cloze(question: Fill) -> str:
    """:returns: The stem as HTML, each blank as ``{1:SHORTANSWER:=60日~=六十日}``."""
    pieces = [_html(piece).replace("{", "&#123;") for piece in question.stem.split(BLANK)]
    blanks = [
        "{1:SHORTANSWER:" + "~".join("=" + _html(w.translate(_IN_CLOZE)) for w in wordings) + "}"
        for wordings in question.answer
    ]
    return "".join(piece + blank for piece, blank in zip(pieces, [*blanks, ""], strict=True))


def _html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _text(element: ET.Element, text: str) -> None:
    ET.SubElement(element, "text").text = text


_KINDS = {
    "single": "multichoice", "multiple": "multichoice", "truefalse": "truefalse", "fill": "cloze",
    "ordering": "matching", "short": "essay", "case": "essay",
}  # fmt: skip
