"""Are there sentences in our texts that stand in other people's?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding
from ingest.corpus_check.folder import Folder
from kb.placed import Placed
from kb.references.find import find_references

CHECK = "copying"
RUN = 20
"""So many characters in a row that are the same are not chance."""
LONG_TITLE = 12
"""Titles of laws from this length do not count; a shorter one does not excuse the words around it."""
_SUFFIXES = frozenset({".md", ".txt", ".json", ".jsonl", ".yaml", ".yml", ".html"})
_MASK = 0xE000
"""A private character, found in no text, that takes the place of what does not count."""
_BASE = np.uint64(0x9E37_79B9_7F4A_7C15)
_TABLE_BITS = 24

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class _View:
    """A way of reading: which characters count, by code point (all beyond 0xFFFF as that one)."""

    counts: NDArray[np.bool_]

    def read(self, codes: Codes) -> tuple[Hashes, NDArray[np.intp]]:
        """:returns: The hash of every run of characters that count, and where in `codes` each character stands."""
        places = np.flatnonzero(self.counts[np.minimum(codes, 0xFFFF)])
        return _rolling(codes[places]), places


def check_copying(context: Context) -> Iterator[Finding]:
    """
    Look for runs of 20 characters that our files share with those below ``context.texts``.

    Texts are compared twice: without blanks, and without blanks and punctuation. References, long
    titles of laws and the phrases of ``shared_phrases.yaml`` do not count.
    """
    phrases = {p.value.text for folder in context.folders for p in folder.phrases}
    titles = {title for title in context.names if len(title) >= LONG_TITLE}
    prose = _prose(context.folder)
    ours = {path: _codes(_masked(text, phrases | titles, context.names)) for path, text in prose.items()}
    theirs = [
        p
        for folder in context.texts
        for p in sorted(folder.rglob("*"))
        if p.suffix in _SUFFIXES and p.is_file()
    ]
    reported: set[tuple[str, int]] = set()
    for counts in (lambda c: not c.isspace(), str.isalnum):
        view = _view(counts)
        sources = _sources([view.read(codes)[0] for codes in ours.values()], theirs, view)
        for path, codes in ours.items():
            for start, end, length, source in _runs(*view.read(codes), sources):
                text = prose[path]
                place = (path, text.count("\n", 0, start) + 1)
                if place not in reported:
                    reported.add(place)
                    shown = " ".join(text[start:end].split())[:60]
                    yield Finding(*place, CHECK, f"连续 {length} 字与 {source} 相同：“{shown}”；请改写")


def _view(counts: Callable[[str], bool]) -> _View:
    table = np.fromiter((counts(chr(code)) for code in range(0x10000)), dtype=bool)
    table[_MASK] = True
    return _View(table)


def _prose(folder: Folder) -> dict[str, str]:
    """What is written in sentences, at its line: no facts of front matter, no lists of names."""
    entries: tuple[Placed[Any], ...] = (*folder.questions, *folder.queries, *folder.terms)
    found = {entry.path: folder.raw[entry.path] for entry in entries}
    for text in folder.texts:
        front = text.text.split("\n")[: text.body_line - 1]
        kept = [line if line.startswith(("title:", "- ")) else "" for line in front]
        found[text.path] = "\n".join([*kept, text.body])
    return found


def _masked(text: str, phrases: Iterable[str], names: Mapping[str, str]) -> str:
    for mention in find_references(text, names):
        text = text[: mention.start] + chr(_MASK) * (mention.end - mention.start) + text[mention.end :]
    for phrase in sorted(phrases, key=len, reverse=True):
        if phrase in text:
            text = text.replace(phrase, chr(_MASK) * len(phrase))
    return text


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)


def _rolling(codes: Codes) -> Hashes:
    count = max(0, len(codes) - RUN + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(RUN):
        hashes *= _BASE
        hashes += codes[offset : offset + count]
    return hashes


def _sources(ours: Sequence[Hashes], theirs: Iterable[Path], view: _View) -> Mapping[int, str]:
    """The runs that stand in both, and the name of the first file that has each."""
    wanted = np.unique(np.concatenate([*ours, np.zeros(0, dtype=np.uint64)]))
    likely = np.zeros(1 << _TABLE_BITS, dtype=bool)
    likely[wanted >> np.uint64(64 - _TABLE_BITS)] = True
    found: dict[int, str] = {}
    for path in theirs:
        hashes, _ = view.read(_codes(path.read_text(encoding="utf-8", errors="replace")))
        hashes = hashes[likely[hashes >> np.uint64(64 - _TABLE_BITS)]]
        for value in np.unique(hashes[_among(hashes, wanted)]):
            found.setdefault(int(value), path.name)
    return found


def _among(values: Hashes, ordered: Hashes) -> NDArray[np.bool_]:
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    places = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    result: NDArray[np.bool_] = ordered[places] == values
    return result


def _runs(
    hashes: Hashes, places: NDArray[np.intp], sources: Mapping[int, str]
) -> Iterator[tuple[int, int, int, str]]:
    """Longest common runs: first and last offset in the text, characters that count, source."""
    known = np.array(sorted(sources), dtype=np.uint64)
    hits = np.flatnonzero(_among(hashes, known))
    for group in np.split(hits, np.flatnonzero(np.diff(hits) > 1) + 1):
        if len(group):
            first, last = int(group[0]), int(group[-1]) + RUN - 1
            source = sources[int(hashes[first])]
            yield int(places[first]), int(places[last]) + 1, last - first + 1, source
