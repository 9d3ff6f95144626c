"""Which law is named right before a number in a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.references.canonical import short_title

_OPENING, _CLOSING = "《〈<“\"‘'「『【[", "》〉>”\"’'」』】]"
_SKIPPED = frozenset(_OPENING + _CLOSING + " \t\n\r\u3000\xa0")
_MARKS = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_STOPS = frozenset("。；;！!？?")
_COUNTRY = "中华人民共和国"
_TAIL = _CLOSING + " \t\n\r\u3000\xa0"
_BETWEEN = re.compile(r"(?:(?:规定|里面|当中|里|中)?的|里面|当中|里|中|之|：|:)\s*$")
_NOTE = re.compile(
    r"（(?:(?P<year>(?:19|20)\d\d)(?:-\d\d-\d\d|[^（）]{0,16})|以下[^（）]{1,40}|[^（）]{2,40}号(?:令|公布|发布)?)）$"
)
_EDITION = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?:修正|修订|版|制定|公布)的?[《〈<“\"]?$")

_KINDS = "法典|法|条例|规定|办法|解释|规则|细则"
_UNKNOWN = re.compile(rf"[\u4e00-\u9fff]{{2,30}}(?:{_KINDS})(?:（[试暂一二三四五]行?）)?$")
_KIND_ENDS = re.compile(r"[法典例定则释](?:（..?）)?$|办法(?:（..?）)?$")
_LEAD = re.compile(
    r".*(?:依据|根据|按照|依照|违反|参照|援引|引用|触犯|符合|结合|参见|详见|对照|属于|认定为|视为|收到|作为|其为|人以|支付|适用(?<!关于适用)|"
    r"按(?!揭|劳)|依(?!法)|见(?<!意见)|查(?!验|处|封)|以及|(?:法|条例|规定|办法|细则|规则|解释|[条款项])[和及与或])"
)
_NO_NAME = re.compile(
    r"(?:^|[有相下列以其他上前法律规明确国家具体这那此新旧老原现行的])(?:关|述|个)?(?:规定|办法|解释|规则|条例|细则)$|"
    r"[方做看说想执违合非守普无依立手语]法$|(?<!公)司法$|^.法$"
)
_NAME = re.compile(r"[\u4e00-\u9fff0-9（）、·]+")
_LOCAL = re.compile(r"(?:条例|规定|办法|细则|规则)(?:（[^（）]*）)?$")
_PLACES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|"
    "贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|深圳|广州|杭州|南京|苏州|成都|武汉|西安|"
    "宁波|青岛|厦门|大连|济南|郑州|长沙|合肥|福州|昆明|南昌|无锡|珠海|沈阳|哈尔滨|长春|石家庄|太原|贵阳|南宁|海口|兰州"
)
_PLACE = re.compile(
    rf"(?:{_PLACES}|省|(?<![城都])市|县|州|自治旗|新区|(?<![小社])区)(?:住宅小区|住宅|小区)?$"
)
_WORD_ENDS = re.compile(
    r"(?:根据|依据|按照|依照|参照|违反|适用|符合|请问|我国|国家|[按依据照和与及或的查看用是在以对问为到于由从说讲找新旧老原])$"
)
"""Words after which a popular name of three characters begins, rather than goes on."""
_DEFINED = re.compile(
    r"（以?下(?:统|均)?简?称(?:为)?[:：]?[“\"《〈「]?(?P<short>[^“”\"《》〈〉「」（），。；]{2,20})[”\"》〉」]?）"
)
_ADJECTIVES = re.compile(r"^(?:最新|现行|新版?|旧版?|老|原)")
_WINDOW = 160


@dataclass(frozen=True, slots=True)
class Law:
    """A law as a text names it."""

    name: str
    """Short title; of a law that is not among the names given, the text's own wording."""
    start: int
    """Where its name begins, quotation marks included."""
    edition: int | None = None
    known: bool = True


@dataclass(frozen=True)
class Names:
    """The spellings that count in one text."""

    spellings: Mapping[str, str]
    """Spelling → short title."""
    defined: Mapping[str, Law]
    """Short forms that the text itself introduces (以下简称《条例》); they count where they are quoted."""
    longest: int

    @classmethod
    def of(cls, text: str, spellings: Mapping[str, str]) -> "Names":
        """:param text: As `kb.references.grammar.plain` gives it."""
        names = cls(spellings, {}, max(map(len, spellings), default=0))
        defined: dict[str, Law] = {}
        for match in _DEFINED.finditer(text):
            law = law_before(text, match.start(), replace(names, defined=dict(defined)))
            short = bare(match["short"])
            if law is not None and short[:1] not in "本该" and short not in spellings:
                defined[short] = law
        return replace(names, defined=defined)


def bare(text: str) -> str:
    """:returns: `text` as `short_title` writes names, without any quotation marks."""
    return short_title(_MARKS.sub("", text))


