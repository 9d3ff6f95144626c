"""A whole seminar, and who may do what."""

import pytest
from pydantic import ValidationError

from kb.drill.events import load
from kb.drill.person import Role
from kb.drill.state import State
from kb.errors import Refused
from tests.kb.drill.playing import TRAINER, Seminar, asked, make_seminar
from tests.kb.drill.samples import make_person, make_programme

MARKS = {"P": "20", "L": "40.5", "C": "10", "D": "0"}
COMMENT = {"speaker": "lawyer", "kind": "correction", "text": "应引用民法典第二百七十八条", "group": 1}


def test_a_whole_seminar_and_its_state_from_the_log() -> None:
    seminar = make_seminar()
    seminar.do("round_started", 0, round=0)
    seminar.do("question_shown", 1, question="danxuan-1")
    seminar.do("drafted", 2, by="r1", group=1, answer="A")
    seminar.do("submitted", 3, by="r1", group=1, answer="A")
    seminar.do("submitted", 4, by="r4", group=1, answer="B")
    seminar.do("submitted", 5, group=2, answer="C")
    seminar.do("closed", 6)
    seminar.do("revealed", 7)
    assert [seminar.answer(g) for g in (1, 2, 3)] == ["B", "C", None]
    assert seminar.state.answers[seminar.asking.number, 1].by == "r4"
    seminar.do("round_started", 10, round=2)
    seminar.do("question_shown", 11, question="anli-1")
    seminar.do("submitted", 360, by="r3", group=3, answer="先看议事规则")
    seminar.do("closed", 361)
    number = seminar.asking.number
    seminar.do("scored", 362, by="j1", asking=number, group=3, marks=MARKS)
    seminar.do("scored", 363, by="j1", asking=number, group=3, marks={**MARKS, "D": "15"})
    seminar.do("commented", 364, by="j1", comment={**COMMENT, "asking": number})
    seminar.do("ended", 365)
    assert [str(sum(m.values())) for m in seminar.state.marks.values()] == ["85.5"]
    assert seminar.state.ended
    assert seminar.rebuilt() == seminar.state
    assert seminar.state.revision == len(seminar.log)


def test_before_the_opening_and_after_the_end_nothing_is_taken() -> None:
    with pytest.raises(Refused, match="还没有开始"):
        Seminar().do("joined", person=make_person(1))
    seminar = make_seminar()
    with pytest.raises(Refused, match="已经开始"):
        seminar.do("opened", programme=make_programme())
    seminar.do("ended")
    with pytest.raises(Refused, match="已经结束"):
        seminar.do("joined", by="r9", person=make_person(9))
    seminar.do("undone")
    seminar.do("joined", by="r9", person=make_person(9))


@pytest.mark.parametrize("by", ["r1", "j1"])
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("grouped", {"seed": "s", "groups": (("r1",),)}), ("swapped", {"first": "r1", "second": "r2"}),
        ("merged", {"keep": "r1", "drop": "r2"}), ("round_started", {"round": 0}), ("ended", {}),
        ("question_shown", {"question": "danxuan-2"}), ("paused", {}), ("resumed", {}), ("extended", {"seconds": 9}),
        ("closed", {}), ("reopened", {"seconds": 9}), ("skipped", {}), ("revealed", {}), ("undone", {}),
        ("opened", {"programme": make_programme()}),
    ],
)  # fmt: skip
def test_only_the_trainer_leads(by: str, kind: str, values: dict[str, object]) -> None:
    seminar = asked(0, "danxuan-1")
    before = seminar.state
    with pytest.raises(Refused, match="只有主持人"):
        seminar.do(kind, 1, by=by, **values)
    assert seminar.state is before


