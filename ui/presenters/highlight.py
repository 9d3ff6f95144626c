"""The part of a text that shows best why it was found."""

import re
from bisect import bisect_left

from ui.presenters.marking import marked

WIDTH = 120
_SENTENCE_END = re.compile(r"[。！？；\n]")
_BACKTRACK = 40


def snippet(text: str, pattern: re.Pattern[str] | None, width: int = WIDTH) -> str:
    """
    Show a window of a text around its densest matches.

    :param pattern: Words to mark, from `ui.presenters.marking.marker`.
    :param width: Characters of the window; a shorter text is shown whole.
    :returns: Safe HTML of about `width` characters, matches in ``<mark>``, ``…`` where something is left out.
    """
    start, end = best_window(text, pattern, width)
    shown = marked(" ".join(text[start:end].split()), pattern)
    return ("…" if start else "") + shown + ("…" if end < len(text) else "")


def best_window(text: str, pattern: re.Pattern[str] | None, width: int = WIDTH) -> tuple[int, int]:
    """
    Find the window with the most different words, and among those the most matches.

    It begins with a sentence if one begins shortly before its first match.

    :returns: Bounds of the window; the beginning of the text if nothing matches.
    """
    if len(text) <= width:
        return 0, len(text)
    matches = [(m.start(), m.end(), m.group().lower()) for m in pattern.finditer(text)] if pattern else []
    if not matches:
        return 0, width
    ends = [end for _, end, _ in matches]
    best, first = (0, 0), matches[0][0]
    for number, (start, _, _) in enumerate(matches):
        within = matches[number : bisect_left(ends, start + width + 1)]
        score = (len({word for *_, word in within}), len(within))
        if score > best:
            best, first = score, start
    start = min(_sentence_start(text, first), len(text) - width)
    return start, start + width


def _sentence_start(text: str, position: int) -> int:
    """:returns: Where the sentence around `position` begins, or a little before it in a long one."""
    earliest = max(position - _BACKTRACK, 0)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, earliest, position)]
    if ends:
        return ends[-1]
    return earliest if earliest == 0 else position - _BACKTRACK // 4
