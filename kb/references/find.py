"""References in running text: 〈name of a law〉第X条, with the lists and ranges that follow it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.references.grammar import TEXT, Grammar, Numbers, is_bare_year, plain, read_numbers
from kb.references.naming import Law, Names, law_before, unknown_before
from kb.references.reference import Reference

_BACKWARD = re.compile(
    r"(?P<which>本|该|同|前述|上述)(?:实施|暂行)?(?:法典|法|条例|规定|办法|解释|规则|细则)的?\s*$"
)
_FORMER = re.compile(r"[旧原老新](?:法典|法|条例|规定|办法|解释|规则|细则)的?\s*$")
_TITLE_GOES_ON = re.compile(r"[^《》〈〉。；，,;]{1,60}》")


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference and where in the text it stands, ``text[start:end]``, the law's name included."""

    reference: Reference
    start: int
    end: int
    known: bool = True
    """Whether the law's name is one of the names given; otherwise it is the text's own wording."""


def find_references(text: str, names: Mapping[str, str], own: str = "") -> Iterator[Mention]:
    """
    Find the provisions that a text names.

    ``民法典第二百七十八条第二款、第二百八十条`` gives two mentions, ``第三条至第五条`` one with a range; of
    第一款至第三款 and 第一项至第三项 both ends. 本条例第X条 means `own`, 该条例第X条 the law named last, and
    《条例》第X条 the one that the text calls so (以下简称《条例》). Law names are matched longest first; one
    that follows a place's name (``某市物业管理条例``) is another law than the one without it. A number
    without 条 is no reference (民法典2020年), except in lists that share one 条 (民法典278、279条).

    :param text: Any text.
    :param names: Spelling → canonical short title; spellings as `short_title` writes them.
    :param own: Short title of the law that the text belongs to; also for bare 第X条. Empty if there is none.
    :returns: Mentions in order. 第X条 without a law in sight is passed over, as are impossible numbers.
    """
    return scan(text, names, TEXT, own)


def scan(
    text: str, names: Mapping[str, str], grammar: Grammar, own: str = "", *, bare: bool = False
) -> Iterator[Mention]:
    """
    Find the provisions that a text names, as `find_references` does.

    :param grammar: How numbers are written in this text.
    :param bare: Take 278条 without 第 too, and without any law for an article of the law named last.
    """
    text = plain(text)
    known = Names.of(text, names)
    position, last = 0, ""
    while head := grammar.head.search(text, position):
        position = head.end()
        law = _law(text, head, known, own, last, bare=bare)
        if law is None or _inside_a_title(text, head, law):
            continue
        try:
            found = read_numbers(text, head, grammar)
        except ValueError:
            continue
        last = law.name
        yield from (_mention(numbers, law, first=index == 0) for index, numbers in enumerate(found))
        position = found[-1].end


def _law(text: str, head: "re.Match[str]", names: Names, own: str, last: str, *, bare: bool) -> Law | None:
    """The law that the number at `head` belongs to."""
    end = head.start()
    law = law_before(text, end, names)
    if law is not None and head["unit"] is None and (not law.known or is_bare_year(head)):
        return None
    if law is not None:
        return law
    before = text[max(0, end - 12) : end]
    backward = _BACKWARD.search(before)
    if backward is not None:
        name = own if backward["which"] == "本" else last
        return Law(name, end - len(before) + backward.start()) if name else None
    if _FORMER.search(before) is not None:
        return None  # 旧法第X条: which version is meant is for a reader to say
    if head["unit"] is None or not (head["first"] or bare):
        return None
    meant = own or (last if bare else "")
    return unknown_before(text, end) or (Law(meant, end) if meant else None)


def _inside_a_title(text: str, head: "re.Match[str]", law: Law) -> bool:
    """Whether a longer title goes on behind the number: 《关于〈刑法〉第三十条的解释》."""
    opened = text.rfind("《", max(0, head.start() - 100), head.start())
    if opened < 0 or text.rfind("》", opened, head.start()) >= 0 and opened >= law.start:
        return False
    return _TITLE_GOES_ON.match(text, head.end()) is not None


def _mention(numbers: Numbers, law: Law, *, first: bool) -> Mention:
    reference = Reference(
        law=law.name,
        article=numbers.article,
        suffix=numbers.suffix,
        paragraph=numbers.paragraph,
        item=numbers.item,
        last=numbers.last,
        edition=law.edition,
        last_suffix=numbers.last_suffix,
    )
    return Mention(reference, law.start if first else numbers.start, numbers.end, law.known)
