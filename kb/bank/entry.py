"""A question as the bank keeps it: with its state, its version, and where it was used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kb.bank.question import Question
from kb.bank.states import Action, State


class Origin(StrEnum):
    """Where a question came from."""

    SHIPPED = "shipped"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a question; none is ever lost."""

    number: int
    question: Question
    author: str
    at: datetime
    reviewer: str | None = None
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the bank with its current version."""

    version: Version
    state: State
    origin: Origin
    created_at: datetime
    changed_at: datetime
    uses: Mapping[str, int] = field(default_factory=dict)
    """Series → how many of its seminars put this question."""

    @property
    def question(self) -> Question:
        """The current wording; its `status` follows the state in the bank."""
        return self.version.question


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; what is ``None`` or empty does not narrow."""

    topic: str | None = None
    type: str | None = None
    difficulty: int | None = None
    department: str | None = None
    region: str | None = None
    state: State | None = None
    origin: Origin | None = None
    text: str = ""
    """Words that must all occur in the id, stem, options or explanation."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list."""

    entries: tuple[Entry, ...]
    total: int
    """How many there are in all."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done to questions; undone by its number."""

    number: int
    action: Action
    actor: str
    at: datetime
    questions: tuple[str, ...]
    undone_at: datetime | None = None
