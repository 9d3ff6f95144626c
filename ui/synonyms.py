"""Other names of what was asked for, from the glossary."""

from collections.abc import Sequence
from functools import lru_cache

import yaml

from kb.lexicon import corpus_folder

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
        for names in _groups()
        if any(name in asked or (len(name) > 2 and name in text) for name in names)
        for name in names
        if name not in text
    ]
    return list(dict.fromkeys(found))[:_MOST]


@lru_cache(maxsize=1)
def _groups() -> list[list[str]]:
    """:returns: Names of the same thing, the official one first; read once."""
    glossary = yaml.safe_load((corpus_folder() / "glossary.yaml").read_text(encoding="utf-8"))
    return [[entry["term"], *entry.get("aliases", ())] for entry in glossary["terms"]]
