"""Which rules a statute abolishes by name."""

import re
from collections.abc import Sequence

from kb.documents import Passage, Role
from kb.references.canonical import short_title

_ABOLISHES = re.compile(r"废止(?!后|前|的|之|或者|和)")
_NAME = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_PARTS = re.compile(
    r"^\s*(?:[（(][^）)]*[)）])?\s*(?:的|中)?\s*(?:第[零〇一二三四五六七八九十百千\d]+[条章款项]|中|有关|相关|部分|涉及)"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|违反|执行|适用)[^，。；《》]{0,10}$")
_LAST = 5


def read_repeals(passages: Sequence[Passage], own: str) -> tuple[str, ...]:
    """
    Read the names of abolished rules from the closing provisions.

    :param passages: The statute's passages in order.
    :param own: The statute's own short title, which is left out.
    :returns: Short titles in order; a rule of which only parts are abolished is left out.
    """
    body = [p for p in passages if p.role in (Role.PROVISION, Role.SECTION)]
    names: dict[str, None] = {}
    for passage in body[-_LAST:]:
        for sentence in _sentences(passage.text):
            if _ABOLISHES.search(sentence):
                names |= dict.fromkeys(_abolished(sentence))
    return tuple(name for name in names if name and name != own)


def _sentences(text: str) -> list[str]:
    """Sentences; a list announced by 废止： belongs to its sentence."""
    if re.search(r"废止[：:]", text):
        return [text]
    return re.split(r"[。；;\n]", text)


def _abolished(sentence: str) -> list[str]:
    found = []
    last = max(match.end() for match in _ABOLISHES.finditer(sentence))
    end = len(sentence) if re.search(r"废止[：:]", sentence) else last
    for match in _NAME.finditer(sentence[:end]):
        behind, ahead = sentence[match.end() : end], sentence[: match.start()]
        if not _PARTS.match(behind) and not _BASIS.search(ahead):
            found.append(short_title(match[1]))
    return found
