"""Text from the library into HTML: escaped, with the words of a query marked."""

import re
from collections.abc import Sequence
from html import escape


def marker(words: Sequence[str]) -> re.Pattern[str] | None:
    """
    Prepare the marking of a query's words.

    Single characters are left out where longer words are given: marked, they would be everywhere.

    :returns: Pattern of the words, longest first; ``None`` if there is nothing to mark.
    """
    wanted = [w for w in words if len(w) > 1] or [w for w in words if w]
    ordered = sorted(set(wanted), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None


def marked(text: str, pattern: re.Pattern[str] | None) -> str:
    """:returns: `text` as safe HTML with everything that `pattern` finds in ``<mark>``."""
    if pattern is None:
        return escape(text)
    pieces: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        pieces += [escape(text[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
        end = match.end()
    return "".join([*pieces, escape(text[end:])])


def marked_and_linked(
    text: str, pattern: re.Pattern[str] | None, anchors: Sequence[tuple[int, int, str]]
) -> str:
    """:returns: As `marked`, with ``text[start:end]`` of each anchor (start, end, escaped address) a link."""
    pieces: list[str] = []
    position = 0
    for start, end, address in anchors:
        pieces.append(marked(text[position:start], pattern))
        pieces.append(f'<a class="rd-cross" href="{address}">{marked(text[start:end], pattern)}</a>')
        position = end
    return "".join([*pieces, marked(text[position:], pattern)])
