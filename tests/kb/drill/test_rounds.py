import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.drill.programme import Programme, from_json, programme_problems, to_json
from kb.drill.rounds import NEEDS, Round, RoundKind, default_round, round_problems
from kb.drill.series import Series
from kb.errors import InputError
from tests.kb.drill.samples import TYPES, make_programme


def test_every_kind_has_its_needs_and_a_label() -> None:
    assert [NEEDS[kind].label for kind in RoundKind] == [
        "抢答",
        "必答",
        "案例研讨",
        "抽签答题",
        "互评",
        "赛马",
    ]


@pytest.mark.parametrize(
    ("round_", "groups", "said"),
    [
        (default_round(RoundKind.ALL), None, "必答至少要 1 道题"),
        (
            default_round(RoundKind.CASE, ["anli-1"]).model_copy(update={"prepare_seconds": 0}),
            None,
            "准备时间",
        ),
        (default_round(RoundKind.SHOWDOWN, ["anli-1"]), 1, "赛马至少要 2 组，现在只有 1 组"),
        (default_round(RoundKind.LOTS, ["danxuan-1"]), 3, "抽签答题有 1 道题，不够 3 组各抽一道"),
        (default_round(RoundKind.CASE, ["anli-1"]).model_copy(update={"criteria": ()}), None, "要有评分项"),
        (default_round(RoundKind.ALL, ["danxuan-1", "danxuan-1"]), None, "出现了两次"),
        (default_round(RoundKind.ALL, ["meiyou"]), None, "题库里没有题目 meiyou"),
        (default_round(RoundKind.RACE, ["anli-1"]), None, "题目 anli-1 的题型不适合抢答"),
        (default_round(RoundKind.CASE, ["danxuan-1"]), None, "题型不适合案例研讨"),
    ],
)
def test_what_a_round_lacks_is_said(round_: Round, groups: int | None, said: str) -> None:
    assert any(said in problem for problem in round_problems(round_, TYPES, groups))


@pytest.mark.parametrize(
    ("kind", "questions"),
    [(RoundKind.ALL, ["danxuan-1"]), (RoundKind.CASE, ["anli-1"]), (RoundKind.PEER, []),
     (RoundKind.SHOWDOWN, []), (RoundKind.LOTS, ["danxuan-1", "anli-1"])],
)  # fmt: skip
def test_a_round_with_everything_has_no_problems(kind: RoundKind, questions: list[str]) -> None:
    assert round_problems(default_round(kind, questions), TYPES, groups=2) == []


def programme(*rounds: Round, may_repeat: bool = False) -> Programme:
    return Programme(title="议程", rounds=rounds, may_repeat=may_repeat)


def test_problems_of_a_programme_name_the_round() -> None:
    assert programme_problems(programme(), TYPES) == ["还没有安排轮次，请至少加一轮"]
    found = programme_problems(
        programme(
            default_round(RoundKind.ALL, ["danxuan-1"]),
            default_round(RoundKind.RACE, ["danxuan-1", "meiyou"]),
        ),
        TYPES,
    )
    assert found == [
        "第 2 轮（抢答）：题库里没有题目 meiyou，或已停用",
        "第 2 轮（抢答）：题目 danxuan-1 在第 1 轮已经有了",
    ]


def test_a_question_of_the_series_is_not_used_again_unless_allowed() -> None:
    series = Series(name="书记研讨班").with_held(date(2026, 1, 5), ["danxuan-1", "danxuan-1"])
    series = series.with_held(date(2026, 2, 5), ["anli-1"])
    assert (series.next_number, series.used()) == (3, {"danxuan-1": 1, "anli-1": 2})
    assert series.unused(["danxuan-2", "anli-1"]) == ["danxuan-2"]
    assert series.held[0].questions == ("danxuan-1",)
    rounds = (default_round(RoundKind.ALL, ["danxuan-1", "danxuan-2"]),)
    (problem,) = programme_problems(programme(*rounds), TYPES, series.used())
    assert "题目 danxuan-1 第 1 期用过" in problem
    assert programme_problems(programme(*rounds, may_repeat=True), TYPES, series.used()) == []
    assert Series.model_validate_json(series.model_dump_json()) == series


def test_a_programme_is_saved_and_read_back_equal() -> None:
    assert from_json(to_json(make_programme())) == make_programme()
    assert make_programme().questions[:3] == ("danxuan-1", "danxuan-2", "danxuan-3")


@given(st.text(max_size=50) | st.just("[" * 2000))
def test_anything_else_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError, match="议程文件读不了") as caught:
        from_json(text, "议程.json")
    assert "\n" not in str(caught.value)


def test_bounds_of_a_programme_are_kept_when_it_is_read() -> None:
    data = json.loads(to_json(make_programme()))
    data["rounds"][0]["answer_seconds"] = 0
    with pytest.raises(InputError, match="rounds.0.answer_seconds"):
        from_json(json.dumps(data))
    with pytest.raises(InputError, match="太大"):
        from_json(" " * 2_000_000)
