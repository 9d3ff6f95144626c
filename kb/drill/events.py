"""
What happens in a running seminar, as the append-only list of events that is its only truth.

Every event has the time at which the server received it (UTC), its author, in which part the author acted, and a
key that makes a double tap one event. Events are plain data: `dump` and `load` carry them to and from JSON.
"""

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from kb.drill.commentary import Comment
from kb.drill.person import Person
from kb.drill.programme import Programme

LONGEST_ANSWER = 8_000
DEFAULT_GRACE_S = 2.0
MOST_GROUPS = 100


class Part(StrEnum):
    """In which part somebody acts."""

    TRAINER = "trainer"
    JUDGE = "judge"
    MEMBER = "member"


def _utc(moment: AwareDatetime) -> AwareDatetime:
    if moment.utcoffset() != timedelta(0):
        raise ValueError("时间应为 UTC")
    return moment


GroupNumber = Annotated[int, Field(ge=1, le=MOST_GROUPS)]
PersonId = Annotated[str, Field(min_length=1, max_length=64)]
Seconds = Annotated[int, Field(ge=1, le=3600)]
Answer = Annotated[str, Field(max_length=LONGEST_ANSWER)]


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Annotated[AwareDatetime, AfterValidator(_utc)]
    """When the server received it."""
    by: PersonId
    """Who did it."""
    part: Part = Part.TRAINER
    key: Annotated[str, Field(max_length=64)] = ""
    """The same for every repetition of one tap; of one author and key only the first event counts."""


class Opened(_Event):
    """The seminar begins."""

    kind: Literal["opened"] = "opened"
    programme: Programme
    series: Annotated[str, Field(max_length=60)] = ""
    grace_s: Annotated[float, Field(ge=0, le=30)] = DEFAULT_GRACE_S
    """Seconds of network time that an answer may arrive after the deadline."""


class Joined(_Event):
    """Somebody comes: from the roster, or by phone; after grouping a member is seated at once."""

    kind: Literal["joined"] = "joined"
    person: Person


class Merged(_Event):
    """Two entries turn out to be one person; whoever used the one that goes acts as the one that stays."""

    kind: Literal["merged"] = "merged"
    keep: PersonId
    drop: PersonId


class Grouped(_Event):
    """The members are put into groups."""

    kind: Literal["grouped"] = "grouped"
    seed: Annotated[str, Field(max_length=60)]
    groups: Annotated[tuple[tuple[PersonId, ...], ...], Field(min_length=1, max_length=MOST_GROUPS)]


class Swapped(_Event):
    """Two people change groups by hand."""

    kind: Literal["swapped"] = "swapped"
    first: PersonId
    second: PersonId


class RoundStarted(_Event):
    """A round of the programme begins."""

    kind: Literal["round_started"] = "round_started"
    round: Annotated[int, Field(ge=0)]
    """Its position in the programme, from 0."""


class Drawn(_Event):
    """A group draws a number in 抽签答题."""

    kind: Literal["drawn"] = "drawn"
    group: GroupNumber
    number: Annotated[int, Field(ge=1)]
    """Position of the question in the round, from 1."""


class QuestionShown(_Event):
    """
    A question is put and its clock starts, over the time to prepare (if there is any) and to answer together.

    Answers are taken in both: who is ready early may submit early.
    """

    kind: Literal["question_shown"] = "question_shown"
    question: Annotated[str, Field(max_length=80)] = ""
    """Empty in a round that does without questions."""
    groups: tuple[GroupNumber, ...] = ()
    """Who answers, in a round where that is chosen; otherwise empty."""


class Drafted(_Event):
    """A draft is kept; it never counts."""

    kind: Literal["drafted"] = "drafted"
    group: GroupNumber
    answer: Answer


class Submitted(_Event):
    """A group's answer; the last one in time counts."""

    kind: Literal["submitted"] = "submitted"
    group: GroupNumber
    answer: Answer
    asking: Annotated[int, Field(ge=1)] | None = None
    """The asking it was written for, so that a slow phone cannot answer the next question with it."""


class Paused(_Event):
    """The clock stops."""

    kind: Literal["paused"] = "paused"


class Resumed(_Event):
    """The clock goes on."""

    kind: Literal["resumed"] = "resumed"


class Extended(_Event):
    """More time for the current question."""

    kind: Literal["extended"] = "extended"
    seconds: Seconds


class Closed(_Event):
    """No more answers."""

    kind: Literal["closed"] = "closed"


class Reopened(_Event):
    """Answers are taken once more; in 抢答 by the groups that have not had their turn."""

    kind: Literal["reopened"] = "reopened"
    seconds: Seconds


class Skipped(_Event):
    """The current question does not count."""

    kind: Literal["skipped"] = "skipped"


class Revealed(_Event):
    """The right answer is shown."""

    kind: Literal["revealed"] = "revealed"


class Undone(_Event):
    """The trainer's last action is taken back."""

    kind: Literal["undone"] = "undone"


class Commented(_Event):
    """Somebody comments."""

    kind: Literal["commented"] = "commented"
    comment: Comment


class Scored(_Event):
    """Somebody marks a group's answer; a second sheet takes the place of the first."""

    kind: Literal["scored"] = "scored"
    asking: Annotated[int, Field(ge=1)]
    group: GroupNumber
    marks: Annotated[dict[str, Decimal], Field(max_length=20)]


class Ended(_Event):
    """The seminar is over."""

    kind: Literal["ended"] = "ended"


Event: TypeAlias = Annotated[
    Opened | Joined | Merged | Grouped | Swapped | RoundStarted | Drawn | QuestionShown | Drafted | Submitted | Paused
    | Resumed | Extended | Closed | Reopened | Skipped | Revealed | Undone | Commented | Scored | Ended,
    Field(discriminator="kind"),
]  # fmt: skip
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def dump(event: Event) -> str:
    """:returns: The event as JSON."""
    return _EVENT.dump_json(event).decode()


def load(text: str) -> Event:
    """
    :returns: The event that `dump` wrote.
    :raises pydantic.ValidationError: If `text` is no event.
    """
    return _EVENT.validate_json(text)
