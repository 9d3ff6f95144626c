"""
Taking back the trainer's last action, without losing what others have done since.

Each action of the trainer leaves behind which fields and which entries of mappings it changed, and what they held
before and after. Undoing restores just these, and an entry only if nobody has changed it since: answers, drafts,
marks and people that came later stay. If the action had stopped a clock, what was left when it stopped is given
back in full: nobody loses time to a slip of the trainer. Members whom an undone grouping leaves without a place
are seated as late-comers.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from enum import Enum
from typing import Any

from kb.drill.hall import seated
from kb.drill.state import Asking, State, Taken
from kb.errors import Refused

MOST_TAKEN = 50
_OWN = frozenset({"revision", "keys", "taken"})


class Missing(Enum):
    """Stands for an entry that was not there."""

    MISSING = "missing"


MISSING = Missing.MISSING


def remember(before: State, after: State, kind: str, at: datetime) -> State:
    """:returns: `after`, which can be taken back to `before`."""
    changed: dict[str, object] = {}
    entries: dict[str, dict[object, tuple[object, object]]] = {}
    for entry in fields(State):
        old, new = getattr(before, entry.name), getattr(after, entry.name)
        if entry.name in _OWN or old is new:
            continue
        if isinstance(old, Mapping):
            both = {key: (old.get(key, MISSING), new.get(key, MISSING)) for key in {**old, **new}}
            entries[entry.name] = {key: (was, is_) for key, (was, is_) in both.items() if was != is_}
        else:
            changed[entry.name] = old
    taken = (*before.taken, Taken(kind, at, changed, entries))[-MOST_TAKEN:]
    return replace(after, taken=taken)


def undo(state: State, at: datetime) -> State:
    """
    Take back the last action.

    :raises Refused: If there is none.
    """
    if not state.taken:
        raise Refused("没有可以撤销的操作")
    last = state.taken[-1]
    changes: dict[str, Any] = dict(last.fields)
    for name, entries in last.entries.items():
        changes[name] = _restored(getattr(state, name), entries, others_write=name != "askings")
    changes["taken"] = state.taken[:-1]
    restored = replace(state, **changes)
    askings = _with_time_given_back(state, restored, last, at)
    return seated(replace(restored, askings=askings))


def _restored(
    now: Mapping[object, object], entries: Mapping[object, tuple[object, object]], *, others_write: bool
) -> dict[object, object]:
    """Put entries back, in their places, so that the order of those that stay is kept."""
    back = {
        key: was
        for key, (was, after) in entries.items()
        if not others_write or now.get(key, MISSING) == after
    }
    return {key: value for key, value in {**now, **back}.items() if value is not MISSING}


def _with_time_given_back(now: State, restored: State, last: Taken, at: datetime) -> Mapping[int, Asking]:
    askings = dict(restored.askings)
    for number in last.entries.get("askings", {}):
        before, after = now.askings.get(number), askings.get(number)  # type: ignore[call-overload]
        if before is None or after is None or before.clock.since is not None or after.clock.since is None:
            continue
        clock = after.clock.stop(last.at).start(at)
        askings[after.number] = replace(after, clock=clock)
    return askings
