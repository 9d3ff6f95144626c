"""A seminar to play with in tests: events by name, at seconds from its beginning."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from kb.drill.events import Event, Part, dump, load
from kb.drill.live import accept, replay
from kb.drill.state import Asking, State
from tests.kb.drill.samples import make_person, make_programme

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TRAINER = "trainer"


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@dataclass
class Seminar:
    """Keeps the log and the state, as the repository will."""

    state: State = field(default_factory=State)
    log: list[Event] = field(default_factory=list)

    def do(self, kind: str, when: float = 0, by: str = TRAINER, **values: Any) -> State:
        """What `by` does; the trainer in the trainer's part, judges begin with j, others are members."""
        part = Part.TRAINER if by == TRAINER else Part.JUDGE if by.startswith("j") else Part.MEMBER
        event = make_event(kind, when, by, part, **values)
        after = accept(self.state, event)
        if after is not self.state:
            self.log.append(event)
        self.state = after
        return after

    @property
    def asking(self) -> Asking:
        assert self.state.asking is not None
        return self.state.asking

    def answer(self, group: int) -> str | None:
        written = self.state.answers.get((self.asking.number, group))
        return written.answer if written else None

    def rebuilt(self) -> State:
        return replay([load(dump(event)) for event in self.log])


def make_event(kind: str, when: float, by: str, part: Part, **values: Any) -> Event:
    return _EVENT.validate_python({"kind": kind, "at": at(when), "by": by, "part": part, **values})


def make_seminar(groups: int = 3, members: int = 6) -> Seminar:
    """Opened; r1, r2 … in groups 1, 2, 3, 1, 2, 3, …"""
    seminar = Seminar()
    seminar.do("opened", programme=make_programme())
    for number in range(1, members + 1):
        seminar.do("joined", person=make_person(number, f"u{number}"))
    seats = [tuple(f"r{n}" for n in range(1, members + 1) if n % groups == g % groups) for g in range(1, groups + 1)]  # fmt: skip
    seminar.do("grouped", seed="s", groups=tuple(seats))
    return seminar


def asked(kind: int, question: str = "", seconds: float = 0, **values: Any) -> Seminar:
    """A seminar in which a question of round `kind` was shown at `seconds`."""
    seminar = make_seminar()
    seminar.do("round_started", seconds, round=kind)
    seminar.do("question_shown", seconds, question=question, **values)
    return seminar
