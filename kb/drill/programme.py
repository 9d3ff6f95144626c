"""The programme of a seminar: its rounds in order; checked, saved as JSON, used again."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.drill.person import Line
from kb.drill.rounds import Round, round_problems
from kb.errors import InputError

MOST_ROUNDS = 20
_MOST_JSON = 1024 * 1024


class Programme(BaseModel):
    """What is played, in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[Line, Field(min_length=1, max_length=60)]
    rounds: Annotated[tuple[Round, ...], Field(max_length=MOST_ROUNDS)] = ()
    may_repeat: bool = False
    """Whether questions that the series has used may be used again."""

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question, in order."""
        return tuple(question for round_ in self.rounds for question in round_.questions)


def programme_problems(
    programme: Programme,
    types: Mapping[str, str],
    used: Mapping[str, int] | None = None,
    groups: int | None = None,
) -> list[str]:
    """
    Check a programme before it is played.

    :param types: Id → type of every question that may be used.
    :param used: Question → number of the seminar of this series that used it; see `Series.used`.
    :param groups: How many groups there are, if that is known.
    :returns: Chinese lines, each naming the round; none if all is well.
    """
    if not programme.rounds:
        return ["还没有安排轮次，请至少加一轮"]
    found: list[str] = []
    first_in: dict[str, int] = {}
    for number, round_ in enumerate(programme.rounds, start=1):
        problems = round_problems(round_, types, groups)
        for question in dict.fromkeys(round_.questions):
            if first_in.setdefault(question, number) != number:
                problems.append(f"题目 {question} 在第 {first_in[question]} 轮已经有了")
            if used and question in used and not programme.may_repeat:
                problems.append(f"题目 {question} 第 {used[question]} 期用过，请换一道或允许重复")
        found += [f"第 {number} 轮（{round_.name}）：{problem}" for problem in problems]
    return found


def to_json(programme: Programme) -> str:
    """:returns: The programme as JSON that `from_json` reads back equal."""
    return programme.model_dump_json(indent=2)


def from_json(text: str, source: str = "") -> Programme:
    """
    Read a saved programme.

    :param source: Name of the file, for messages.
    :raises InputError: If it is no programme.
    """
    if len(text) > _MOST_JSON:
        raise InputError("议程文件太大", remedy="请选由本系统保存的议程", path=source or None)
    try:
        return Programme.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "开头"
        raise InputError(
            f"议程文件读不了（{where} 不合格式）", remedy="请选由本系统保存的议程", path=source or None
        ) from error
