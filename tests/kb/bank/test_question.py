"""What can be wrong with one question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.bank.question import QUESTION, Case, Fill, Multiple, Ordering, Short, Single, TrueFalse

COMMON = {
    "id": "q-huanjie-001", "topic": "换届", "difficulty": 2, "region": "上海", "department": "房办", "status": "active",
    "stem": "第一问____", "explanation": "因为", "refs": ["民法典第二百七十八条"],
}  # fmt: skip
OPTIONS = ["甲", "乙", "丙", "丁"]


def points(*weights: int) -> list[dict[str, Any]]:
    return [
        {"text": f"第{n}点", "weight": w, "dimension": "L", "accept": ["写到"]} for n, w in enumerate(weights)
    ]


def make(**fields: Any) -> Any:
    return QUESTION.validate_python(COMMON | fields)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Single, {"type": "single", "options": OPTIONS, "answer": "D"}),
        (Multiple, {"type": "multiple", "options": [*OPTIONS, "戊"], "answer": ["A", "E"]}),
        (TrueFalse, {"type": "truefalse", "answer": False}),
        (Fill, {"type": "fill", "answer": [["60日", "六十日"]]}),
        (Ordering, {"type": "ordering", "options": OPTIONS, "answer": ["C", "A", "B", "D"]}),
        (Short, {"type": "short", "answer": "范文", "points": points(60, 40)}),
        (Case, {"type": "case", "answer": "范文", "points": points(25, 25, 25, 25)}),
    ],
)
def test_every_type_is_read_as_itself(kind: type, fields: dict[str, Any]) -> None:
    assert isinstance(make(**fields), kind)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": "single", "options": OPTIONS, "answer": "E"}, "答案 E 没有对应的选项"),
        ({"type": "single", "options": ["甲", "甲", "丙", "丁"], "answer": "A"}, "有两个选项相同"),
        ({"type": "multiple", "options": OPTIONS, "answer": ["A", "A"]}, "重复的字母"),
        ({"type": "multiple", "options": OPTIONS, "answer": ["A", "F"]}, "答案 F 没有对应的选项"),
        ({"type": "fill", "answer": [["一"], ["二"]]}, "题干有 1 个空"),
        ({"type": "fill", "stem": "三个下划线___", "answer": [["一"]]}, "应写成 ____"),
        ({"type": "ordering", "options": OPTIONS, "answer": ["A", "B", "C"]}, "各写一次"),
        ({"type": "ordering", "options": OPTIONS, "answer": ["A", "B", "C", "D"]}, "应打乱"),
        ({"type": "short", "answer": "范文", "points": points(60, 30)}, "权重合计 90，应为 100"),
        ({"type": "truefalse", "answer": True, "refs": ["民法典278"]}, "依据“民法典278”写法不对"),
    ],
)
def test_contradictions_are_explained(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "single", "options": OPTIONS[:3], "answer": "A"},
        {"type": "single", "options": OPTIONS, "answer": ["A"]},
        {"type": "single", "options": [30, 15, 60, 90], "answer": "A"},
        {"type": "truefalse", "answer": "true"},
        {"type": "truefalse", "answer": True, "options": OPTIONS},
        {"type": "truefalse", "answer": True, "difficulty": 6},
        {"type": "truefalse", "answer": True, "refs": []},
        {"type": "truefalse", "answer": True, "id": "题一"},
        {"type": "case", "answer": "范文", "points": points(50, 50)},
        {"type": "short", "answer": "范文", "points": [{**point, "accept": []} for point in points(50, 50)]},
        {"type": "essay", "answer": "范文"},
    ],
)
def test_wrong_shapes_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make(**fields)


@given(st.lists(st.integers(1, 100), min_size=2, max_size=4))
def test_weights_are_accepted_exactly_when_they_sum_to_a_hundred(weights: list[int]) -> None:
    fields = {"type": "short", "answer": "范文", "points": points(*weights)}
    if sum(weights) == 100:
        assert [point.weight for point in make(**fields).points] == weights
    else:
        with pytest.raises(ValidationError, match="应为 100"):
            make(**fields)


@given(st.permutations("ABCD"))
def test_every_order_but_the_printed_one_is_a_question(order: list[str]) -> None:
    fields = {"type": "ordering", "options": OPTIONS, "answer": list(order)}
    if order == list("ABCD"):
        with pytest.raises(ValidationError, match="应打乱"):
            make(**fields)
    else:
        assert make(**fields).answer == order
