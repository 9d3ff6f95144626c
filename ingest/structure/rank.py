"""A rule's rank in the legal order and who issued it, from title, history and folders."""

import re
from collections.abc import Sequence

from kb.documents import Amendment, Level

_FOLDERS = {
    "宪法": Level.CONSTITUTION,
    "司法解释": Level.JUDICIAL_INTERPRETATION,
    "行政法规": Level.ADMINISTRATIVE_REGULATION,
    "部门规章": Level.DEPARTMENT_RULE,
    "地方性法规": Level.LOCAL_REGULATION,
    "规范性文件": Level.NORMATIVE_DOCUMENT,
}
_LAW_FOLDERS = {
    *("法律", "刑法", "宪法相关法", "民法典", "民法商法", "社会法", "经济法", "行政法", "诉讼与非诉讼程序法")
}
_STATE_COUNCIL = re.compile(r"国务院|政务院|中央军事委员会|中央军委")
_MINISTRY = re.compile(
    r"([\u4e00-\u9fff]{2,20}?(?:部|总局|局|委员会|办公室|署|银行))(?:令第|第?\d{4}年第|公告第)"
)
_COURTS = re.compile(r"^最高人民(?:法院|检察院)(?:[、和\s]*最高人民(?:法院|检察院))?")
_CONGRESS = re.compile(
    r"([\u4e00-\u9fff]{2,12}?)?第[一二三四五六七八九十]+届(全国)?(人民代表大会(?:常务委员会)?)"
)
_NORMATIVE = re.compile(r"(?:意见|通知|公告|纲要|方案|指引|标准)(?:[（(].*[)）])?$")


def level_of(
    title: str, history: Sequence[Amendment], folders: Sequence[str] = (), region: str = ""
) -> Level | None:
    """
    Work out a rule's rank.

    :param region: Province or city of a local rule; empty for a national one.
    :returns: The rank, or ``None`` if nothing tells it.
    """
    events = " ".join(entry.event for entry in history)
    if any(name in _LAW_FOLDERS for name in folders):
        return Level.LAW
    for name in reversed(folders):
        if name == "行政法规" and _MINISTRY.search(events) and not _STATE_COUNCIL.search(events):
            return Level.DEPARTMENT_RULE
        if name in _FOLDERS:
            return _FOLDERS[name]
    return _level_of_text(title, events, region)


def _level_of_text(title: str, events: str, region: str) -> Level | None:
    if re.match(r"^(?:中华人民共和国)?宪法(?:修正案.*)?$", title):
        return Level.CONSTITUTION
    if _COURTS.match(title):
        return Level.JUDICIAL_INTERPRETATION
    if region:
        local = "人民代表大会" in events or title.endswith("条例")
        return Level.LOCAL_REGULATION if local else None
    if "主席令" in events or re.search(r"届(?:全国)?人民代表大会|法$|法典$|法（[^）]*）$", events + title):
        return Level.LAW
    if _STATE_COUNCIL.search(events):
        return Level.ADMINISTRATIVE_REGULATION
    if _MINISTRY.search(events):
        return Level.DEPARTMENT_RULE
    return Level.NORMATIVE_DOCUMENT if _NORMATIVE.search(title) else None


def issuer_of(
    title: str, level: Level | None, history: Sequence[Amendment], folders: Sequence[str] = ()
) -> str:
    """:returns: Who issued the rule; empty if neither title nor history nor rank tells it."""
    courts = _COURTS.match(title)
    if courts is not None:
        return re.sub(r"(?<=院)[、和\s]*(?=最高)", "、", courts[0])
    events = [entry.event for entry in history]
    if level is Level.DEPARTMENT_RULE:
        ministry = _MINISTRY.search(" ".join(events))
        after = folders.index("部门规章") + 1 if "部门规章" in folders else len(folders)
        return folders[after] if after < len(folders) else ministry[1] if ministry else ""
    for event in events:
        congress = _CONGRESS.match(event)
        if congress is not None:
            return (congress[1] or "全国") + congress[3]
    if level is Level.JUDICIAL_INTERPRETATION:
        found = dict.fromkeys(re.findall(r"最高人民(?:法院|检察院)", " ".join(events)))
        return "、".join(found)
    return "国务院" if level is Level.ADMINISTRATIVE_REGULATION else ""
