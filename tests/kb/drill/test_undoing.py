from datetime import timedelta

import pytest

from kb.drill.state import Phase
from kb.errors import Refused
from tests.kb.drill.playing import Seminar, asked, at, make_seminar
from tests.kb.drill.samples import make_person


def left(seminar: Seminar, seconds: float) -> float:
    return seminar.asking.clock.left_at(at(seconds)) / timedelta(seconds=1)


@pytest.mark.parametrize("slip", ["paused", "closed", "skipped"])
def test_time_lost_to_a_slip_is_given_back(slip: str) -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("submitted", 5, by="r1", group=1, answer="A")
    seminar.do(slip, 10)
    seminar.do("undone", 18)
    assert (seminar.asking.phase, left(seminar, 18)) == (Phase.OPEN, 20)
    assert seminar.answer(1) == "A"
    seminar.do("submitted", 37, by="r1", group=1, answer="B")
    assert seminar.rebuilt() == seminar.state


def test_an_undone_extension_or_resumption_is_gone() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("extended", 5, seconds=60)
    seminar.do("undone", 6)
    assert left(seminar, 6) == 24
    seminar.do("paused", 10)
    seminar.do("resumed", 20)
    seminar.do("undone", 25)
    assert (seminar.asking.phase, left(seminar, 99)) == (Phase.PAUSED, 20)


def test_each_undoing_goes_one_action_further_back() -> None:
    seminar = asked(0, "danxuan-1")
    shown = seminar.asking.number
    seminar.do("closed", 3)
    seminar.do("revealed", 4)
    for expected in (Phase.CLOSED, Phase.OPEN):
        seminar.do("undone", 5)
        assert seminar.asking.phase is expected
    seminar.do("undone", 6)
    assert seminar.state.asking is None
    seminar.do("undone", 7)
    assert seminar.state.round is None
    seminar.do("round_started", 8, round=0)
    seminar.do("question_shown", 9, question="danxuan-1")
    assert seminar.asking.number > shown, "answers to the undone asking are not answers to this one"


def test_what_others_did_since_stays() -> None:
    seminar = make_seminar()
    seminar.do("swapped", 1, first="r1", second="r2")
    seminar.do("joined", 2, by="r7", person=make_person(7, "u7"))
    seat = seminar.state.seats["r7"]
    seminar.do("undone", 3)
    assert (seminar.state.seats["r1"], seminar.state.seats["r7"]) == (1, seat)
    assert seminar.state.moved == {}


def test_a_group_s_later_answer_survives_the_undoing_of_the_trainer_s() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("submitted", 1, by="r1", group=1, answer="A")
    seminar.do("submitted", 2, group=1, answer="B")
    before = seminar.state
    seminar.do("undone", 3)
    assert seminar.answer(1) == "A"
    seminar.state = before
    seminar.do("submitted", 3, by="r4", group=1, answer="C")
    seminar.do("undone", 4)
    assert seminar.answer(1) == "C"


def test_late_comers_of_an_undone_grouping_keep_no_seat_that_is_not_there() -> None:
    seminar = make_seminar()
    seminar.do("grouped", 1, seed="t", groups=tuple((f"r{n}",) for n in range(1, 7)))
    seminar.do("swapped", 2, first="r1", second="r6")
    for number in range(7, 13):
        seminar.do("joined", 3, by=f"r{number}", person=make_person(number, f"u{number}"))
    seminar.do("undone", 4)
    seminar.do("undone", 5)
    assert sorted(len(group) for group in seminar.state.groups()) == [4, 4, 4]


def test_undoing_the_first_grouping_unseats_everybody() -> None:
    seminar = make_seminar()
    seminar.do("joined", 1, by="r7", person=make_person(7))
    seminar.do("undone", 2)
    assert (seminar.state.group_count, seminar.state.seats) == (0, {})
    assert len(seminar.state.people) == 7


def test_there_may_be_nothing_to_undo() -> None:
    seminar = Seminar()
    seminar.do("opened", programme=make_seminar().state.programme)
    with pytest.raises(Refused, match="没有可以撤销"):
        seminar.do("undone")
