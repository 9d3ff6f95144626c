"""Words quoted right behind a reference, compared with the provision."""

import re

from kb.references.wording import bare_words, likeness_within

_QUOTATION = re.compile(
    r"[》\s]{0,2}(?:（[^（）]{0,20}）)?(?:的?(?:明确)?规定)?[：:，,\s]{0,3}[“\"「](?P<words>[^“”\"「」]{10,600})[”\"」]"
)
_OMISSION = re.compile(r"…+|\.{3,}|[（(](?:略|节略|前略|后略|中略)[)）]")
_SHORTEST = 10
"""Characters from which quoted words are compared."""
_MEANT = 0.7
"""Share of its character pairs (0 to 1) that a quotation has in common with the provision it is meant for."""


def quoted_behind(text: str, end: int) -> str:
    """:returns: The words in quotation marks that follow right behind a reference; empty if none do."""
    match = _QUOTATION.match(text, end)
    return match["words"] if match else ""


def is_misquoted(words: str, provision: str) -> bool:
    """
    Tell whether quoted words are plainly meant to be those of a provision, and are not.

    Punctuation, blanks and omissions (……) do not count. Words that have little in common with the provision
    are taken to be somebody else's.
    """
    quoted, whole = bare_words(words), bare_words(provision)
    if len(quoted) < _SHORTEST or likeness_within(quoted, whole) < _MEANT:
        return False
    position = 0
    for part in map(bare_words, _OMISSION.split(words)):
        position = whole.find(part, position)
        if position < 0:
            return True
        position += len(part)
    return False
