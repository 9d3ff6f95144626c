"""Words of our trade: glossary terms, names of laws, and slips of the keyboard, all from data."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    law_abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Ordinary words that mean a law only right before an article's number (``消防28条``) → short title."""

    renumbered: Mapping[str, date] = field(default_factory=dict)
    """Laws whose articles were numbered anew → first day of the version by whose numbers we cite."""
    kept_apart: Mapping[frozenset[str], str] = field(default_factory=dict)
    """Pairs of names that are often mixed up and mean different things → why, in Chinese."""

    def why_apart(self, one: str, other: str) -> str:
        """:returns: Why two names, or other names of theirs, must not stand for each other; empty if they may."""
        first, second = self._group(one), self._group(other)
        reasons = (self.kept_apart.get(frozenset((a, b)), "") for a in first for b in second)
        return next(filter(None, reasons), "")

    def extended(self, synonyms: Iterable[tuple[str, str]]) -> "Lexicon":
        """
        Join other names that an administrator added.

        :param synonyms: Pairs of a term and its other name. A term that no group has begins one of its own.
        :returns: A lexicon that has them too; this one stays as it is.
        """
        added = list(synonyms)
        groups = list(self.names)
        for term, alias in added:
            held = next((n for n, names in enumerate(groups) if term in names), None)
            if held is None:
                groups.append((term, alias))
            elif alias not in groups[held]:
                groups[held] = (*groups[held], alias)
        terms = self.terms.union(name for pair in added for name in pair)
        return replace(self, terms=terms, names=tuple(groups))

    def other_names(self, words: Collection[str]) -> list[str]:
        """
        Look up what else the things in a question are called.

        :param words: The question's words.
        :returns: The other names, in glossary order; none that is known to mean something else than a word
            of the question.
        """
        asked = [names for names in self.names if any(name in words for name in names)]
        others = dict.fromkeys(name for names in asked for name in names if name not in words)
        return [name for name in others if not any(self.kept_apart.get(frozenset((name, w))) for w in words)]

    def _group(self, name: str) -> tuple[str, ...]:
        return next((names for names in self.names if name in names), (name,))

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
    short = {word: short_title(entry["name"]) for entry in named for word in entry.get("short", ())}
    apart = {frozenset(pair): why for *pair, why in glossary.get("do_not_merge", ())}
    anew = {short_title(entry["name"]): entry["renumbered"] for entry in named if "renumbered" in entry}
    return Lexicon(frozenset(terms), names, laws_by_name, package_laws, typos, exceptions, short, anew, apart)


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
