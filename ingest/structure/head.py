"""The head of a statute's file: its title, its history lines, and where the body begins."""

import re
from dataclasses import dataclass

from ingest.structure.dates import DATE
from ingest.structure.headings import read_heading
from ingest.structure.marks import read_mark
from kb.references.canonical import short_title

INFO_END = "<!-- INFO END -->"
_FURTHEST = 30
_LONGEST_TITLE = 80
_STARTS_WITH_DATE = re.compile(rf"^[（(\s]*(?:根据|自)?\s*{DATE}")
_EVENT = re.compile(r"通过|公布|发布|施行|修正|修订|修改|批准|颁布")
_KIND = re.compile(r"(?:法|法典|条例|规定|办法|规则|细则|解释|决定|批复|通知|意见)(?:[（(][^）)]*[)）])?$")


@dataclass(frozen=True, slots=True)
class Head:
    """Title, part, the raw lines of the head below them, and the body's text."""

    title: str
    part: str
    lines: tuple[str, ...]
    body: str


def read_head(text: str, stem: str) -> Head:
    """
    Split a statute's file into head and body.

    :param text: The whole text; LawRefBook's end-of-head mark is honoured, otherwise the head ends
        with the last line that tells of passing, publishing or amending.
    :param stem: File name, for the title of a text that has none.
    """
    before, mark, after = text.partition(INFO_END)
    lines = [_clean(line) for line in (before if mark else text).split("\n")]
    titles = [line.lstrip("# ") for line in lines if re.match(r"^#\s", line)]
    if mark:
        rest = [line for line in lines if line and not line.startswith("#")]
        history, body = _history_in_body(after)
        title = titles[0] if titles else stem
        return Head(title, titles[1] if len(titles) > 1 else "", (*_own(rest, title), *history), body)
    title, used = _title(lines, stem)
    history, body = _history_in_body("\n".join(lines[used:]), title)
    return Head(title, "", tuple(history), body)


def _title(lines: list[str], stem: str) -> tuple[str, int]:
    """The title and the number of lines it takes; a title on two lines is joined."""
    start = next((i for i, line in enumerate(lines) if line), len(lines))
    if start == len(lines) or not _may_be_title(lines[start]):
        return stem, 0
    title = re.sub(r"^#\s*", "", lines[start])
    if not _KIND.search(title) and start + 1 < len(lines):
        below = lines[start + 1]
        if _KIND.search(below) and len(below) <= 30 and not below.startswith(("#", "（")):
            return title + below, start + 2
    return title, start + 1


def _may_be_title(line: str) -> bool:
    heading = read_heading(line)
    if read_mark(line) or (heading is not None and (heading.rank or heading.depth > 1)):
        return False
    return len(line) <= _LONGEST_TITLE and not line.endswith("。")


def _history_in_body(text: str, title: str = "") -> tuple[list[str], str]:
    """Take the history lines, and the title's repetition, from the top of a body."""
    lines = [_clean(line) for line in text.split("\n")]
    history: list[str] = []
    position = inside = 0
    while position < min(len(lines), _FURTHEST):
        line = lines[position]
        if inside or _is_history(line):
            history.append(line)
            inside = max(0, inside + len(re.findall("[（(]", line)) - len(re.findall("[)）]", line)))
        elif line and not (title and _same(line, title)):
            break
        position += 1
    return history, "\n".join(lines[position:])


def _is_history(line: str) -> bool:
    if not line or len(line) > 400 or read_heading(line) or read_mark(line):
        return False
    if _STARTS_WITH_DATE.match(line):
        return bool(_EVENT.search(line)) and not line.endswith(("：", ":"))
    bracketed = line[0] in "（(" and bool(re.search(DATE, line) and _EVENT.search(line))
    fragment = line[-1] in "）)" and not re.search("[（(]", line) and bool(_EVENT.search(line))
    return bracketed or fragment


def _own(lines: list[str], title: str) -> list[str]:
    """Lines of the head without repetitions of the title."""
    return [line for line in lines if not (len(line) > 3 and short_title(line) in short_title(title))]


def _same(line: str, title: str) -> bool:
    return short_title(line) == short_title(title)


def _clean(line: str) -> str:
    return line.strip("\u200b\ufeff \t\u3000\u00a0")
