"""References in an answer, judged for the points."""

from typing import Any

import pytest

from kb.bank.citing import Fit, cited_for
from kb.bank.clauses import Span
from kb.bank.question import QUESTION
from kb.references.check import Checked
from kb.references.find import find_references
from kb.references.verdict import State, Verdict

NAMES = {"民法典": "民法典", "消防法": "消防法"}
COMMON = {
    "id": "q-huanjie-001", "topic": "换届", "difficulty": 2, "region": "上海", "department": "房办", "status": "active",
    "explanation": "因为", "refs": ["消防法第二条"], "type": "short", "answer": "范文", "stem": "题干",
}  # fmt: skip
POINTS = [
    {"text": "甲", "weight": 50, "dimension": "L", "accept": ["甲"], "refs": ["民法典第二百七十八条第二款"]},
    {"text": "乙", "weight": 50, "dimension": "L", "accept": ["乙"], "refs": ["消防法第二十八条"]},
]
QUESTION_ = QUESTION.validate_python({**COMMON, "points": POINTS})


def fits(number: int, answer: str, state: State = State.IN_FORCE, *shown: tuple[int, int]) -> list[Fit]:
    cited = [Checked(m, (Verdict(m.reference, state),)) for m in find_references(answer, NAMES)]
    found: Any = cited_for(QUESTION_, number, answer, [Span(*s) for s in shown], cited)
    return [citation.fit for citation in found]


@pytest.mark.parametrize(
    "ref", ["民法典第278条", "民法典第二百七十八条第二款", "民法典第二百七十七条至第二百八十条"]
)
def test_the_points_own_reference_is_right_wherever_it_stands(ref: str) -> None:
    assert fits(0, f"依据{ref}") == [Fit.RIGHT]
    assert fits(1, f"依据{ref}") == []


def test_another_paragraph_is_another_rule() -> None:
    assert fits(0, "甲，民法典第二百七十八条第一款", State.IN_FORCE, (0, 1)) == [Fit.WRONG]


def test_any_other_reference_belongs_to_the_words_in_its_sentence() -> None:
    answer = "甲，见民法典第九条。乙"
    assert fits(0, answer, State.IN_FORCE, (0, 1)) == [Fit.WRONG]
    assert fits(1, answer, State.IN_FORCE, (11, 12)) == []


def test_the_question_s_own_references_are_not_wrong() -> None:
    assert fits(0, "甲，见消防法第二条", State.IN_FORCE, (0, 1)) == []


def test_what_the_library_lacks_is_not_called_wrong() -> None:
    assert fits(0, "甲，见民法典第九条", State.OUTSIDE, (0, 1)) == [Fit.OUTSIDE]
    assert fits(0, "见民法典第二百七十八条", State.OUTSIDE) == [Fit.RIGHT]


@pytest.mark.parametrize("state", [State.REPEALED, State.NONEXISTENT])
def test_what_is_law_no_more_is_wrong_even_here(state: State) -> None:
    assert fits(0, "见民法典第二百七十八条", state) == [Fit.WRONG]
