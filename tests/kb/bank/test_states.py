import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bank.states import MOVES, Action, State, moved
from kb.errors import InputError


@given(
    st.sampled_from(State), st.sampled_from(sorted(MOVES)), st.sampled_from("甲乙"), st.sampled_from("甲乙")
)
def test_only_the_drawn_ways_exist_and_nobody_reviews_themselves(
    state: State, action: Action, author: str, actor: str
) -> None:
    possible, following = MOVES[action]
    if state in possible and not (action is Action.REVIEW and author == actor):
        assert moved("q", state, action, author, actor) is following
    else:
        with pytest.raises(InputError, match="^q 是"):
            moved("q", state, action, author, actor)


@given(st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.sampled_from("甲乙"))))
def test_nothing_is_published_that_no_other_person_reviewed(steps: list[tuple[Action, str]]) -> None:
    state, reviewer = State.DRAFT, None
    for action, actor in steps:
        try:
            state = moved("q", state, action, "甲", actor)
        except InputError:
            continue
        if action is Action.REVIEW:
            reviewer = actor
        if state is State.DRAFT:
            reviewer = None
        assert state is not State.PUBLISHED or reviewer == "乙"
