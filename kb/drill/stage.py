"""What is on the stage: rounds, drawn numbers, questions, and their clocks."""

from dataclasses import replace
from datetime import datetime, timedelta

from kb.drill.clock import Clock
from kb.drill.events import (
    Closed,
    Drawn,
    Ended,
    Extended,
    Part,
    Paused,
    QuestionShown,
    Reopened,
    Resumed,
    Revealed,
    RoundStarted,
    Skipped,
)
from kb.drill.rounds import Answering, Round, RoundKind
from kb.drill.state import Asking, Phase, State
from kb.errors import Refused

_RUNNING = (Phase.OPEN, Phase.PAUSED)


def start_round(state: State, event: RoundStarted) -> State:
    """
    Begin a round.

    :raises Refused: If there is no such round, it has been played, or a question is being answered.
    """
    assert state.programme is not None
    if event.round >= len(state.programme.rounds):
        raise Refused(f"议程里没有第 {event.round + 1} 轮")
    if event.round in state.started:
        raise Refused(f"第 {event.round + 1} 轮已经开始过")
    _check_stage_is_free(state, event.at)
    return replace(state, started=(*state.started, event.round), current=None)


def draw(state: State, event: Drawn) -> State:
    """
    Note the number that a group draws; numbers drawn do not return.

    :raises Refused: If numbers are not drawn now, this one is gone, or the group still has one to answer.
    """
    round_ = state.round
    if round_ is None or round_.kind is not RoundKind.LOTS:
        raise Refused("现在不是抽签答题")
    if event.part is Part.MEMBER and state.group_of(event.by) != event.group:
        raise Refused(f"你不在第 {event.group} 组，不能替这一组抽签")
    _check_groups(state, (event.group,))
    if event.number > len(round_.questions):
        raise Refused(f"只有 1 到 {len(round_.questions)} 号签")
    at = state.started[-1]
    if (at, event.number) in state.drawn:
        raise Refused(f"{event.number} 号签已被第 {state.drawn[at, event.number]} 组抽走")
    for (round_at, number), group in state.drawn.items():
        if (round_at, group) == (at, event.group) and not _was_asked(state, round_.questions[number - 1]):
            raise Refused(f"第 {group} 组抽到的 {number} 号题还没有答")
    return replace(state, drawn={**state.drawn, (at, event.number): event.group})


def show_question(state: State, event: QuestionShown) -> State:
    """
    Put a question; its clock starts.

    :raises Refused: If no round has begun, a question is being answered, this one is not in the round or was
        asked before, or the groups are not those who should answer.
    """
    round_ = state.round
    if round_ is None:
        raise Refused("还没有开始任何一轮", remedy="请先开始一轮")
    if not state.group_count:
        raise Refused("还没有分组", remedy="请先分组")
    _check_stage_is_free(state, event.at)
    if event.question not in round_.questions and (event.question or round_.needs.least_questions):
        raise Refused("这道题不在这一轮里")
    if event.question and _was_asked(state, event.question):
        raise Refused("这道题已经出过了", remedy="请换一道")
    asking = Asking(
        number=state.revision + 1,
        round=state.started[-1],
        question=event.question,
        groups=_answering(state, round_, event),
        clock=Clock(timedelta(seconds=round_.prepare_seconds + round_.answer_seconds), event.at),
        shown=event.at,
    )
    return replace(state, current=asking.number, askings={**state.askings, asking.number: asking})


def _answering(state: State, round_: Round, event: QuestionShown) -> tuple[int, ...]:
    """The groups that answer."""
    needs = round_.needs
    if needs.answering is not Answering.CHOSEN:
        if event.groups:
            raise Refused(f"{needs.label}由全部组回答，不用选组")
        return tuple(range(1, state.group_count + 1))
    groups = tuple(dict.fromkeys(event.groups))
    _check_groups(state, groups)
    if len(groups) < needs.least_groups:
        raise Refused(f"{needs.label}至少要选 {needs.least_groups} 组")
    if round_.kind is RoundKind.LOTS:
        number = round_.questions.index(event.question) + 1
        if groups != (state.drawn.get((state.started[-1], number)),):
            raise Refused(f"{number} 号题应由抽到它的组回答", remedy="请先抽签")
    return groups


