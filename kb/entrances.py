"""Entrances: texts in lay words that lead to the provisions answering them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from kb.references.canonical import comparable, short_title

OTHER_LAW = "居民常问的其他法律"
"""Topic of the lay queries that stand aside."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source(StrEnum):
    """Where an entrance comes from."""

    QUERY = "query"
    """A question as residents ask it, from ``corpus/queries``."""
    ASIDE = "aside"
    """Likewise, on law that a secretary is asked about but that is not of the trade."""
    QUESTION = "question"
    """A question of the bank."""
    TERM = "term"
    """A term of the glossary with its meaning."""
    LINKED = "linked"
    """A search that an administrator linked to its answer."""
    LEARNED = "learned"
    """A question that the query adapter learned from; its words are not kept."""
    DOCUMENT = "document"
    """A case, procedure or comparison of the library that cites the provisions."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A text and the provisions it leads to, in canonical form, most important first."""

    source: Source
    text: str
    refs: tuple[str, ...]
    cases: tuple[str, ...] = ()
    """Ids of cases like it."""


@lru_cache(maxsize=2)
def shipped_entrances(folder: Path) -> tuple[Entrance, ...]:
    """
    Read the lay queries, questions and terms of a corpus folder, which ``andian corpus check`` has checked.

    :param folder: Folder with ``queries/``, ``questions/`` and ``glossary.yaml``; what is missing is left out.
    """
    return tuple(_read(folder))


def entrances_fingerprint(folder: Path) -> str:
    """:returns: Changes whenever `shipped_entrances` would."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def outdated(refs: Mapping[str, date], newest: Mapping[str, date | None]) -> frozenset[str]:
    """
    Find laws that a library holds only in a version older than the one our references count by.

    :param refs: Short title → first day of the version after whose numbers we cite.
    :param newest: Short title → first day of the newest version held; ``None`` if it is not known.
    :returns: Short titles whose article numbers mean other articles there.
    """
    return frozenset(law for law, since in refs.items() if (held := newest.get(law)) and held < since)


def _files(folder: Path) -> list[Path]:
    parts = (*sorted(folder.glob("queries/*.yaml")), *sorted(folder.glob("questions/*.yaml")))
    return [path for path in (*parts, folder / "glossary.yaml") if path.is_file()]


def _read(folder: Path) -> Iterator[Entrance]:
    for path in _files(folder):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        source = Source.ASIDE if data.get("topic") == OTHER_LAW else Source.QUERY
        for entry in data.get("queries", ()):
            yield _entrance(source, entry["text"], entry)
        for entry in data.get("questions", ()):
            if entry.get("status") == "active":
                yield _entrance(Source.QUESTION, entry["stem"], entry)
        for entry in data.get("terms", ()):
            yield _entrance(Source.TERM, f"{entry['term']}：{entry['definition']}", entry)


def _entrance(source: Source, text: str, entry: Mapping[str, Any]) -> Entrance:
    refs = dict.fromkeys(comparable(ref) for ref in entry.get("refs", ()))
    return Entrance(source, text, tuple(refs), tuple(entry.get("cases", ())))


def law_of(ref: str) -> str:
    """:returns: The short title in a canonical reference: what stands before its last 第."""
    return short_title(ref.rpartition("第")[0])
