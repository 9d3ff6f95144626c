import contextlib
import itertools

import pytest

from kb.errors import Refused
from tests.kb.drill.playing import Seminar, asked

DEADLINE = 30.0
GRACE = 2.0


def submit(seminar: Seminar, seconds: float, group: int = 1, answer: str = "A", **values: object) -> None:
    seminar.do("submitted", seconds, **{"by": f"r{group}", "group": group, "answer": answer, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize("late", [-DEADLINE, -0.05, 0, 0.05, GRACE])
def test_answers_are_taken_until_the_grace_is_over(late: float) -> None:
    seminar = asked(0, "danxuan-1")
    submit(seminar, DEADLINE + late)
    assert seminar.answer(1) == "A"


@pytest.mark.parametrize(
    ("late", "said"), [(2.001, "晚了 2.0 秒"), (2.05, "晚了 2.0 秒|晚了 2.1 秒"), (60, "晚了 60.0 秒")]
)
def test_later_ones_are_refused_and_told_so(late: float, said: str) -> None:
    seminar = asked(0, "danxuan-1")
    submit(seminar, 29)
    with pytest.raises(Refused, match=said):
        submit(seminar, DEADLINE + late, answer="B")
    assert seminar.answer(1) == "A"
    seminar.do("drafted", DEADLINE + late, by="r1", group=1, answer="B")
    assert seminar.state.drafts[seminar.asking.number, 1].answer == "B"


def test_what_was_late_stays_late_when_the_trainer_closes_afterwards() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("closed", 40)
    with pytest.raises(Refused):
        submit(seminar, 35)
    submit(seminar, 31)  # received in time, stored late


def test_pauses_do_not_count() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("paused", 10)
    with pytest.raises(Refused, match="暂停"):
        submit(seminar, 15)
    submit(seminar, 9.9)  # received before the pause
    seminar.do("drafted", 15, by="r1", group=1, answer="草稿")
    seminar.do("resumed", 110)
    submit(seminar, 131.9, answer="B")
    with pytest.raises(Refused):
        submit(seminar, 132.1, answer="C")
    assert seminar.answer(1) == "B"


def test_extensions_count_also_in_a_pause_and_after_the_end() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("extended", 5, seconds=10)
    seminar.do("paused", 20)
    seminar.do("extended", 21, seconds=5)
    seminar.do("resumed", 30)  # 25 left
    submit(seminar, 56)
    seminar.do("extended", 100, seconds=20)  # time was up
    submit(seminar, 121, answer="B")
    with pytest.raises(Refused):
        submit(seminar, 122.5)


def test_closing_takes_effect_at_once_and_reopening_starts_anew() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("closed", 10)
    submit(seminar, 10)
    with pytest.raises(Refused, match="已经收题"):
        submit(seminar, 10.1)
    seminar.do("reopened", 50, seconds=15)
    submit(seminar, 66, answer="B")
    with pytest.raises(Refused):
        submit(seminar, 67.5)
    assert seminar.answer(1) == "B"


def test_the_trainer_enters_answers_of_groups_without_a_phone_until_the_reveal() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("closed", 40)
    seminar.do("submitted", 50, group=2, answer="B")
    assert seminar.answer(2) == "B"
    seminar.do("revealed", 51)
    with pytest.raises(Refused, match="已经结束"):
        seminar.do("submitted", 52, group=2, answer="C")
    with pytest.raises(Refused):
        seminar.do("drafted", 52, by="r2", group=2, answer="C")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"by": "r2"}, "不在第 1 组"),
        ({"by": "nobody"}, "不在第 1 组"),
        ({"by": "j1"}, "只有主持人"),
        ({"answer": " \n"}, "空的"),
        ({"asking": 999}, "上一道题"),
        ({"by": "trainer", "group": 9}, "不由第 9 组"),
    ],
)
def test_answers_out_of_turn_are_refused(values: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        submit(asked(0, "danxuan-1"), 1, **values)


def test_without_a_question_there_is_nothing_to_answer() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("skipped", 1)
    with pytest.raises(Refused):
        submit(seminar, 2)
    seminar.do("round_started", 3, round=1)
    with pytest.raises(Refused, match="没有要答的题"):
        submit(seminar, 4)


@pytest.mark.parametrize("order", list(itertools.permutations([(1, 5.3), (2, 5.1), (3, 5.2)])))
def test_a_race_has_one_winner_the_first_by_time_of_receipt(order: tuple[tuple[int, float], ...]) -> None:
    """In whichever order the store gets to see them."""
    seminar = asked(1, "danxuan-3")
    for group, seconds in order:
        with contextlib.suppress(Refused):  # came after a better one
            submit(seminar, seconds, group)
    assert seminar.state.winner(seminar.asking) == 2
    assert seminar.rebuilt() == seminar.state


def test_of_equal_times_the_one_stored_first_wins() -> None:
    seminar = asked(1, "danxuan-3")
    submit(seminar, 5, 3)
    with pytest.raises(Refused, match="第 3 组先抢到"):
        submit(seminar, 5, 1)
    with pytest.raises(Refused, match="第一次的答案有效"):
        submit(seminar, 4, 3)


def test_a_reopened_race_is_for_the_others() -> None:
    seminar = asked(1, "danxuan-3")
    submit(seminar, 5, 3)
    seminar.do("reopened", 10, seconds=10)
    with pytest.raises(Refused, match="已经答过"):
        submit(seminar, 11, 3)
    submit(seminar, 12, 1)
    assert seminar.state.winner(seminar.asking) == 1
    seminar.do("reopened", 13, seconds=10)
    submit(seminar, 14, 2)
    with pytest.raises(Refused, match="各组都答过"):
        seminar.do("reopened", 15, seconds=10)
    seminar.do("revealed", 16)
    assert seminar.state.winner(seminar.asking) == 2