def law_before(text: str, end: int, names: Names) -> Law | None:
    """
    Find the law whose name ends at `end`.

    Quotation marks may be wrong or missing, and 的 or the year of a version may follow the name. What
    《》 enclose is one name: 《关于适用〈民法典〉的解释》 is not 民法典.

    :param text: As `kb.references.grammar.plain` gives it.
    """
    stop, year = _name_end(text, end)
    law = _quoted(text, stop, names) or _known(
        text, _trimmed(text[max(0, stop - _WINDOW) : stop]), stop, names
    )
    if law is None:
        return None
    if year is None:
        before = _EDITION.search(text, max(0, law.start - 14), law.start)
        if before is not None:
            return replace(law, edition=int(before["year"]), start=before.start())
    return replace(law, edition=year or law.edition)


def unknown_before(text: str, end: int) -> Law | None:
    """:returns: What reads like a law's name right before `end` without quotation marks, such as 某市养犬办法."""
    stop, year = _name_end(text, end)
    window = _trimmed(text[max(0, stop - _WINDOW) : stop])
    match = _UNKNOWN.search(window) if _KIND_ENDS.search(window[-6:]) else None
    if match is None or "\n" in text[stop:end]:  # the heading above an article
        return None
    name = match[0][(lead := _LEAD.match(match[0])) and lead.end() or 0 :].removeprefix(_COUNTRY)
    if _NO_NAME.search(name):
        return None
    start = max(0, stop - _WINDOW) + window.rindex(name)
    return Law(name, start, year, known=False)


def _trimmed(text: str) -> str:
    return text.rstrip(_TAIL)


def _name_end(text: str, end: int) -> tuple[int, int | None]:
    """:returns: Where the name before `end` ends, what follows it left out; and the year of a version."""
    year = None
    window = text[max(0, end - _WINDOW) : end].rstrip()
    between = _BETWEEN.search(window[-6:])
    window = window[: -len(between[0])].rstrip() if between else window
    for _ in range(3):
        inner = _trimmed(window)
        note = _NOTE.search(inner, max(0, len(inner) - 44)) if inner.endswith("）") else None
        if note is None:
            break
        year = int(note["year"]) if note["year"] else year
        closing = "》" if window.endswith("》") else ""
        window = inner[: note.start()]
        if closing:
            return max(0, end - _WINDOW) + len(window), year
    return max(0, end - _WINDOW) + len(window), year


def _quoted(text: str, end: int, names: Names) -> Law | None:
    """The law whose name 《》 or 〈〉 enclose right before `end`."""
    if end == 0 or text[end - 1] not in "》〉>":
        return None
    depth = 0
    for start in range(end - 1, max(-1, end - _WINDOW), -1):
        depth += (text[start] in "》〉>") - (text[start] in "《〈<")
        if depth == 0:
            break
    else:
        return None
    content = text[start + 1 : end - 1]
    name = bare(content)
    if not 2 <= len(name) <= 100 or "。" in name or (text[end - 1] == ">" and not _NAME.fullmatch(name)):
        return None
    if name in names.defined:
        return replace(names.defined[name], start=start)
    for spelling in (name, _ADJECTIVES.sub("", name)):
        if spelling in names.spellings:
            return Law(names.spellings[spelling], start)
    return Law(name, start, known=False)


def _known(text: str, window: str, stop: int, names: Names) -> Law | None:
    """The longest known name that ends where `window` ends; marks inside do not count."""
    first = max(0, stop - _WINDOW)
    kept: list[int] = []
    for index in range(len(window) - 1, -1, -1):
        if window[index] in _STOPS or len(kept) > names.longest + len(_COUNTRY):
            break
        if window[index] not in _SKIPPED:
            kept.append(first + index)
    kept.reverse()
    letters = "".join(text[i] for i in kept)
    while (country := letters.find(_COUNTRY)) >= 0:
        letters = letters[:country] + letters[country + len(_COUNTRY) :]
        del kept[country : country + len(_COUNTRY)]
    for place in range(len(letters) - 1):
        spelling = letters[place:]
        name = names.spellings.get(spelling)
        if name is not None:
            start = _opened(text, kept[place])
            if _is_another_law(text[max(0, start - 8) : start], spelling, name):
                return None
            return Law(name, start)
    return None


def _is_another_law(before: str, spelling: str, name: str) -> bool:
    """Whether `spelling` is only the end of a longer name: 某市物业管理条例, 国土空间规划法."""
    if _LOCAL.search(spelling) and _PLACE.search(before):
        return True
    short = len(spelling) <= 3 and spelling != name
    return short and "\u4e00" <= before[-1:] <= "\u9fff" and not _WORD_ENDS.search(before)


def _opened(text: str, start: int) -> int:
    """:returns: Where a name really begins: 中华人民共和国 and opening marks belong to it."""
    for _ in range(2):
        before = len(text[max(0, start - 3) : start].rstrip()) + max(0, start - 3)
        if text.endswith(_COUNTRY, 0, before):
            start = before - len(_COUNTRY)
        if start and text[start - 1] in _OPENING:
            start -= 1
    return start
