"""The life of a question in the bank: draft, reviewed by another person, published, retired."""

from collections.abc import Mapping
from enum import StrEnum

from kb.errors import InputError

LONGEST_NAME = 40


class State(StrEnum):
    """How far a question has come; only published ones are put before people."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


class Action(StrEnum):
    """What is done to questions of the bank."""

    ADD = "add"
    REVISE = "revise"
    REVIEW = "review"
    PUBLISH = "publish"
    RETIRE = "retire"
    REOPEN = "reopen"
    USE = "use"


STATES = {
    State.DRAFT: "草稿",
    State.REVIEWED: "已审核",
    State.PUBLISHED: "已发布",
    State.RETIRED: "已停用",
}
ACTIONS = {
    Action.ADD: "录入",
    Action.REVISE: "修改",
    Action.REVIEW: "审核",
    Action.PUBLISH: "发布",
    Action.RETIRE: "停用",
    Action.REOPEN: "退回草稿",
    Action.USE: "使用",
}
MOVES: Mapping[Action, tuple[frozenset[State], State]] = {
    Action.REVIEW: (frozenset({State.DRAFT}), State.REVIEWED),
    Action.PUBLISH: (frozenset({State.REVIEWED}), State.PUBLISHED),
    Action.RETIRE: (frozenset({State.DRAFT, State.REVIEWED, State.PUBLISHED}), State.RETIRED),
    Action.REOPEN: (frozenset({State.REVIEWED, State.PUBLISHED, State.RETIRED}), State.DRAFT),
}
"""Action → the states in which it is possible, and the state it leads to."""


def moved(question: str, state: State, action: Action, author: str, actor: str) -> State:
    """
    Apply the rules of the review.

    :param question: Its id, for messages.
    :param author: Who wrote the version in question.
    :param actor: Who acts.
    :returns: The state that follows.
    :raises InputError: If `action` is not possible in `state`, or an author reviews their own version.
    """
    possible, following = MOVES[action]
    if state not in possible:
        wanted = "或".join(STATES[s] for s in State if s in possible)
        remedy = "请先由另一人审核" if (action, state) == (Action.PUBLISH, State.DRAFT) else ""
        raise InputError(f"{question} 是{STATES[state]}，{wanted}的题才能{ACTIONS[action]}", remedy=remedy)
    if action is Action.REVIEW and actor.casefold() == author.casefold():
        raise InputError(f"{question} 是 {author} 写的，不能由本人审核", remedy="请换一个人审核")
    return following


def person(name: str) -> str:
    """
    Tidy the name of whoever acts.

    :raises InputError: If it is empty or longer than `LONGEST_NAME`.
    """
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= LONGEST_NAME:
        raise InputError(f"姓名应有 1 到 {LONGEST_NAME} 个字", remedy="请写明是谁操作")
    return tidy
