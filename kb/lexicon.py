"""Words of our trade: glossary terms, names of laws, and slips of the keyboard, all from data."""

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
    package_laws: Mapping[str, PackageLaw]
    """The statutes of the default library, by full official name."""
    typos: Mapping[str, str]
    """Slips of keyboard and speech input → what was meant."""

    def corrected(self, text: str) -> str:
        """:returns: `text` with known slips put right."""
        for slip, meant in self.typos.items():
            text = text.replace(slip, meant)
        return text


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """:returns: The lexicon of ``corpus/``; read once."""
    glossary = _read("glossary.yaml")
    laws = _read("package_laws.yaml")
    package_laws = {entry["name"]: _law(entry) for entry in laws["laws"]}
    named = [*laws["laws"], *laws["laws_outside_package"]]
    terms = {entry["term"] for entry in glossary["terms"]}
    terms |= {alias for entry in glossary["terms"] for alias in entry.get("aliases", ())}
    terms |= {short_title(entry["name"]) for entry in named}
    terms |= {alias for entry in named for alias in entry.get("aliases", ())}
    # Longest slip first, so that one slip inside another does not spoil it.
    typos = dict(sorted(glossary["typos"].items(), key=lambda pair: -len(pair[0])))
    return Lexicon(frozenset(terms), package_laws, typos)


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
