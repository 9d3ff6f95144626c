"""Other names of what was asked for, from the glossary."""

from collections.abc import Iterable, Sequence

_MOST = 6


def other_names(text: str, words: Sequence[str], groups: Iterable[tuple[str, ...]]) -> list[str]:
    """
    Look up what else the things in a question are called.

    :param words: The question's words.
    :param groups: Names of the same thing; `kb.lexicon.Lexicon.names`.
    :returns: Up to six names that the question does not contain, in glossary order.
    """
    asked = set(words)
    found = [
        name
        for names in groups
        if any(name in asked or (len(name) > 2 and name in text) for name in names)
        for name in names
        if name not in text
    ]
    return list(dict.fromkeys(found))[:_MOST]
