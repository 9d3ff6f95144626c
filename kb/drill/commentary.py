"""Impromptu comments (即兴点评): who says what about which group's answer, and which provisions it names."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kb.drill.person import Line, tidy
from kb.references.find import find_references

LONGEST_COMMENT = 1_000
_MOST_REFERENCES = 20


class Speaker(StrEnum):
    """Who comments."""

    LEADER = "leader"
    DEPARTMENT = "department"
    LAWYER = "lawyer"
    GROUP = "group"


class CommentKind(StrEnum):
    """What a comment does."""

    PRAISE = "praise"
    CORRECTION = "correction"
    ADDITION = "addition"


SPEAKERS: Mapping[Speaker, str] = {
    Speaker.LEADER: "领导",
    Speaker.DEPARTMENT: "部门",
    Speaker.LAWYER: "律师",
    Speaker.GROUP: "兄弟组",
}
KINDS: Mapping[CommentKind, str] = {
    CommentKind.PRAISE: "肯定",
    CommentKind.CORRECTION: "纠正",
    CommentKind.ADDITION: "补充",
}


def _lines(text: str) -> str:
    return "\n".join(line for line in map(tidy, text.splitlines()) if line)


class Comment(BaseModel):
    """One comment on one group's answer to one question, or on all groups'."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    speaker: Speaker
    name: Annotated[Line, Field(max_length=40)] = ""
    """Who it was: 司法所, 第 2 组; empty if only the kind of speaker was noted."""
    kind: CommentKind
    text: Annotated[str, Field(max_length=4 * LONGEST_COMMENT), AfterValidator(_lines),
                    Field(min_length=1, max_length=LONGEST_COMMENT)]  # fmt: skip
    group: Annotated[int, Field(ge=1)] | None = None
    """The group commented on; ``None`` means all."""
    asking: Annotated[int, Field(ge=1)] | None = None
    """Number of the asking (see `kb.drill.state`) commented on; ``None`` means the whole round or seminar."""


def named_references(comment: Comment, names: Mapping[str, str]) -> tuple[str, ...]:
    """
    Find the provisions that a comment names.

    :param names: Spellings of laws, as `kb.references.find.find_references` takes them.
    :returns: Canonical references in order, each once, 20 at most. Whether they are good law is for
        `kb.references.check` to say.
    """
    found = dict.fromkeys(str(mention.reference) for mention in find_references(comment.text, names))
    return tuple(found)[:_MOST_REFERENCES]
