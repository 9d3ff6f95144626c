"""A series of seminars (第五期): what was held, and which questions it has used."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kb.bank.question import Identifier
from kb.drill.person import Line


class Held(BaseModel):
    """One seminar that was held."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: Annotated[int, Field(ge=1)]
    """第几期."""
    on: date
    title: Annotated[Line, Field(max_length=60)] = ""
    questions: tuple[Identifier, ...] = ()
    """Questions that were shown, whether or not they were answered."""


class Series(BaseModel):
    """Seminars that belong together, so that nobody meets a question twice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[Line, Field(min_length=1, max_length=60)]
    held: tuple[Held, ...] = ()

    @property
    def next_number(self) -> int:
        """The number of the next seminar."""
        return max((seminar.number for seminar in self.held), default=0) + 1

    def used(self) -> Mapping[str, int]:
        """:returns: Question → number of the seminar that used it last."""
        ordered = sorted(self.held, key=lambda seminar: seminar.number)
        return {question: seminar.number for seminar in ordered for question in seminar.questions}

    def unused(self, questions: Iterable[str]) -> list[str]:
        """:returns: Those that this series has not used, in order."""
        used = self.used()
        return [question for question in questions if question not in used]

    def with_held(self, on: date, questions: Iterable[str], title: str = "") -> "Series":
        """:returns: The series with one more seminar, under the next number."""
        seminar = Held(number=self.next_number, on=on, title=title, questions=tuple(dict.fromkeys(questions)))
        return self.model_copy(update={"held": (*self.held, seminar)})
