"""Who is in the hall and sits where: opening, joining, merging, grouping, swapping."""

from dataclasses import replace
from datetime import timedelta

from kb.drill.duplicates import merge
from kb.drill.events import Grouped, Joined, Merged, Opened, Part, Swapped
from kb.drill.groups import MOST_PEOPLE
from kb.drill.person import Role, members
from kb.drill.seating import seat
from kb.drill.state import MovedByHand, State
from kb.errors import Refused


def open_seminar(state: State, event: Opened) -> State:
    """
    Begin.

    :raises Refused: If it has begun, or the programme has no rounds.
    """
    if state.programme is not None:
        raise Refused("这一场已经开始了")
    if not event.programme.rounds:
        raise Refused("议程里没有轮次", remedy="请先安排至少一轮")
    grace = timedelta(seconds=event.grace_s)
    return replace(state, programme=event.programme, series=event.series, grace=grace)


def join(state: State, event: Joined) -> State:
    """
    Take somebody in; who is there already is brought up to date and stays in the same place.

    :raises Refused: If a member joins for somebody else or with another role, or the hall is full.
    """
    person = event.person
    known = state.people.get(person.id)
    if event.part is not Part.TRAINER:
        if event.by != person.id:
            raise Refused("只能为自己签到")
        if person.role is not (known.role if known else Role.MEMBER):
            raise Refused("角色由主持人设定", remedy="请按原来的角色签到，再请主持人改")
    if person.id in state.merged:
        raise Refused("这个签到已经并入同名的另一个", remedy="请刷新页面")
    if known is None and len(state.people) >= MOST_PEOPLE:
        raise Refused(f"已有 {MOST_PEOPLE} 人签到，满了")
    return seated(replace(state, people={**state.people, person.id: person}))


def seated(state: State) -> State:
    """
    Give everybody a seat who should have one, and nobody else.

    :returns: The state in which, once there are groups, every member has a seat: those without one as
        late-comers in the order in which they came.
    """
    wanted = [person for person in members(state.people.values()) if state.group_count]
    ids = {person.id for person in wanted}
    seats = {who: g for who, g in state.seats.items() if who in ids and g <= state.group_count}
    state = replace(state, seats=seats)
    for person in wanted:
        if person.id not in state.seats:
            chosen = seat(state.groups(), person).group
            state = replace(state, seats={**state.seats, person.id: chosen})
    return state


def merge_people(state: State, event: Merged) -> State:
    """
    Make one entry of two; the place of the one that stays is kept.

    :raises Refused: If one of them is not there.
    """
    if event.keep == event.drop or not {event.keep, event.drop} <= state.people.keys():
        raise Refused("名单里没有要合并的两个人", remedy="请刷新名单后再选")
    people = {person.id: person for person in merge(list(state.people.values()), event.keep, event.drop)}
    return seated(replace(state, people=people, merged={**state.merged, event.drop: event.keep}))


def group(state: State, event: Grouped) -> State:
    """
    Put all members into groups; anew as long as nothing has been asked.

    :raises Refused: If a question has been shown, a group is empty, or the groups are not exactly the members.
    """
    if state.askings:
        raise Refused("已经开始答题，不能重新分组", remedy="可以手动调换两个人")
    placed = [person for group in event.groups for person in group]
    wanted = {person.id for person in members(state.people.values())}
    if len(set(placed)) < len(placed):
        raise Refused("有人被分进了两个组", remedy="请重新抽签分组")
    if set(placed) != wanted:
        raise Refused("分组和签到的学员对不上", remedy="请按现在的名单重新抽签分组")
    if not all(event.groups):
        raise Refused("有的组没有人", remedy="请减少组数")
    seats = {who: number for number, group in enumerate(event.groups, start=1) for who in group}
    return replace(state, seed=event.seed, group_count=len(event.groups), seats=seats, moved={})


def swap(state: State, event: Swapped) -> State:
    """
    Let two people change groups, and remember that it was by hand.

    :raises Refused: If one of them has no group, or they share one.
    """
    first, second = state.seats.get(event.first), state.seats.get(event.second)
    if first is None or second is None:
        raise Refused("有人还没有分组，不能调换")
    if first == second:
        raise Refused("两个人在同一组，不用调换")
    by_hand = {
        event.first: MovedByHand(first, event.by, event.at),
        event.second: MovedByHand(second, event.by, event.at),
    }
    seats = {**state.seats, event.first: second, event.second: first}
    return replace(state, seats=seats, moved={**state.moved, **by_hand})
