"""What a running seminar looks like at one moment; made from its events by `kb.drill.live`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from kb.drill.clock import Clock
from kb.drill.commentary import Comment
from kb.drill.events import DEFAULT_GRACE_S
from kb.drill.person import Person
from kb.drill.programme import Programme
from kb.drill.rounds import Answering, Round


class Phase(StrEnum):
    """How far an asking is."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    REVEALED = "revealed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Asking:
    """One putting of one question."""

    number: int
    """Unique in the seminar and never used again, even if the showing is undone."""
    round: int
    question: str
    groups: tuple[int, ...]
    """Who may answer."""
    clock: Clock
    shown: datetime
    phase: Phase = Phase.OPEN
    barred: tuple[int, ...] = ()
    """Groups that have had their turn in 抢答."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a group has written: a draft or an answer."""

    answer: str
    by: str
    at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment with its author in the system and its time."""

    comment: Comment
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MovedByHand:
    """That somebody sits where they do because the trainer said so."""

    from_group: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What an action of the trainer changed: enough to take it back."""

    kind: str
    at: datetime
    fields: Mapping[str, object]
    """Field of the state → value before."""
    entries: Mapping[str, Mapping[object, tuple[object, object]]]
    """Field that is a mapping → key → values before and after; `kb.drill.undoing.MISSING` where there is none."""


@dataclass(frozen=True, slots=True)
class State:
    """The whole of a seminar. Mappings are never changed in place."""

    revision: int = 0
    """How many events have been accepted."""
    programme: Programme | None = None
    series: str = ""
    grace: timedelta = timedelta(seconds=DEFAULT_GRACE_S)
    ended: bool = False
    people: Mapping[str, Person] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    """Person who was merged away → person who stayed."""
    seed: str = ""
    group_count: int = 0
    seats: Mapping[str, int] = field(default_factory=dict)
    """Person → group, counted from 1."""
    moved: Mapping[str, MovedByHand] = field(default_factory=dict)
    started: tuple[int, ...] = ()
    """Positions of the rounds that have begun, the current one last."""
    current: int | None = None
    """Number of the asking on the screen."""
    askings: Mapping[int, Asking] = field(default_factory=dict)
    drawn: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Round and number → group that drew it."""
    drafts: Mapping[tuple[int, int], Written] = field(default_factory=dict)
    """Asking and group → draft."""
    answers: Mapping[tuple[int, int], Written] = field(default_factory=dict)
    """Asking and group → the answer that counts."""
    marks: Mapping[tuple[int, int, str], Mapping[str, Decimal]] = field(default_factory=dict)
    """Asking, group and who marked → code of a criterion → mark."""
    comments: Mapping[int, Remark] = field(default_factory=dict)
    """Revision → comment."""
    keys: frozenset[tuple[str, str]] = frozenset()
    """Author and key of the events that had one."""
    taken: tuple[Taken, ...] = ()
    """The trainer's last actions, the latest last."""

    @property
    def round(self) -> Round | None:
        """The current round."""
        return self.programme.rounds[self.started[-1]] if self.programme and self.started else None

    @property
    def asking(self) -> Asking | None:
        """The asking on the screen."""
        return None if self.current is None else self.askings.get(self.current)

    def round_of(self, asking: Asking) -> Round:
        """:returns: The round that an asking belongs to."""
        assert self.programme is not None
        return self.programme.rounds[asking.round]

    def group_of(self, person: str) -> int | None:
        """:returns: The group of a person, also of one who was merged into another; ``None`` if unseated."""
        while person in self.merged:
            person = self.merged[person]
        return self.seats.get(person)

    def groups(self) -> tuple[tuple[Person, ...], ...]:
        """:returns: Who sits where; group 1 first, people in the order in which they came."""
        found: list[list[Person]] = [[] for _ in range(self.group_count)]
        for person in self.people.values():
            if person.id in self.seats:
                found[self.seats[person.id] - 1].append(person)
        return tuple(map(tuple, found))

    def is_over(self, asking: Asking, moment: datetime) -> bool:
        """:returns: Whether an asking is closed, its time is up, or its race is won."""
        if asking.phase in (Phase.OPEN, Phase.PAUSED):
            return asking.clock.is_up(moment, self.grace) or self.winner(asking) is not None
        return True

    def winner(self, asking: Asking) -> int | None:
        """
        Say who was first in 抢答.

        :returns: The group whose answer the server received first, of those whose turn is not over;
            of equal times the one that was stored first. ``None`` if nobody has answered, or it is no race.
        """
        if self.round_of(asking).needs.answering is not Answering.FIRST:
            return None
        racing = [g for g in asking.groups if g not in asking.barred and (asking.number, g) in self.answers]
        return min(racing, key=lambda g: self._receipt(asking.number, g), default=None)

    def _receipt(self, asking: int, group: int) -> tuple[datetime, int]:
        written = self.answers[asking, group]
        return written.at, written.revision
