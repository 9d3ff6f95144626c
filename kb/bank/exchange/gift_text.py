"""How GIFT writes a text: the marks of the format are escaped (docs.moodle.org, GIFT format)."""

import re

from kb.bank.exchange.lines import one_line, read_line

_SPECIAL = "~=#{}:"
_ESCAPED = re.compile(r"\\([~=#{}:n\\])")
_NOTE = re.compile(r"\[(id|tag):((?:\\.|[^\]\\])*)\]")
_PERCENT = re.compile(r"^%(-?\d{1,3}(?:\.\d{1,7})?)%")


def escape(text: str) -> str:
    """:returns: `text` in one line, as GIFT reads it."""
    return "".join(f"\\{c}" if c in _SPECIAL else one_line(c) for c in text)


def unescape(text: str) -> str:
    """:returns: The text that `escape` wrote, without blanks around it."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text).strip()


def note(kind: str, text: str) -> str:
    """:returns: An id or a tag as Moodle writes them into comments: ``[tag:主题：换届]``."""
    return f"[{kind}:{one_line(text).replace(']', chr(92) + ']')}]"


def notes(line: str) -> list[tuple[str, str]]:
    """:returns: Kind and text of every id and tag in a comment."""
    return [(kind, read_line(text)) for kind, text in _NOTE.findall(line)]


def weight(text: str) -> tuple[float | None, str]:
    """:returns: The percentage before an answer, if there is one, and the answer."""
    match = _PERCENT.match(text)
    return (float(match[1]), text[match.end() :]) if match else (None, text)


def first_unescaped(text: str, mark: str, start: int = 0) -> int:
    """:returns: Where `mark` stands without a backslash before it; -1 if nowhere."""
    place = start
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text.startswith(mark, place):
            return place
        else:
            place += 1
    return -1
