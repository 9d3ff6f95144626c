"""Whether two texts say the same, but for punctuation."""

import re

_PUNCTUATION = re.compile(r"[^\w]")


def bare_words(text: str) -> str:
    """:returns: `text` without punctuation and blanks."""
    return _PUNCTUATION.sub("", text)


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but punctuation and blanks."""
    return bare_words(one) == bare_words(other)


def likeness_within(part: str, whole: str) -> float:
    """:returns: Share (0 to 1) of the character pairs of `part` that `whole` has too."""
    wanted = _pairs(part)
    return len(wanted & _pairs(whole)) / len(wanted) if wanted else 0.0


def _pairs(text: str) -> set[str]:
    words = bare_words(text)
    return {words[i : i + 2] for i in range(len(words) - 1)}
