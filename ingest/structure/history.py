"""A statute's history: what happened on which day, which version this is, and since when it applies."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from ingest.structure.dates import DATE, date_in_name, find_date
from kb.documents import Amendment, Passage, Role

_DATED = re.compile(DATE)
_IN_TITLE = re.compile(r"《[^》]*》|〈[^〉]*〉")
_STARTS = r"(?:施行|实施|生效|实行|试行|执行)"
_ENACTED = re.compile(r"通过|公布|发布|颁布|批准|修正|修订|修改|令第")
_AMENDED = re.compile(r"修正|修订|修改")
_PUBLISHED = re.compile(r"公布|发布|颁布|令第")
_OWN_START = re.compile(
    rf"本[^，。；、自]{{1,15}}[，,]?\s*(?:自|从|于)\s*({DATE})\s*(?:起|开始)?\s*(?:正式)?{_STARTS}"
)
_BARE_START = re.compile(rf"^(?:自|从|于)\s*({DATE})\s*(?:起|开始)?\s*(?:正式)?{_STARTS}")
_AT_ONCE = re.compile(
    rf"(?:本[^，。；、自]{{1,15}}[，,]?\s*)?自?(?:公布|发布|颁布|通过|批准|印发)之日起?\s*(?:正式)?{_STARTS}"
)
_STALE_DAYS = 180


def read_history(lines: Iterable[str]) -> tuple[Amendment, ...]:
    """
    Read the history lines of a statute's head.

    :param lines: Raw lines; one event may span several lines, and one line may tell several events.
    :returns: Events in the order of the text. Lines without a real date are left out.
    """
    text = ""
    for line in lines:
        text += ("\n" if find_date(line[:40]) else "") + line
    return tuple(entry for line in text.split("\n") for entry in _events(line))


def _events(line: str) -> list[Amendment]:
    hidden = _IN_TITLE.sub(lambda m: "《" + " " * (len(m[0]) - 2) + "》", line)
    starts = [match.start() for match in _DATED.finditer(hidden)]
    found: list[Amendment] = []
    for start, end in pairwise([*starts, len(line)]):
        day = find_date(line[start:end])
        matched = _DATED.match(line, start)
        event = _tidy(line[matched.end() if matched else start : end])
        if day is not None and event:
            found.append(Amendment(day, event))
    return found


def _tidy(event: str) -> str:
    event = re.sub(r"(?:根据|自|由)\s*$", "", event.strip(" 　、，,；;。")).strip(" 　、，,；;。")
    event = re.sub(r"^(?:经|由|起)", "", event)
    if event.count("）") > event.count("（"):
        event = event.rstrip("）")
    if event.count("（") > event.count("）"):
        event = event.rstrip("（")
    return re.sub(r"\s+", " ", event).strip(" 　、，,；;。")


def version_of(stem: str, history: Sequence[Amendment]) -> tuple[date | None, tuple[str, ...]]:
    """
    Tell which version a file holds.

    :param stem: File name, with the version's date in brackets or without.
    :param history: Events of the head.
    :returns: Day the version was passed or published, and remarks where name and head disagree. The
        name's date stands, unless the head tells of a later amendment: then the text holds that one.
    """
    named = date_in_name(stem)
    enacted = [entry.on for entry in history if _ENACTED.search(entry.event)]
    last = max(enacted, default=None)
    if named is None or last is None:
        return named or last, ()
    amended = max((entry.on for entry in history if _AMENDED.search(entry.event)), default=None)
    if amended is not None and amended > named:
        note = f"文件名标注{named}，文件头却列有{amended}的修改：正文应是后者的文本"
        return amended, (note,)
    known = max(entry.on for entry in history)
    if (named - known).days > _STALE_DAYS:
        note = f"文件名标注{named}，文件头只写到{last}：正文可能含文件头未列的修改"
        return named, (note,)
    return named, ()


def effective_from(
    history: Sequence[Amendment], passages: Sequence[Passage], version: date | None
) -> date | None:
    """
    Find out since when this version applies.

    :returns: The day that head or closing provisions give; the version's own day where that is later,
        because the clause then speaks of the first version; ``None`` if nothing tells.
    """
    days = [entry.on for entry in history if re.search(_STARTS, entry.event)]
    published = max((entry.on for entry in history if _PUBLISHED.search(entry.event)), default=version)
    for passage in _closing(passages):
        match = _OWN_START.search(passage.text) or _BARE_START.search(passage.text)
        day = find_date(match[1]) if match else None
        if day is None and _AT_ONCE.search(passage.text):
            day = published
        if day is not None:
            days.append(day)
            break
    stated = max(days, default=None)
    return max(stated, version) if stated and version else stated


def _closing(passages: Sequence[Passage]) -> list[Passage]:
    """The last passages of a statute's body, the very last first."""
    body = [p for p in passages if p.role in (Role.PROVISION, Role.SECTION)]
    return body[:-4:-1]
