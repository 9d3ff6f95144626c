"""The kinds of rounds, what each needs, and whether a round has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kb.bank.question import Identifier
from kb.drill.criteria import DEFAULT_CRITERIA, Criterion
from kb.drill.person import Line

MOST_QUESTIONS = 60


class RoundKind(StrEnum):
    """How a round is played."""

    RACE = "race"
    ALL = "all"
    CASE = "case"
    LOTS = "lots"
    PEER = "peer"
    SHOWDOWN = "showdown"


class Answering(StrEnum):
    """Who answers a question."""

    FIRST = "first"
    """Whoever is first."""
    EVERY = "every"
    """All groups at once."""
    CHOSEN = "chosen"
    """The groups that are named when the question is shown."""


class Rating(StrEnum):
    """Whose marks count."""

    NOBODY = "nobody"
    """A key decides."""
    JUDGES = "judges"
    OTHERS = "others"
    """The members of other groups."""
    EVERYBODY = "everybody"
    """Judges, and the members of other groups."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What one kind of round needs."""

    label: str
    """As a user reads it."""
    answering: Answering
    rating: Rating
    least_questions: int
    types: frozenset[str]
    """Types of questions that suit it."""
    prepares: bool = False
    """Whether groups have time to prepare before they answer or present."""
    least_groups: int = 1
    """Groups that must answer each question."""


_KEYED = frozenset({"single", "multiple", "truefalse", "fill", "ordering"})
_WRITTEN = frozenset({"short", "case"})

NEEDS: Mapping[RoundKind, Needs] = MappingProxyType(
    {
        RoundKind.RACE: Needs("抢答", Answering.FIRST, Rating.NOBODY, 1, _KEYED),
        RoundKind.ALL: Needs("必答", Answering.EVERY, Rating.NOBODY, 1, _KEYED),
        RoundKind.CASE: Needs("案例研讨", Answering.EVERY, Rating.JUDGES, 1, _WRITTEN, prepares=True),
        RoundKind.LOTS: Needs("抽签答题", Answering.CHOSEN, Rating.JUDGES, 1, _KEYED | _WRITTEN),
        RoundKind.PEER: Needs("互评", Answering.CHOSEN, Rating.OTHERS, 0, _WRITTEN),
        RoundKind.SHOWDOWN: Needs(
            "赛马", Answering.CHOSEN, Rating.EVERYBODY, 0, _WRITTEN, prepares=True, least_groups=2
        ),
    }
)


class Round(BaseModel):
    """One round of a programme. Seconds of 0 mean that there is no such phase."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: RoundKind
    title: Annotated[Line, Field(max_length=40)] = ""
    questions: Annotated[tuple[Identifier, ...], Field(max_length=MOST_QUESTIONS)] = ()
    prepare_seconds: Annotated[int, Field(ge=0, le=3600)] = 0
    answer_seconds: Annotated[int, Field(ge=5, le=3600)] = 30
    points: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)] = Decimal(10)
    """What one question is worth."""
    criteria: Annotated[tuple[Criterion, ...], Field(max_length=20)] = DEFAULT_CRITERIA
    """What judges mark; of no account where a key decides."""

    @property
    def needs(self) -> Needs:
        """What its kind needs."""
        return NEEDS[self.kind]

    @property
    def name(self) -> str:
        """Its title, or its kind."""
        return self.title or self.needs.label


def default_round(kind: RoundKind, questions: Sequence[str] = ()) -> Round:
    """
    Make a round with the suggested times (seeds.md §7: 30 seconds a keyed question, a case 3 minutes to
    confer and 3 to present).
    """
    times = {"prepare_seconds": 180, "answer_seconds": 180} if kind in _LONG else {"answer_seconds": 30}
    return Round.model_validate({"kind": kind, "questions": tuple(questions), **times})


_LONG = (RoundKind.CASE, RoundKind.PEER, RoundKind.SHOWDOWN)


def round_problems(round_: Round, types: Mapping[str, str], groups: int | None = None) -> list[str]:
    """
    Check whether a round has what its kind needs.

    :param types: Id → type of every question that may be used.
    :param groups: How many groups there are, if that is known.
    :returns: Chinese lines without a final stop; none if all is well.
    """
    needs = round_.needs
    found = []
    if len(round_.questions) < needs.least_questions:
        found.append(f"{needs.label}至少要 {needs.least_questions} 道题")
    if needs.prepares and not round_.prepare_seconds:
        found.append(f"{needs.label}要有准备时间")
    if groups is not None and groups < needs.least_groups:
        found.append(f"{needs.label}至少要 {needs.least_groups} 组，现在只有 {groups} 组")
    if round_.kind is RoundKind.LOTS and groups is not None and 0 < len(round_.questions) < groups:
        found.append(f"抽签答题有 {len(round_.questions)} 道题，不够 {groups} 组各抽一道")
    if needs.rating is not Rating.NOBODY and not round_.criteria:
        found.append(f"{needs.label}要有评分项")
    if len({criterion.code for criterion in round_.criteria}) < len(round_.criteria):
        found.append("有两个评分项的代号相同")
    return found + _question_problems(round_, types)


def _question_problems(round_: Round, types: Mapping[str, str]) -> list[str]:
    found = []
    for question in dict.fromkeys(round_.questions):
        if round_.questions.count(question) > 1:
            found.append(f"题目 {question} 在这一轮里出现了两次")
        if question not in types:
            found.append(f"题库里没有题目 {question}，或已停用")
        elif types[question] not in round_.needs.types:
            found.append(f"题目 {question} 的题型不适合{round_.needs.label}")
    return found
