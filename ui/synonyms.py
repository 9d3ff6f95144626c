"""Other names of what was asked for, from the glossary."""

from collections.abc import Sequence

from kb.lexicon import load_lexicon

_MOST = 6


def other_names(text: str, words: Sequence[str]) -> list[str]:
    """
    Look up what else the things in a question are called.

    :param words: The question's words.
    :returns: Up to six names that the question does not contain, in glossary order.
    """
    asked = set(words)
    found = [
        name
        for names in load_lexicon().names
        if any(name in asked or (len(name) > 2 and name in text) for name in names)
        for name in names
        if name not in text
    ]
    return list(dict.fromkeys(found))[:_MOST]
