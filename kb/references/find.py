"""References in running text: 〈name of a law〉第X条, with the lists and ranges that follow it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kb.references.canonical import short_title
from kb.references.numerals import NUMERAL
from kb.references.reference import ARTICLE, ITEM, PARAGRAPH, Reference, numbers

# Where 第 is missing the number must begin here: no long run of digits is tried from its middle again.
_HEAD = re.compile(rf"(?:第|(?<!{NUMERAL.removesuffix('+')})){ARTICLE}(?:{PARAGRAPH})?(?:{ITEM})?")
_LINK = re.compile(r"、|以及|或者|和|及|与|或|至|到")
_MORE = tuple(
    re.compile(part)
    for part in (rf"第{ARTICLE}(?:{PARAGRAPH})?(?:{ITEM})?", rf"{PARAGRAPH}(?:{ITEM})?", ITEM)
)
_EDITION = re.compile(r"[（(](?P<year>(?:19|20)\d\d)[^（）()]{0,16}[)）]$")
_BACKWARD = re.compile(r"(?P<which>本|该|同|前述|上述)(?:法典|法|条例|规定|办法|解释|规则|细则)$")
_FORMER = re.compile(r"[旧原老新](?:法典|法|条例|规定|办法|解释|规则|细则)$")
_QUOTED = re.compile(r"《(?P<name>(?:[^《》]|《[^《》]*》){2,60})》$")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,20}(?:法典|法|条例|规定|办法|解释|规则|细则)$")
_EDGE = "《》〈〉<> \t\n\u3000"
_REGION = ("省", "市", "自治区", "自治州")


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference and where in the text it stands, ``text[start:end]``, the law's name included."""

    reference: Reference
    start: int
    end: int
    known: bool = True
    """Whether the law's name is one of the names given; otherwise it is the text's own wording."""


@dataclass(frozen=True, slots=True)
class _Law:
    name: str
    start: int
    edition: int | None = None
    known: bool = True


def find_references(text: str, names: Mapping[str, str], own: str = "") -> Iterator[Mention]:
    """
    Find the provisions that a text names.

    ``民法典第二百七十八条第二款、第二百八十条`` gives two mentions, ``第三条至第五条`` one with a range.
    本条例第X条 means `own`, 该条例第X条 the law named last. Law names are matched longest first; one that
    follows a place's name (``某市物业管理条例``) is another law than the one without it.

    :param text: Any text.
    :param names: Spelling → canonical short title; spellings as `short_title` writes them.
    :param own: Short title of the law that the text belongs to; also for bare 第X条. Empty if there is none.
    :returns: Mentions in order. 第X条 without a law in sight is passed over, as are impossible numbers.
    """
    position, last = 0, ""
    longest = max(map(len, names), default=0)
    while head := _HEAD.search(text, position):
        position = head.end()
        law = _law_before(text, head.start(), names, longest) or _meant(text, head, own, last)
        if law is None:
            continue
        last = law.name
        for mention in _mentions(text, head, law):
            position = mention.end
            yield mention


def _law_before(text: str, end: int, names: Mapping[str, str], longest: int) -> _Law | None:
    law = _named(text, end, names, longest)
    edition = _EDITION.search(text[max(0, end - 24) : end])
    if law is None and edition is not None:
        law = _named(text, end - len(edition[0]), names, longest)
        law = law and replace(law, edition=int(edition["year"]))
    return law


def _named(text: str, end: int, names: Mapping[str, str], longest: int) -> _Law | None:
    # Marks and 中华人民共和国 may stand in the text but not in the name.
    for start in range(max(0, end - longest - 20), end - 1):
        if text[start] in _EDGE and text[start] != "《":
            continue
        name = names.get(short_title(text[start:end]))
        if name is not None:
            if text[start] != "《" and text[:start].endswith(_REGION):
                return None
            return _Law(name, start)
    return None


def _meant(text: str, head: "re.Match[str]", own: str, last: str) -> _Law | None:
    """The law of 第X条 where no known name stands before it."""
    before = text[max(0, head.start() - 64) : head.start()]
    offset = head.start() - len(before)
    backward = _BACKWARD.search(before)
    if backward is not None:
        name = own if backward["which"] == "本" else last
        return _Law(name, offset + backward.start()) if name else None
    if _FORMER.search(before) is not None:
        return None  # 旧法第X条: which version is meant is for a reader to say
    quoted = _QUOTED.search(before)
    if quoted is not None:
        return _Law(short_title(quoted["name"]), offset + quoted.start(), known=False)
    if not head[0].startswith("第"):
        return None
    unknown = _UNKNOWN.search(before)
    if unknown is not None:
        return _Law(unknown[0], offset + unknown.start(), known=False)
    return _Law(own, head.start()) if own else None


def _mentions(text: str, head: "re.Match[str]", law: _Law) -> Iterator[Mention]:
    """The reference at `head` and those linked to it."""
    try:
        current = Reference(law.name, **numbers(head), edition=law.edition)
    except ValueError:
        return
    mention = Mention(current, law.start, head.end(), law.known)
    while (following := _linked(text, mention)) is not None:
        if following.start != mention.start:
            yield mention
        mention = following
    yield mention


def _linked(text: str, mention: Mention) -> Mention | None:
    link = _LINK.match(text, mention.end)
    part = next((m for p in _MORE if link and (m := p.match(text, link.end()))), None)
    if link is None or part is None:
        return None
    try:
        values = numbers(part)
    except ValueError:
        return None
    reference = mention.reference
    if "article" in values and link[0] in ("至", "到"):
        return replace(mention, reference=replace(reference, last=values["article"]), end=part.end())
    if "article" in values:
        found = Reference(reference.law, **values, edition=reference.edition)
    elif "paragraph" in values:
        found = replace(reference, paragraph=values["paragraph"], item=values.get("item"))
    else:
        found = replace(reference, item=values["item"])
    return Mention(found, part.start(), part.end(), mention.known)
