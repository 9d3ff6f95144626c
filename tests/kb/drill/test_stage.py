import pytest

from kb.drill.state import Phase
from kb.errors import Refused
from tests.kb.drill.playing import asked, make_seminar
from tests.kb.drill.test_live import COMMENT, MARKS


def test_numbers_drawn_do_not_return() -> None:
    seminar = make_seminar()
    with pytest.raises(Refused, match="不是抽签"):
        seminar.do("drawn", group=1, number=1)
    seminar.do("round_started", round=3)
    seminar.do("drawn", by="r1", group=1, number=2)
    for values, said in (
        ({"by": "r2", "group": 2, "number": 2}, "2 号签已被第 1 组抽走"),
        ({"by": "r2", "group": 1, "number": 1}, "不在第 1 组"),
        ({"group": 1, "number": 1}, "2 号题还没有答"),
        ({"group": 2, "number": 4}, "只有 1 到 3 号签"),
        ({"group": 4, "number": 1}, "没有第 4 组"),
    ):
        with pytest.raises(Refused, match=said):
            seminar.do("drawn", **values)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="抽到它的组"):
        seminar.do("question_shown", question="anli-3", groups=(2,))
    seminar.do("question_shown", question="anli-3", groups=(1,))
    with pytest.raises(Refused, match="不由第 2 组"):
        seminar.do("submitted", 1, by="r2", group=2, answer="A")
    seminar.do("closed", 2)
    seminar.do("drawn", 3, group=1, number=1)


@pytest.mark.parametrize(
    ("round_", "values", "said"),
    [
        (0, {"question": "danxuan-3"}, "不在这一轮里"),
        (0, {"question": ""}, "不在这一轮里"),
        (0, {"question": "danxuan-1", "groups": (1,)}, "全部组"),
        (5, {"question": "anli-2", "groups": (1,)}, "至少要选 2 组"),
        (5, {"question": "anli-2", "groups": (1, 1)}, "至少要选 2 组"),
        (5, {"question": "anli-2", "groups": (1, 4)}, "没有第 4 组"),
        (4, {"groups": ()}, "至少要选 1 组"),
    ],
)
def test_questions_go_to_whom_the_kind_of_round_says(
    round_: int, values: dict[str, object], said: str
) -> None:
    seminar = make_seminar()
    with pytest.raises(Refused, match="还没有开始任何一轮"):
        seminar.do("question_shown", **values)
    seminar.do("round_started", round=round_)
    with pytest.raises(Refused, match=said):
        seminar.do("question_shown", **values)


def test_one_question_at_a_time_and_each_once() -> None:
    seminar = asked(0, "danxuan-1")
    for kind, values in (("question_shown", {"question": "danxuan-2"}), ("round_started", {"round": 1}), ("ended", {})):  # fmt: skip
        with pytest.raises(Refused, match="还在作答"):
            seminar.do(kind, 5, **values)
    seminar.do("question_shown", 33, question="danxuan-2")  # the first one's time is up
    seminar.do("closed", 34)
    with pytest.raises(Refused, match="出过了"):
        seminar.do("question_shown", 35, question="danxuan-1")
    with pytest.raises(Refused, match="开始过"):
        seminar.do("round_started", 36, round=0)
    with pytest.raises(Refused, match="没有第 7 轮"):
        seminar.do("round_started", 36, round=6)


def test_a_skipped_question_may_come_again() -> None:
    seminar = asked(0, "danxuan-1")
    seminar.do("submitted", 1, by="r1", group=1, answer="A")
    seminar.do("skipped", 2)
    with pytest.raises(Refused, match="已经跳过"):
        seminar.do("skipped", 3)
    seminar.do("question_shown", 4, question="danxuan-1")
    assert seminar.answer(1) is None, "it is another asking"


def test_phases_follow_one_another() -> None:
    seminar = asked(0, "danxuan-1")
    for kind, values, said in (("resumed", {}, "没有暂停"), ("reopened", {"seconds": 5}, "正在作答"), ("revealed", {}, "还在作答")):  # fmt: skip
        with pytest.raises(Refused, match=said):
            seminar.do(kind, 1, **values)
    seminar.do("paused", 2)
    with pytest.raises(Refused, match="不能暂停"):
        seminar.do("paused", 3)
    seminar.do("closed", 4)
    for kind, values in (("closed", {}), ("extended", {"seconds": 5}), ("paused", {}), ("resumed", {})):
        with pytest.raises(Refused):
            seminar.do(kind, 5, **values)
    seminar.do("revealed", 6)
    assert seminar.asking.phase is Phase.REVEALED
    for kind, values in (("revealed", {}), ("reopened", {"seconds": 5})):
        with pytest.raises(Refused):
            seminar.do(kind, 7, **values)


@pytest.mark.parametrize(
    ("round_", "values", "by", "group", "said"),
    [
        (0, {"question": "danxuan-1"}, "j1", 1, "标准答案"),
        (2, {"question": "anli-1"}, "r1", 2, "由评委打分"),
        (4, {"groups": (1,)}, "j1", 1, "由别的组打分"),
        (4, {"groups": (1,)}, "r1", 1, "自己的组"),
        (4, {"groups": (1,)}, "nobody", 1, "还没有分组"),
        (4, {"groups": (1,)}, "r2", 2, "不由第 2 组"),
        (4, {"groups": (1,)}, "r2", 1, None),
        (5, {"question": "anli-2", "groups": (1, 2)}, "j1", 1, None),
        (5, {"question": "anli-2", "groups": (1, 2)}, "r3", 2, None),
        (2, {"question": "anli-1"}, "trainer", 2, None),
    ],
)
def test_who_marks_whom(
    round_: int, values: dict[str, object], by: str, group: int, said: str | None
) -> None:
    seminar = asked(round_, **values)  # type: ignore[arg-type]
    sheet = {"asking": seminar.asking.number, "group": group, "marks": MARKS}
    if said is None:
        seminar.do("scored", 1, by=by, **sheet)
        assert list(seminar.state.marks) == [(seminar.asking.number, group, by)]
        return
    with pytest.raises(Refused, match=said):
        seminar.do("scored", 1, by=by, **sheet)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"L": "45.01"}, "0 到 45"), ({"L": "-1"}, "0 到 45"), ({"L": "1.001"}, "两位小数"), ({"X": "1"}, "没有“X”"),
     ({"L": "NaN"}, None)],
)  # fmt: skip
def test_marks_stay_within_their_bounds(change: dict[str, str], said: str | None) -> None:
    seminar = asked(2, "anli-1")
    with pytest.raises(ValueError if said is None else Refused, match=said):  # noqa: PT011
        seminar.do("scored", 1, by="j1", asking=seminar.asking.number, group=1, marks={**MARKS, **change})


def test_members_comment_for_their_group_on_others() -> None:
    seminar = asked(4, groups=(1,))
    own = {**COMMENT, "speaker": "group"}
    seminar.do("commented", 1, by="r2", comment=own)
    for by, comment in (("r1", own), ("r2", COMMENT), ("nobody", own)):
        with pytest.raises(Refused, match="别的组"):
            seminar.do("commented", 2, by=by, comment=comment)
    for change, said in (({"group": 9}, "没有第 9 组"), ({"asking": 999}, "没有要点评的题")):
        with pytest.raises(Refused, match=said):
            seminar.do("commented", 2, comment={**COMMENT, **change})
    assert [remark.by for remark in seminar.state.comments.values()] == ["r2"]
