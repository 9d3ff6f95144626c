"""Somebody in the hall, and how the text that people type is tidied."""

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LONGEST_NAME = 20
LONGEST_UNIT = 40
MOST_YEARS = 60


class Role(StrEnum):
    """What a person does at a seminar; only members are put into groups."""

    MEMBER = "学员"
    TRAINER = "教员"
    JUDGE = "评委"
    LEADER = "领导"
    DEPARTMENT = "部门"
    LAWYER = "律师"
    GUEST = "嘉宾"


def tidy(text: str) -> str:
    """
    Make typed text fit for one line of a list.

    :returns: `text` without control characters and invisible marks (zero-width, direction), blanks
        narrowed to one; blanks between Chinese characters go (``王 芳`` is ``王芳``).
    """
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_visible(c))
    words = visible.split()
    joined = words[:1]
    for before, word in zip(words, words[1:], strict=False):
        gap = "" if _is_chinese(before[-1]) and _is_chinese(word[0]) else " "
        joined.append(gap + word)
    return "".join(joined)


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


Line = Annotated[str, AfterValidator(tidy)]


class Person(BaseModel):
    """One person on the roster of one seminar."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=64)]
    """Durable within a seminar; a roster that is read from a file numbers its rows ``r1``, ``r2``."""
    name: Annotated[Line, Field(min_length=1, max_length=LONGEST_NAME)]
    unit: Annotated[Line, Field(max_length=LONGEST_UNIT)] = ""
    """居民区 or whatever else colleagues share; empty if it was not given."""
    district: Annotated[Line, Field(max_length=LONGEST_UNIT)] = ""
    """街道 or 镇; empty if it was not given."""
    years: Annotated[Decimal, Field(ge=0, le=MOST_YEARS, decimal_places=1)] | None = None
    """Years in post, to a tenth; ``None`` if they were not given."""
    role: Role = Role.MEMBER

    def __str__(self) -> str:
        """:returns: ``王芳（东村居民区）``."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name


def members(people: Iterable[Person]) -> list[Person]:
    """:returns: The people who are put into groups, in order."""
    return [person for person in people if person.role is Role.MEMBER]
