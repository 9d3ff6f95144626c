"""Words of our trade: glossary terms, names of laws, and slips of the keyboard, all from data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from kb.errors import AndianError
from kb.references.canonical import short_title
from kb.references.law_names import law_names

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class PackageLaw:
    """What our data says about one statute of the installed statute package."""

    name: str
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    effective_from: date | None = None
    """Day this version took effect, where the package has it wrong."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The shipped dictionary."""

    terms: frozenset[str]
    """Every term, alias and law name, for the segmentation."""
    names: tuple[tuple[str, ...], ...]
    """Names of the same thing, the official one first."""
    law_names: Mapping[str, str]
    """Every spelling of a law's name → its short title."""
    package_laws: Mapping[str, PackageLaw]
    """The statutes of the default library, by full official name."""
    typos: Mapping[str, str]
    """Slips of keyboard and speech input → what was meant; the longest first."""
    typo_exceptions: frozenset[str] = frozenset()
    """Real words that may begin or end inside a slip: ``飞线`` in ``物业飞线`` spares ``物业飞``."""

    def corrected(self, text: str) -> str:
        """
        Put known slips right, except where a real word reaches over the border of the slip.

        Correcting a corrected text changes nothing.
        """
        for _ in self.typos:  # one correction may complete another slip, at most so many times
            better = self._corrected_once(text)
            if better == text:
                break
            text = better
        return text

    def _corrected_once(self, text: str) -> str:
        for slip, meant in self.typos.items():
            if slip in text:
                text = _replaced(text, slip, meant, _overlapping(self.typo_exceptions))
        return text


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """:returns: The lexicon of ``corpus/``; read once."""
    glossary = _read("glossary.yaml")
    laws = _read("package_laws.yaml")
    package_laws = {entry["name"]: _law(entry) for entry in laws["laws"]}
    named = [*laws["laws"], *laws["laws_outside_package"]]
    names = tuple((entry["term"], *entry.get("aliases", ())) for entry in glossary["terms"])
    terms = {name for group in names for name in group}
    terms |= {short_title(entry["name"]) for entry in named}
    terms |= {alias for entry in named for alias in entry.get("aliases", ())}
    # Longest slip first, so that one slip inside another does not spoil it.
    typos = dict(sorted(glossary["typos"].items(), key=lambda pair: -len(pair[0])))
    exceptions = frozenset(glossary.get("typo_exceptions", ()))
    laws_by_name = law_names((entry["name"], entry.get("aliases", ())) for entry in named)
    return Lexicon(frozenset(terms), names, laws_by_name, package_laws, typos, exceptions)


def corpus_folder() -> Path:
    """
    Find the folder of the shipped texts.

    :raises AndianError: If the installation is incomplete.
    """
    spec = find_spec("corpus")
    places = [Path(p) for p in (spec.submodule_search_locations or ())] if spec else []
    for place in places:
        if (place / "glossary.yaml").is_file():
            return place
    raise AndianError("找不到随程序安装的 corpus 文件夹；请重新安装案典")


def _replaced(text: str, slip: str, meant: str, exceptions: re.Pattern[str]) -> str:
    words = [match.span(1) for match in exceptions.finditer(text)]

    def right(found: re.Match[str]) -> str:
        start, end = found.span()
        crossed = any(s < end and start < e and not (start <= s and e <= end) for s, e in words)
        return slip if crossed else meant

    return re.sub(re.escape(slip), right, text)


@lru_cache(maxsize=4)
def _overlapping(words: frozenset[str]) -> re.Pattern[str]:
    """Find words as group 1, the longest at each place, also where they overlap each other."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))")


def _law(entry: dict[str, Any]) -> PackageLaw:
    return PackageLaw(
        name=entry["name"],
        aliases=tuple(entry.get("aliases", ())),
        topics=tuple(entry.get("topics", ())),
        effective_from=entry.get("effective_from"),
        note=entry.get("note", ""),
    )


def _read(name: str) -> Any:
    return yaml.load((corpus_folder() / name).read_text(encoding="utf-8"), Loader=_LOADER)
