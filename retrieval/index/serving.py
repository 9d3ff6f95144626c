"""Under which settings a generation is searched: those it was accepted with."""

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Protocol

from kb.errors import IndexDamaged
from kb.settings import Settings
from retrieval.index.generation import Generation, Meta, read_meta, shared_generation
from retrieval.model.resolve import LEXICAL

_SETUP = "setup.json"
_CONTENT = frozenset({"format", "revision", "passages", "files"})
"""Fields of `Meta` that change with the library's content and not with the way it is searched."""


class Generations(Protocol):
    """Where a search gets its index from."""

    @property
    def wants_vectors(self) -> bool:
        """Whether the vector leg is wanted."""

    def generation(self) -> Generation:
        """:raises IndexDamaged: If there is none fit for use."""


@dataclass(frozen=True)
class Serving:
    """One generation with the settings it is searched under; implements `Generations`."""

    opened: Generation
    settings: Settings

    @property
    def wants_vectors(self) -> bool:
        """Whether the vector leg is wanted."""
        return self.settings.embedding_model != LEXICAL

    def generation(self) -> Generation:
        """:returns: The generation."""
        return self.opened


def serving(folder: Path, settings: Settings) -> Serving:
    """
    Open a generation as it is served.

    :raises IndexDamaged: If it is broken.
    """
    return Serving(shared_generation(str(folder)), serving_settings(folder, settings))


def serving_settings(folder: Path, settings: Settings) -> Settings:
    """
    Take the settings that a generation was accepted with.

    :returns: `settings` with the model and the weights of the generation, where it names them.
    :raises IndexDamaged: If it is broken.
    """
    model = read_meta(folder).model or settings.embedding_model
    return replace(settings, embedding_model=model, **ranking_of(folder, settings))


def write_ranking(folder: Path, settings: Settings) -> None:
    """Note in a finished generation the weights it is to be searched with."""
    (folder / _SETUP).write_text(json.dumps(settings.ranking), encoding="utf-8")


def ranking_of(folder: Path, settings: Settings) -> dict[str, Any]:
    """:returns: The weights noted in a generation; those of `settings` where it has none."""
    try:
        noted = json.loads((folder / _SETUP).read_text(encoding="utf-8"))
        return {name: float(noted.get(name, value)) for name, value in settings.ranking.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return settings.ranking


def same_way(one: Path, other: Path, settings: Settings) -> bool:
    """:returns: Whether two generations differ in their content at most."""
    if ranking_of(one, settings) != ranking_of(other, settings):
        return False
    try:
        first, second = read_meta(one), read_meta(other)
    except IndexDamaged:
        return False
    return all(
        getattr(first, f.name) == getattr(second, f.name) for f in fields(Meta) if f.name not in _CONTENT
    )
