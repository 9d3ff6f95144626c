"""
The running seminar: a pure reducer over its append-only events.

``state = accept(state, event)`` either gives the next state or refuses with a Chinese reason; only accepted
events are stored, and `replay` makes the same state of them again, after a crash or on another device. An event
that changes nothing, because it repeats one (a double tap), gives back the very same state::

    after = accept(before, event)
    if after is not before:
        store(event)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from kb.drill import answering, hall, stage, verdicts
from kb.drill.events import (
    Closed,
    Commented,
    Drafted,
    Drawn,
    Ended,
    Event,
    Extended,
    Grouped,
    Joined,
    Merged,
    Opened,
    Part,
    Paused,
    QuestionShown,
    Reopened,
    Resumed,
    Revealed,
    RoundStarted,
    Scored,
    Skipped,
    Submitted,
    Swapped,
    Undone,
)
from kb.drill.state import State
from kb.drill.undoing import remember, undo
from kb.errors import Refused

_HANDLERS: Mapping[type, Callable[[State, Any], State]] = {
    Opened: hall.open_seminar,
    Joined: hall.join,
    Merged: hall.merge_people,
    Grouped: hall.group,
    Swapped: hall.swap,
    RoundStarted: stage.start_round,
    Drawn: stage.draw,
    QuestionShown: stage.show_question,
    Paused: stage.pause,
    Resumed: stage.resume,
    Extended: stage.extend,
    Closed: stage.close,
    Reopened: stage.reopen,
    Skipped: stage.skip,
    Revealed: stage.reveal,
    Ended: stage.end,
    Drafted: answering.draft,
    Submitted: answering.submit,
    Commented: verdicts.comment,
    Scored: verdicts.score,
}
_OPEN_TO: Mapping[Part, tuple[type, ...]] = {
    Part.MEMBER: (Joined, Drawn, Drafted, Submitted, Commented, Scored),
    Part.JUDGE: (Joined, Commented, Scored),
}


def accept(state: State, event: Event) -> State:
    """
    Apply one event.

    :returns: The next state; `state` itself if the event repeats an accepted one.
    :raises Refused: If it cannot happen now; nothing has changed then.
    """
    tap = (event.by, event.key)
    if event.key and tap in state.keys:
        return state
    if state.programme is None and not isinstance(event, Opened):
        raise Refused("这一场还没有开始", remedy="请等主持人开场")
    if event.part is not Part.TRAINER and not isinstance(event, _OPEN_TO[event.part]):
        raise Refused("只有主持人可以这样做")
    if state.ended and not isinstance(event, Undone):
        raise Refused("这一场已经结束", remedy="主持人可以撤销“结束”")
    after = undo(state, event.at) if isinstance(event, Undone) else _handled(state, event)
    keys = state.keys | {tap} if event.key else state.keys
    return replace(after, revision=state.revision + 1, keys=keys)


def _handled(state: State, event: Event) -> State:
    after = _HANDLERS[type(event)](state, event)
    if event.part is Part.TRAINER and not isinstance(event, Opened):
        return remember(state, after, event.kind, event.at)
    return after


def replay(events: Iterable[Event]) -> State:
    """
    Make the state again from the stored events.

    :raises Refused: If they are not what `accept` has accepted, in that order.
    """
    state = State()
    for event in events:
        state = accept(state, event)
    return state