def pause(state: State, event: Paused) -> State:
    """
    Stop the clock.

    :raises Refused: If it does not run.
    """
    asking = _current(state)
    if asking.phase is not Phase.OPEN or state.is_over(asking, event.at):
        raise Refused("现在没有在计时，不能暂停")
    return _with(state, replace(asking, phase=Phase.PAUSED, clock=asking.clock.stop(event.at)))


def resume(state: State, event: Resumed) -> State:
    """
    Let the clock go on with what was left.

    :raises Refused: If it is not paused.
    """
    asking = _current(state)
    if asking.phase is not Phase.PAUSED:
        raise Refused("没有暂停，不用继续")
    return _with(state, replace(asking, phase=Phase.OPEN, clock=asking.clock.start(event.at)))


def extend(state: State, event: Extended) -> State:
    """
    Give more time, also after time was up.

    :raises Refused: If the question is closed.
    """
    asking = _current(state)
    if asking.phase not in _RUNNING:
        raise Refused("已经收题，不能延时", remedy="请用“重新开放”")
    return _with(state, replace(asking, clock=asking.clock.extend(event.seconds, event.at)))


def close(state: State, event: Closed) -> State:
    """
    Take no more answers.

    :raises Refused: If the question is closed already.
    """
    asking = _current(state)
    if asking.phase not in _RUNNING:
        raise Refused("已经收题了")
    return _with(state, replace(asking, phase=Phase.CLOSED, clock=_stopped(state, asking, event.at)))


def reopen(state: State, event: Reopened) -> State:
    """
    Take answers again; in 抢答 without the group whose turn it was.

    :raises Refused: If answers are being taken, or the right answer has been shown.
    """
    asking = _current(state)
    if asking.phase in (Phase.REVEALED, Phase.SKIPPED):
        raise Refused("答案已公布或题已跳过，不能重新开放", remedy="可以先撤销")
    if not state.is_over(asking, event.at):
        raise Refused("正在作答，不用重新开放", remedy="要加时间请用“延时”")
    winner = state.winner(asking)
    barred = asking.barred if winner is None else (*asking.barred, winner)
    if set(barred) >= set(asking.groups):
        raise Refused("各组都答过了", remedy="请公布答案或跳过")
    clock = Clock(timedelta(seconds=event.seconds), event.at)
    return _with(state, replace(asking, phase=Phase.OPEN, clock=clock, barred=barred))


def skip(state: State, event: Skipped) -> State:
    """
    Let the question not count; what was answered is kept in the log.

    :raises Refused: If it is skipped already.
    """
    asking = _current(state)
    if asking.phase is Phase.SKIPPED:
        raise Refused("这道题已经跳过")
    return _with(state, replace(asking, phase=Phase.SKIPPED, clock=_stopped(state, asking, event.at)))


def reveal(state: State, event: Revealed) -> State:
    """
    Show the right answer.

    :raises Refused: If answers are still being taken, or the question is skipped or revealed.
    """
    asking = _current(state)
    if asking.phase in (Phase.REVEALED, Phase.SKIPPED):
        raise Refused("答案已公布或题已跳过")
    if not state.is_over(asking, event.at):
        raise Refused("还在作答，不能公布答案", remedy="请先收题")
    return _with(state, replace(asking, phase=Phase.REVEALED, clock=_stopped(state, asking, event.at)))


def end(state: State, event: Ended) -> State:
    """
    Finish.

    :raises Refused: If a question is being answered.
    """
    _check_stage_is_free(state, event.at)
    return replace(state, ended=True)


def _current(state: State) -> Asking:
    if state.asking is None:
        raise Refused("现在没有题", remedy="请先出题")
    return state.asking


def _with(state: State, asking: Asking) -> State:
    return replace(state, askings={**state.askings, asking.number: asking})


def _stopped(state: State, asking: Asking, moment: datetime) -> Clock:
    """The clock stopped at `moment`, or when its grace ended: what came between was late and stays so."""
    deadline = asking.clock.deadline
    return asking.clock.stop(moment if deadline is None else min(moment, deadline + state.grace))


def _check_stage_is_free(state: State, moment: datetime) -> None:
    asking = state.asking
    if asking is not None and not state.is_over(asking, moment):
        raise Refused("上一道题还在作答", remedy="请先收题或跳过")


def _check_groups(state: State, groups: tuple[int, ...]) -> None:
    for group in groups:
        if group > state.group_count:
            raise Refused(f"没有第 {group} 组")


def _was_asked(state: State, question: str) -> bool:
    return any(a.question == question and a.phase is not Phase.SKIPPED for a in state.askings.values())
