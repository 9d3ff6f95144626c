"""Words that say the same in a written answer (``corpus/wordings.yaml``): 张榜 and 贴出来 for 公布."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kb.lexicon import corpus_folder
from kb.marked_yaml import Marked, read_yaml
from kb.placed import Loaded, validated

KEY = "wordings"
_FILE = "wordings.yaml"
_Word = Annotated[str, Field(min_length=1, max_length=20)]


class Wording(BaseModel):
    """One thing that is done, and how else people say it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    term: _Word
    others: Annotated[list[_Word], Field(min_length=1)]


class Spotted(NamedTuple):
    """A wording found in a text, ``text[start:end]``."""

    term: str
    start: int
    end: int


class Wordings:
    """Finds wordings in texts; the longest at each place."""

    def __init__(self, entries: Iterable[Wording] = ()):
        """:param entries: A word that several of them list belongs to the first."""
        self._terms: dict[str, str] = {}
        for entry in entries:
            for word in (entry.term, *entry.others):
                self._terms.setdefault(word, entry.term)
        longest_first = sorted(self._terms, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def find(self, text: str) -> Iterator[Spotted]:
        """Yield the wordings of a text in order, none over another."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text):
                yield Spotted(self._terms[match[0]], *match.span())


def load_wordings(document: Marked, path: str) -> Loaded[Wording]:
    """:returns: Every valid entry of a file ``wordings: […]``, and one problem per mistake."""
    return validated(TypeAdapter(Wording), document.entries(KEY), path)


@lru_cache(maxsize=1)
def shipped_wordings() -> Wordings:
    """
    Read the wordings that come with the program, once.

    :raises AndianError: If the installation is incomplete.
    """
    text = (corpus_folder() / _FILE).read_text(encoding="utf-8")
    return Wordings(entry.value for entry in load_wordings(read_yaml(text, _FILE), _FILE).entries)
