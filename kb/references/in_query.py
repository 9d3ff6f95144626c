"""References in what someone asks, where they are written more carelessly than in a text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.references.find import scan
from kb.references.grammar import QUERY, plain
from kb.references.numerals import NUMERAL
from kb.references.reference import Reference

LONGEST = 500
"""Characters of a query that are read; the rest counts as other words."""
_ASKING = re.compile(
    "请问|请教|帮我|麻烦|我想|想|要|一下|打开|查找|查看|查询|查一查|查|看看|看|翻到|找|搜索|搜|显示|"
    "根据|依据|按照|按|对照|关于|里面|里|中|上|"
    "是什么意思|什么意思|是什么|是啥|啥|是怎么规定的|怎么规定|如何规定|怎样规定|怎么说|怎么写|怎么讲|讲什么|讲的|说什么|说的|"
    "写的|写了|写|规定了|规定的|规定|有哪些|有什么|哪些|什么|具体|原文|全文|正文|内容|条文|法条|条款|文本|解读|解释|释义|含义|"
    "指的|是指|指|分别|以及|或者|和|与|及|或|跟|第|条|款|的|了|吗|呢|吧|啊|是|有"
)
_PUNCTUATION = re.compile(r"[\s、，,。.；;：:？?！!（）()《》〈〉<>【】\[\]“”\"‘’'「」『』—\-~～…/]+")
_EDGES = re.compile(r"^(?:和|与|及|或|以及|的|中)|(?:根据|依据|按照|按|和|与|及|或|以及|的)$")
_ARTICLE = rf"第?\s*{NUMERAL}\s*条"
_COMMA = re.compile(rf"(?<=[\u4e00-\u9fff》〉>”\"】])[，,](?=\s*{_ARTICLE})")


@dataclass(frozen=True, slots=True)
class QueryReferences:
    """What a query names, and what else it says."""

    references: tuple[Reference, ...]
    """In the order of the query, each once."""
    rest: str
    """The other words; empty if they only ask for the text (是什么, 怎么规定, 原文)."""

    @property
    def only(self) -> bool:
        """Whether the query asks for provisions and nothing else."""
        return bool(self.references) and not self.rest


def read_query(
    text: str, names: Mapping[str, str], abbreviations: Mapping[str, str] | None = None, own: str = ""
) -> QueryReferences:
    """
    Find the provisions that a query names.

    More counts here than in running text (`kb.references.find.find_references`): a number right behind a
    law's name (民法典278, but not 民法典2020年), 278.2 and 278(2) for a paragraph, and a number before the
    law or away from it (278条 民法典), if the query names one law only.

    :param text: What was asked, of any length; see `LONGEST`.
    :param names: Spelling → short title, as `find_references` takes them.
    :param abbreviations: Ordinary words that are a law right before 第X条 or X条 (消防28条) → short title.
    :param own: Short title of the law that is being read, which 278条 without a law belongs to.
    """
    shown, beyond = _COMMA.sub(" ", plain(text[:LONGEST])), text[LONGEST:]
    known = _with_abbreviations(shown, names, abbreviations or {})
    mentions = list(scan(shown, known, QUERY, own, bare=True))
    spans = [(m.start, m.end) for m in mentions]
    if not mentions and re.search(_ARTICLE, shown):
        laws = list(_laws(shown, names))
        if len({title for title, _ in laws}) == 1:
            mentions = list(scan(shown, known, QUERY, laws[0][0], bare=True))
            spans = sorted([*((m.start, m.end) for m in mentions), *(span for _, span in laws)])
    if not mentions:
        return QueryReferences((), text.strip())
    references = tuple(dict.fromkeys(m.reference for m in mentions))
    return QueryReferences(references, _rest(shown, spans, beyond))


def _with_abbreviations(
    text: str, names: Mapping[str, str], abbreviations: Mapping[str, str]
) -> Mapping[str, str]:
    """`names` and those abbreviations that stand right before the number of an article."""
    present = {s: title for s, title in abbreviations.items() if s in text}
    found = {s: t for s, t in present.items() if re.search(re.escape(s) + _ARTICLE, text)}
    return {**found, **names} if found else names


def _laws(text: str, names: Mapping[str, str]) -> Iterable[tuple[str, tuple[int, int]]]:
    """Yield short title and span of each law's name in a text, the longest at each place."""
    longest, start = max(map(len, names), default=0), 0
    while start < len(text):
        ends = range(min(len(text), start + longest), start + 1, -1)
        end = next((end for end in ends if text[start:end] in names), None)
        if end is not None:
            yield names[text[start:end]], (start, end)
        start = end or start + 1


def _rest(text: str, spans: Iterable[tuple[int, int]], beyond: str) -> str:
    """:returns: What `text` says outside of `spans`; empty if that only asks for the text of a provision."""
    pieces, position = [], 0
    for start, end in spans:
        pieces.append(text[position:start])
        position = max(position, end)
    pieces.append(text[position:] + beyond)
    if not _ASKING.sub("", _PUNCTUATION.sub("", "".join(pieces))):
        return ""
    trimmed = (_EDGES.sub("", _PUNCTUATION.sub(" ", piece).strip()) for piece in pieces)
    return " ".join(" ".join(trimmed).split())
