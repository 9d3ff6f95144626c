"""Whether an answer is taken: by whom, of which question, and in time."""

from dataclasses import replace
from datetime import datetime

from kb.drill.events import Drafted, Part, Submitted
from kb.drill.rounds import Answering
from kb.drill.state import Asking, Phase, State, Written
from kb.errors import Refused


def draft(state: State, event: Drafted) -> State:
    """
    Keep a draft; until the right answer is shown, so that nothing written is lost to the clock.

    :raises Refused: If there is no question, the group does not answer it, or the author is of another group.
    """
    asking = _asked(state, event)
    if asking.phase in (Phase.REVEALED, Phase.SKIPPED):
        raise Refused("这道题已经结束，草稿没有保存")
    written = Written(event.answer, event.by, event.at, state.revision + 1)
    return replace(state, drafts={**state.drafts, (asking.number, event.group): written})


def submit(state: State, event: Submitted) -> State:
    """
    Take an answer in place of the group's answer before.

    The server's time of receipt decides. After the deadline there is a grace of network time; a pause or a closing
    by the trainer takes effect at once. The trainer may enter an answer for a group without a phone until the
    right answer is shown. In 抢答 one group answers: who comes after the first is refused.

    :raises Refused: If the answer is empty, late, out of turn, of another question or another group.
    """
    asking = _asked(state, event)
    if event.asking is not None and event.asking != asking.number:
        raise Refused("这是上一道题的答案，没有收下", remedy="请看屏幕上现在的题")
    if not event.answer.strip():
        raise Refused("答案是空的，没有提交", remedy="请先作答")
    _check_time(state, asking, event)
    if state.round_of(asking).needs.answering is Answering.FIRST:
        _check_race(state, asking, event)
    written = Written(event.answer, event.by, event.at, state.revision + 1)
    return replace(state, answers={**state.answers, (asking.number, event.group): written})


def _asked(state: State, event: Drafted | Submitted) -> Asking:
    """The asking that the author may answer for the group."""
    asking = state.asking
    if asking is None:
        raise Refused("现在没有要答的题")
    if event.part is Part.JUDGE:
        raise Refused("评委不答题")
    if event.part is Part.MEMBER and state.group_of(event.by) != event.group:
        raise Refused(f"你不在第 {event.group} 组，不能替这一组作答")
    if event.group not in asking.groups:
        raise Refused(f"这道题不由第 {event.group} 组回答")
    return asking


def _check_time(state: State, asking: Asking, event: Submitted) -> None:
    if asking.phase in (Phase.REVEALED, Phase.SKIPPED):
        raise Refused("这道题已经结束，答案没有收下")
    if event.part is Part.TRAINER:
        return
    if asking.clock.is_up(event.at, state.grace):
        deadline = asking.clock.deadline
        assert deadline is not None
        late = (event.at - deadline).total_seconds()
        raise Refused(f"时间已到，晚了 {late:.1f} 秒，答案没有收下", remedy="草稿还在，可请主持人延时")
    if _was_stopped(asking, event.at):
        if asking.phase is Phase.PAUSED:
            raise Refused("现在暂停，答案没有收下", remedy="请等主持人继续后再提交，草稿会保留")
        raise Refused("已经收题，答案没有收下", remedy="草稿还在，可请主持人重新开放")


def _was_stopped(asking: Asking, moment: datetime) -> bool:
    if asking.phase is Phase.OPEN:
        return False
    return asking.clock.stopped is None or moment > asking.clock.stopped


def _check_race(state: State, asking: Asking, event: Submitted) -> None:
    if event.group in asking.barred:
        raise Refused(f"第 {event.group} 组已经答过这道抢答题")
    winner = state.winner(asking)
    if winner is None:
        return
    if winner == event.group:
        raise Refused(f"第 {event.group} 组已经抢到，第一次的答案有效")
    if event.at >= state.answers[asking.number, winner].at:
        raise Refused(f"第 {winner} 组先抢到了")