def test_a_double_tap_counts_once_and_is_not_stored() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("extended", 1, seconds=10, key="k")
    stored, state = len(seminar.log), seminar.state
    seminar.do("extended", 2, seconds=10, key="k")
    assert (len(seminar.log), seminar.state) == (stored, state)
    seminar.do("submitted", 3, by="r1", group=1, answer="A", key="k")  # the key of another author
    seminar.do("submitted", 3, by="r1", group=1, answer="A", key="k")
    assert len(seminar.log) == stored + 1


def test_joining_is_for_oneself_without_a_role_of_ones_own_choice() -> None:
    seminar = make_seminar()
    with pytest.raises(Refused, match="只能为自己签到"):
        seminar.do("joined", by="r1", person=make_person(9))
    judge = make_person(9).model_copy(update={"role": Role.JUDGE})
    with pytest.raises(Refused, match="角色"):
        seminar.do("joined", by="r9", person=judge)
    seminar.do("joined", person=judge.model_copy(update={"id": "j9"}))
    assert "j9" not in seminar.state.seats


def test_a_late_comer_is_seated_without_moving_anybody() -> None:
    seminar = make_seminar()
    before = dict(seminar.state.seats)
    seminar.do("joined", by="r7", person=make_person(7, "u1"))
    assert seminar.state.seats == {**before, "r7": 2}, "group 1 has a colleague"
    seminar.do("joined", by="r7", person=make_person(7, "u2"))
    assert seminar.state.seats["r7"] == 2, "coming again changes no seat"


def test_swaps_are_remembered_as_made_by_hand() -> None:
    seminar = make_seminar()
    seminar.do("swapped", 5, first="r1", second="r2")
    assert (seminar.state.seats["r1"], seminar.state.seats["r2"]) == (2, 1)
    assert seminar.state.moved["r1"].from_group == 1
    assert seminar.state.moved["r1"].by == TRAINER
    with pytest.raises(Refused, match="同一组"):
        seminar.do("swapped", 6, first="r1", second="r5")


def test_merged_people_act_as_one() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("joined", by="phone", person=make_person(1).model_copy(update={"id": "phone"}))
    seminar.do("merged", 1, keep="r1", drop="phone")
    assert "phone" not in seminar.state.seats
    seminar.do("submitted", 2, by="phone", group=1, answer="A")
    assert seminar.answer(1) == "A"
    with pytest.raises(Refused, match="并入"):
        seminar.do("joined", 3, by="phone", person=make_person(1).model_copy(update={"id": "phone"}))
    seminar.do("undone", 4)
    assert "phone" in seminar.state.seats


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ((("r1", "r2", "r3"), ("r4", "r5")), "对不上"),
        ((("r1", "r2", "r3", "r1"), ("r4", "r5", "r6")), "两个组"),
        ((("r1", "r2", "r3", "r4", "r5", "r6"), ()), "没有人"),
        ((("r1", "r2", "r3", "x"), ("r4", "r5", "r6")), "对不上"),
    ],
)
def test_groups_are_exactly_the_members(groups: tuple[tuple[str, ...], ...], said: str) -> None:
    with pytest.raises(Refused, match=said):
        make_seminar().do("grouped", seed="s", groups=groups)


def test_groups_stay_once_a_question_was_shown() -> None:
    seminar = asked(0, "danxuan-1")
    with pytest.raises(Refused, match="不能重新分组"):
        seminar.do("grouped", seed="s", groups=(("r1", "r2", "r3", "r4", "r5", "r6"),))


def test_times_without_a_zone_are_no_events() -> None:
    line = '{"kind":"paused","at":"2026-01-05T09:00:00","by":"t"}'
    with pytest.raises(ValidationError):
        load(line)
    with pytest.raises(ValidationError, match="UTC"):
        load(line.replace("09:00:00", "09:00:00+08:00"))


def test_refused_events_change_nothing() -> None:
    seminar = make_seminar()
    before: State = seminar.state
    for kind in ("paused", "resumed", "closed", "skipped", "revealed"):
        with pytest.raises(Refused, match="现在没有题"):
            seminar.do(kind)
    assert seminar.state is before
