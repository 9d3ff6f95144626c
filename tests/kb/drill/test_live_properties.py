"""Any sequence of events: what holds of every state, and that the log alone makes it again."""

import contextlib
import time
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kb.drill.state import Phase
from kb.errors import Refused
from tests.kb.drill.playing import Seminar, make_seminar
from tests.kb.drill.samples import make_person
from tests.kb.drill.test_live import MARKS

GROUPS = st.integers(1, 4)
AUTHORS = st.sampled_from([*(f"r{n}" for n in range(1, 9)), "trainer", "j1"])
QUESTIONS = st.sampled_from(
    ["danxuan-1", "danxuan-2", "danxuan-3", "danxuan-5", "anli-1", "anli-2", "anli-3", ""]
)
CONTROLS = st.sampled_from(
    ["paused", "resumed", "closed", "skipped", "revealed", "undone", "undone", "ended"]
)


class LiveSeminar(RuleBasedStateMachine):
    """Tries whatever anybody might; what is refused must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.seminar: Seminar = make_seminar()
        self.now = 0.0

    def attempt(self, kind: str, by: str = "trainer", **values: Any) -> None:
        before, stored = self.seminar.state, len(self.seminar.log)
        with contextlib.suppress(Refused):
            self.seminar.do(kind, self.now, by=by, **values)
        if self.seminar.state is before:
            assert len(self.seminar.log) == stored

    @initialize(round=st.integers(0, 5))
    def begin(self, round: int) -> None:
        self.attempt("round_started", round=round)

    @rule(seconds=st.sampled_from([0.0, 0.05, 1.0, 10.0, 40.0, 400.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(question=QUESTIONS, groups=st.lists(GROUPS, max_size=3).map(tuple))
    def show(self, question: str, groups: tuple[int, ...]) -> None:
        self.attempt("question_shown", question=question, groups=groups)
        self.attempt("question_shown", question=question)

    @rule(by=AUTHORS, group=GROUPS, key=st.sampled_from(["", "", "k1", "k2"]), answer=st.sampled_from("ABC "))
    def submit(self, by: str, group: int, key: str, answer: str) -> None:
        current = self.seminar.state.asking
        before = dict(self.seminar.state.answers)
        self.attempt("submitted", by=by, group=group, key=key, answer=answer)
        changed = {k for k, v in self.seminar.state.answers.items() if before.get(k) != v}
        if changed:
            assert current is not None
            assert changed == {(current.number, group)}
            assert by == "trainer" or self.seminar.state.group_of(by) == group
            deadline = current.clock.deadline
            if by != "trainer" and current.phase is Phase.OPEN and deadline is not None:
                assert (self.seminar.log[-1].at - deadline).total_seconds() <= 2

    @rule(by=AUTHORS, group=GROUPS)
    def draft(self, by: str, group: int) -> None:
        self.attempt("drafted", by=by, group=group, answer="草稿")

    @rule(kind=CONTROLS)
    def control(self, kind: str) -> None:
        self.attempt(kind)

    @rule(kind=st.sampled_from(["extended", "reopened"]), seconds=st.integers(1, 60))
    def more_time(self, kind: str, seconds: int) -> None:
        self.attempt(kind, seconds=seconds)

    @rule(round=st.integers(0, 6))
    def start(self, round: int) -> None:
        self.attempt("round_started", round=round)

    @rule(by=AUTHORS, group=GROUPS, number=st.integers(1, 4))
    def draw(self, by: str, group: int, number: int) -> None:
        before = dict(self.seminar.state.drawn)
        self.attempt("drawn", by=by, group=group, number=number)
        assert before.items() <= self.seminar.state.drawn.items(), "numbers drawn do not return"

    @rule(by=AUTHORS, group=GROUPS)
    def mark(self, by: str, group: int) -> None:
        asking = self.seminar.state.current or 1
        self.attempt("scored", by=by, asking=asking, group=group, marks=MARKS)

    @rule(number=st.integers(7, 9))
    def come_late(self, number: int) -> None:
        self.attempt("joined", by=f"r{number}", person=make_person(number, f"u{number % 4}"))

    @rule(first=AUTHORS, second=AUTHORS)
    def swap(self, first: str, second: str) -> None:
        self.attempt("swapped", first=first, second=second)

    @rule(keep=st.integers(1, 9), drop=st.integers(7, 9))
    def merge(self, keep: int, drop: int) -> None:
        self.attempt("merged", keep=f"r{keep}", drop=f"r{drop}")

    @invariant()
    def the_log_makes_the_state_again(self) -> None:
        state = self.seminar.state
        assert state.revision == len(self.seminar.log)
        if state.revision % 5 == 0:
            assert self.seminar.rebuilt() == state

    @invariant()
    def seats_are_of_people_in_groups(self) -> None:
        state = self.seminar.state
        assert all(1 <= group <= state.group_count for group in state.seats.values())
        assert set(state.seats) == (set(state.people) if state.group_count else set())

    @invariant()
    def at_most_one_asking_is_on_and_a_race_has_one_winner(self) -> None:
        state = self.seminar.state
        running = [a for a in state.askings.values() if a.phase in (Phase.OPEN, Phase.PAUSED)]
        assert all(a.number == state.current or state.is_over(a, self.seminar.log[-1].at) for a in running)
        for asking in state.askings.values():
            answered = {g for n, g in state.answers if n == asking.number}
            winner = state.winner(asking)
            if winner is not None:
                assert answered - set(asking.barred) >= {winner}
            assert answered <= set(asking.groups)

    def teardown(self) -> None:
        assert self.seminar.rebuilt() == self.seminar.state


TestLiveSeminar = LiveSeminar.TestCase
TestLiveSeminar.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)


def test_thousands_of_events_are_replayed_in_seconds() -> None:
    seminar = make_seminar(groups=24, members=120)
    seminar.do("round_started", round=0)
    seminar.do("question_shown", question="danxuan-1")
    for n in range(3000):
        seminar.do("submitted", n / 200, by=f"r{n % 120 + 1}", group=seminar.state.seats[f"r{n % 120 + 1}"], answer="A", key=f"k{n}")  # fmt: skip
    start = time.process_time()
    assert seminar.rebuilt() == seminar.state
    assert time.process_time() - start < 5
