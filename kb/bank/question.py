"""The question types of the bank, with everything that can be checked about one question alone."""

import re
from collections.abc import Sequence
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from kb.references.reference import parse_reference

BLANK = "____"
"""How a fill-in stem writes one blank."""
LETTERS = "ABCDEFGH"
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, section 2.2), and so no spreadsheet either."""


def _checked_reference(text: str) -> str:
    try:
        parse_reference(text)
    except ValueError as error:
        raise ValueError(f"依据“{text}”写法不对，应写成 民法典第二百七十八条") from error
    return text


def _checked_text(text: str) -> str:
    if not text.strip():
        raise ValueError("只有空白的文字不算，请写内容")
    if _UNPRINTABLE.search(text):
        raise ValueError("文字里有看不见的控制字符，请重新录入这一段")
    return text


Text = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_checked_text)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
ReferenceText = Annotated[str, AfterValidator(_checked_reference)]
References = Annotated[list[ReferenceText], Field(min_length=1, max_length=12)]
Letter = Literal["A", "B", "C", "D", "E", "F", "G", "H"]
Department = Literal["党建办", "自治办", "司法所", "房办", "律师"]
Dimension = Literal["P", "L", "C", "D"]
"""Party leadership, law and procedure, work with people, follow-up and records."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Point(_Strict):
    """One scoring point of a written answer."""

    text: Text
    weight: Annotated[int, Field(ge=1, le=100)]
    dimension: Dimension
    refs: list[ReferenceText] = []
    accept: Annotated[list[Text], Field(min_length=1)]
    """Wordings that count as this point."""


class _Question(_Strict):
    id: Identifier
    topic: Text
    difficulty: Annotated[int, Field(ge=1, le=5)]
    region: Text
    department: Department
    status: Literal["draft", "active", "retired"]
    stem: Text
    explanation: Text
    refs: References


class Single(_Question):
    """One right option of four."""

    type: Literal["single"]
    options: Annotated[list[Text], Field(min_length=4, max_length=4)]
    answer: Letter

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_options(self.options, [self.answer])
        return self


class Multiple(_Question):
    """One or more right options of four to six."""

    type: Literal["multiple"]
    options: Annotated[list[Text], Field(min_length=4, max_length=6)]
    answer: Annotated[list[Letter], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_options(self.options, self.answer)
        return self


class TrueFalse(_Question):
    """A statement that holds or does not."""

    type: Literal["truefalse"]
    answer: bool


class Fill(_Question):
    """Blanks, each with the wordings that are accepted."""

    type: Literal["fill"]
    answer: Annotated[list[Annotated[list[Text], Field(min_length=1)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        blanks = len(re.findall(r"_{2,}", self.stem))
        if blanks != len(self.answer) or blanks != self.stem.count(BLANK):
            raise ValueError(f"题干有 {blanks} 个空（应写成 {BLANK}），答案却有 {len(self.answer)} 组")
        return self


class Ordering(_Question):
    """Steps to be put in order."""

    type: Literal["ordering"]
    options: Annotated[list[Text], Field(min_length=3, max_length=8)]
    answer: list[Letter]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_options(self.options, self.answer)
        if sorted(self.answer) != list(LETTERS[: len(self.options)]):
            raise ValueError("排序题的答案应把每个步骤各写一次")
        if self.answer == sorted(self.answer):
            raise ValueError("排序题的选项已按正确顺序排列，应打乱")
        return self


class Short(_Question):
    """A short answer with two to four scoring points."""

    type: Literal["short"]
    answer: Text
    points: Annotated[list[Point], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_weights(self.points)
        return self


class Case(_Question):
    """An analysis of a situation with four to six scoring points."""

    type: Literal["case"]
    answer: Text
    points: Annotated[list[Point], Field(min_length=4, max_length=6)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _check_weights(self.points)
        return self


Question: TypeAlias = Annotated[
    Single | Multiple | TrueFalse | Fill | Ordering | Short | Case, Field(discriminator="type")
]
QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
"""Validates one entry of a bank file, its topic included."""


def _check_options(options: Sequence[str], answer: Sequence[str]) -> None:
    if len({option.strip() for option in options}) < len(options):
        raise ValueError("有两个选项相同")
    beyond = [letter for letter in answer if letter not in LETTERS[: len(options)]]
    if beyond:
        raise ValueError(f"答案 {'、'.join(beyond)} 没有对应的选项（共 {len(options)} 个）")
    if len(set(answer)) < len(answer):
        raise ValueError("答案里有重复的字母")


def _check_weights(points: Sequence[Point]) -> None:
    total = sum(point.weight for point in points)
    if total != 100:
        raise ValueError(f"得分点的权重合计 {total}，应为 100")
