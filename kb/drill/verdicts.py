"""What is said of an answer: comments and marks."""

from dataclasses import replace

from kb.drill.commentary import Speaker
from kb.drill.criteria import mark_problems
from kb.drill.events import Commented, Part, Scored
from kb.drill.rounds import Rating, Round
from kb.drill.state import Phase, Remark, State
from kb.errors import Refused

MOST_COMMENTS = 2_000


def comment(state: State, event: Commented) -> State:
    """
    Keep a comment; members speak for their group about another one.

    :raises Refused: If the asking or the group is unknown, or a member speaks as somebody else.
    """
    said = event.comment
    if said.asking is not None and said.asking not in state.askings:
        raise Refused("没有要点评的题", remedy="请刷新页面")
    if said.group is not None and said.group > state.group_count:
        raise Refused(f"没有第 {said.group} 组")
    if event.part is Part.MEMBER:
        own = state.group_of(event.by)
        if said.speaker is not Speaker.GROUP or own is None or own == said.group:
            raise Refused("学员只能代表本组点评别的组")
    if len(state.comments) >= MOST_COMMENTS:
        raise Refused(f"点评已有 {MOST_COMMENTS} 条，不能再加")
    remark = Remark(said, event.by, event.at)
    return replace(state, comments={**state.comments, state.revision + 1: remark})


def score(state: State, event: Scored) -> State:
    """
    Keep one sheet of marks, in place of the author's sheet before.

    :raises Refused: If the asking is unknown or skipped, the group did not answer it, the author may not mark it,
        or the sheet is incomplete or out of bounds.
    """
    asking = state.askings.get(event.asking)
    if asking is None or asking.phase is Phase.SKIPPED:
        raise Refused("没有要评分的题，或已跳过", remedy="请刷新页面")
    round_ = state.round_of(asking)
    if event.group not in asking.groups:
        raise Refused(f"这道题不由第 {event.group} 组回答")
    _check_rater(state, event, round_)
    problems = mark_problems(event.marks, round_.criteria)
    if problems:
        raise Refused(problems[0], remedy="请补全或改正后再提交")
    key = (asking.number, event.group, event.by)
    return replace(state, marks={**state.marks, key: dict(event.marks)})


def _check_rater(state: State, event: Scored, round_: Round) -> None:
    rating = round_.needs.rating
    if rating is Rating.NOBODY:
        raise Refused(f"{round_.needs.label}按标准答案判分，不用打分")
    if event.part is Part.MEMBER:
        if rating not in (Rating.OTHERS, Rating.EVERYBODY):
            raise Refused(f"{round_.needs.label}由评委打分")
        own = state.group_of(event.by)
        if own is None or own == event.group:
            raise Refused("不能给自己的组打分" if own else "还没有分组，不能打分")
    if event.part is Part.JUDGE and rating is Rating.OTHERS:
        raise Refused(f"{round_.needs.label}由别的组打分")
