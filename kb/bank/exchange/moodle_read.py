"""Moodle XML → questions: ours, and those of other programs as far as our types hold them."""

import re
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kb.bank.exchange.gift_text import first_unescaped
from kb.bank.exchange.html_text import html_to_text
from kb.bank.exchange.lines import read_key
from kb.bank.exchange.record import (
    FIELDS,
    MOST_BYTES,
    MOST_QUESTIONS,
    Defaults,
    Draft,
    Problem,
    Read,
    checked,
    tidy,
)
from kb.bank.exchange.shapes import NotOurs, blank_in, choice, ordering, written
from kb.bank.exchange.tags import from_tags
from kb.bank.question import BLANK
from kb.errors import InputError, UnreadableFile

_RAW = ("plain_text", "markdown")
_LONGEST = 100_000
"""Characters of one text with its markup; what is left of it is bounded by the question's own rules."""
_PASSED_OVER = ("category", "description")
_CLOZE = re.compile(r"\{\d*:([A-Z_]+):", re.IGNORECASE)
_SHORT = ("SHORTANSWER", "SHORTANSWER_C", "SA", "SAC", "MW", "MWC")
_SHARE = re.compile(r"^(?:=|%(\d{1,3})(?:\.\d+)?%)")


def read_moodle(data: bytes, path: str, defaults: Defaults | None = None) -> Read:
    """
    Read a Moodle XML file; entities and document types are refused.

    :param path: Shown in errors.
    :param defaults: What is taken where the file does not say.
    :raises InputError: If the file is too large, is not XML, or is no ``<quiz>``.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"文件超过 {MOST_BYTES >> 20} MB", remedy="请分成几个文件", path=path)
    try:
        quiz = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableFile("不是有效的 XML", remedy="请从 Moodle 重新导出", path=path) from error
    if quiz.tag != "quiz":
        raise UnreadableFile("不是 Moodle 题库的 XML", remedy="请按 Moodle XML 格式导出", path=path)
    elements = [q for q in quiz.findall("question") if q.get("type") not in _PASSED_OVER]
    if len(elements) > MOST_QUESTIONS:
        raise InputError(f"超过 {MOST_QUESTIONS} 道题", remedy="请分成几个文件", path=path)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for number, element in enumerate(elements, start=1):
        try:
            drafts.append(Draft(number, _values(element)))
        except NotOurs as error:
            problems.append(Problem(number, FIELDS["answer"], str(error)))
    return checked(drafts, problems, defaults or Defaults(), "题")


def _values(element: Element) -> dict[str, Any]:
    """:raises NotOurs: If the question is none of our types."""
    values = from_tags(_text(tag) for tag in element.findall("tags/tag"))
    identifier = (element.findtext("idnumber") or "").strip()
    if identifier:
        values["id"] = identifier
    for name, field in (("questiontext", "stem"), ("generalfeedback", "explanation")):
        text = _text(element.find(name))
        if text:
            values[field] = text
    kind = element.get("type", "")
    if kind not in _READERS:
        raise NotOurs(f"题型 {kind or '（空）'} 不在题型之内")
    return values | _READERS[kind](element, values)


def _choice(element: Element, values: dict[str, Any]) -> dict[str, Any]:
    told = values.get("type")
    if told not in ("single", "multiple"):
        told = "multiple" if (element.findtext("single") or "").strip() in ("false", "0") else "single"
    return choice([(_text(a), _fraction(a)) for a in element.findall("answer")], told)


def _truefalse(element: Element, _values: dict[str, Any]) -> dict[str, Any]:
    right = [_text(a).lower() for a in element.findall("answer") if _fraction(a) > 0]
    if right not in (["true"], ["false"]):
        raise NotOurs("判断题应写明对或错")
    return {"type": "truefalse", "answer": right == ["true"]}


def _shortanswer(element: Element, values: dict[str, Any]) -> dict[str, Any]:
    wordings = [_text(a) for a in element.findall("answer") if _fraction(a) >= 100]
    return {"type": "fill", "stem": blank_in(values.get("stem", "")), "answer": [wordings]}


def _cloze(element: Element, _values: dict[str, Any]) -> dict[str, Any]:
    body, place = _bounded(element.findtext("questiontext/text")), 0
    pieces: list[str] = []
    blanks: list[str] = []
    while match := _CLOZE.search(body, place):
        end = first_unescaped(body, "}", match.end())
        if match[1].upper() not in _SHORT or end < 0:
            raise NotOurs("完形填空里只能有简答的空（SHORTANSWER）")
        pieces.append(body[place : match.start()])
        blanks.append(body[match.end() : end])
        place = end + 1
    stem = html_to_text(BLANK.join([*pieces, body[place:]]))
    return {"type": "fill", "stem": stem, "answer": [_wordings(blank) for blank in blanks]}


def _wordings(blank: str) -> list[str]:
    """:returns: The wordings of one blank that get full marks."""
    found = []
    for answer in re.findall(r"(?:\\.|[^\\~])+", blank, re.DOTALL):
        match = _SHARE.match(answer)
        if match and match[1] in (None, "100"):
            text = re.match(r"(?:\\.|[^\\#])*", answer[match.end() :], re.DOTALL)
            assert text is not None
            plain = re.sub(r"\\(.)", r"\1", text[0], flags=re.DOTALL)
            found.append(unescape(plain.replace("<br>", "\n")).strip())
    return found


def _matching(element: Element, _values: dict[str, Any]) -> dict[str, Any]:
    return ordering([(_text(step), _text(step.find("answer"))) for step in element.findall("subquestion")])


def _essay(element: Element, values: dict[str, Any]) -> dict[str, Any]:
    return written(values, read_key(_text(element.find("graderinfo")).split("\n")))


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    text = _bounded(element.findtext("text"))
    is_html = element.get("format", "html" if element.tag == "questiontext" else "plain_text") not in _RAW
    return html_to_text(text) if is_html else tidy(text)


def _bounded(text: str | None) -> str:
    if text is not None and len(text) > _LONGEST:
        raise NotOurs(f"有一段文字超过 {_LONGEST} 字")
    return text or ""


def _fraction(element: Element) -> float:
    try:
        return float(element.get("fraction", "0"))
    except ValueError:
        return 0.0


_READERS = {
    "multichoice": _choice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "cloze": _cloze,
    "multianswer": _cloze,
    "matching": _matching,
    "essay": _essay,
}
