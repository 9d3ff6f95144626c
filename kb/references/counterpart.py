"""The same provision in another version of its law, where the articles were numbered anew."""

import re
from collections.abc import Iterable

from kb.documents import Passage, Role
from kb.store.rows import StoredDocument

_ALIKE = 0.5
"""Share of character pairs in common (0 to 1) from which two texts are taken for the same provision."""
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


def counterpart(text: str, law: StoredDocument) -> int | None:
    """
    Find the provision that says much the same.

    :param text: A whole article of another version.
    :param law: A version with its passages.
    :returns: Position of the most similar provision; ``None`` if none is similar enough.
    """
    wanted = _pairs(text)
    scored = [(_likeness(wanted, _pairs(p.text)), -n) for n, p in _provisions(law.document.passages)]
    score, position = max(scored, default=(0.0, 0))
    return -position if score >= _ALIKE else None


def _provisions(passages: Iterable[Passage]) -> Iterable[tuple[int, Passage]]:
    return ((n, p) for n, p in enumerate(passages) if p.role is Role.PROVISION)


def _likeness(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _pairs(text: str) -> set[str]:
    words = bare_words(text)
    return {words[i : i + 2] for i in range(len(words) - 1)}
