"""What a file of questions gave: valid questions with their places, and every mistake with its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from kb.bank.names import NATIONWIDE, TYPES
from kb.bank.question import QUESTION, Multiple, Question
from kb.placed import in_chinese

MOST_BYTES = 10 * 1024 * 1024
MOST_QUESTIONS = 5_000

FIELDS = {
    "id": "编号", "type": "题型", "topic": "主题", "difficulty": "难度", "region": "地区",
    "department": "供题部门", "stem": "题干", "options": "选项", "answer": "答案", "explanation": "解析",
    "refs": "依据", "points": "得分点",
}  # fmt: skip
"""Fields of a question as the formats, and their error reports, call them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake."""

    place: int
    """1-based row of a sheet, line of a GIFT file, or number of a question in a Moodle file."""
    column: str
    """Letter and name of the column, or name of the field; empty where it concerns the whole."""
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as a file has it, before it is checked."""

    place: int
    values: Mapping[str, Any]
    """Fields of `Question`; what the file does not say is missing."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a file."""

    questions: tuple[tuple[int, Question], ...] = ()
    """Place and question, in the order of the file; all of them drafts."""
    problems: tuple[Problem, ...] = ()
    """In the order of their places."""
    unnamed: frozenset[int] = frozenset()
    """Places of questions without an id, which have a provisional one (`PROVISIONAL`)."""
    unit: str = field(default="题", kw_only=True)
    """What a place counts: 行 or 题."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is taken where a file does not say, as files of other programs do not."""

    topic: str | None = None
    difficulty: int | None = None
    department: str | None = None
    region: str | None = NATIONWIDE


PROVISIONAL = "new-"


def checked(drafts: list[Draft], problems: list[Problem], defaults: Defaults, unit: str) -> Read:
    """
    Validate what a file holds.

    :param problems: Mistakes that were found already; a draft at one of their places is not checked.
    :returns: The valid questions, and the problems of the others.
    """
    given = {name: v for name in ("topic", "difficulty", "department", "region") if (v := getattr(defaults, name)) is not None}  # fmt: skip
    found, good = list(problems), []
    broken, unnamed = {problem.place for problem in problems}, set()
    first: dict[str, int] = {}
    for draft in drafts:
        values = {**given, "id": f"{PROVISIONAL}{draft.place}", **draft.values, "status": "draft"}
        if "id" not in draft.values:
            unnamed.add(draft.place)
        if draft.place in broken:
            continue
        earlier = first.setdefault(str(values["id"]), draft.place)
        if earlier != draft.place:
            found.append(Problem(draft.place, FIELDS["id"], f"编号与第 {earlier} {unit}相同，请换一个"))
            continue
        try:
            good.append((draft.place, QUESTION.validate_python(values)))
        except ValidationError as error:
            found += _explained(error, draft, str(values.get("type")))
    found.sort(key=lambda problem: problem.place)
    return Read(tuple(good), tuple(found), frozenset(unnamed), unit=unit)


def _explained(error: ValidationError, draft: Draft, kind: str) -> list[Problem]:
    found = []
    for detail in error.errors():
        path = [step for step in detail["loc"] if step != kind or step == "type"]
        if detail["type"].startswith("union_tag"):
            path = ["type"]
        name = FIELDS.get(str(path[0]), str(path[0])) if path else ""
        inner = [str(step + 1) if isinstance(step, int) else _INNER.get(step, step) for step in path[1:]]
        if path and path[0] in ("options", "points") and len(path) > 1:
            name += inner.pop(0)
        rule = _rule(str(path[0]), kind) if path else None
        if rule is not None and detail["type"] not in ("missing", "value_error"):
            message = rule
        else:
            problem, remedy = in_chinese(detail, "".join([name, *inner]))
            message = problem + (f"；{remedy}" if remedy else "")
        found.append(Problem(draft.place, name, message))
    return list(dict.fromkeys(found))


def _rule(name: str, kind: str) -> str | None:
    """:returns: What a field must be, where that can be said better than pydantic does."""
    return _ANSWERS.get(kind) if name == "answer" else _RULES.get(name)


_RULES = {
    "type": f"题型应是 {'、'.join(TYPES.values())} 之一",
    "difficulty": "难度应是 1 到 5 的整数",
}
_ANSWERS = {
    "single": "答案应是一个选项的字母，如 B",
    "multiple": "答案应是几个选项的字母，如 ACD",
    "truefalse": "答案应是 对 或 错",
    "ordering": "答案应是按次序写出的全部字母，如 CABD",
}
_INNER = {"text": "要点", "weight": "权重", "dimension": "维度", "refs": "依据", "accept": "认可"}


def portable(question: Question) -> Question:
    """
    Bring a question into the form that every format keeps.

    Texts have no blanks around and their lines end with ``\\n``; right options stand in order; it is a draft.

    :returns: The question as it comes back from any of the formats.
    """
    plain = _tidied(question.model_dump())
    if isinstance(question, Multiple):
        plain["answer"].sort()
    valid: Question = QUESTION.validate_python({**plain, "status": "draft"})
    return valid


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    return {key: _tidied(item) for key, item in value.items()} if isinstance(value, dict) else value


def tidy(text: str) -> str:
    """:returns: `text` without blanks around it, its lines ended by ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def with_id(question: Question, identifier: str) -> Question:
    """:returns: The question under another id."""
    return question.model_copy(update={"id": identifier})
