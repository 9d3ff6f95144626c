"""Entries of YAML files, validated, each with the place it came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from kb.errors import InputError
from kb.marked_yaml import Marked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A validated entry, its file and its place there."""

    value: T
    path: str
    marked: Marked

    @property
    def line(self) -> int:
        """1-based line where the entry begins."""
        return self.marked.line

    def line_of(self, *location: object) -> int:
        """:returns: The 1-based line of one of its values (``line_of("refs", 0)``)."""
        return self.marked.line_of(location)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """The valid entries of a file, and what is wrong with the others."""

    entries: tuple[Placed[T], ...] = ()
    problems: tuple[InputError, ...] = ()


def validated(
    model: TypeAdapter[T], entries: Iterable[Marked], path: str, added: Mapping[str, Any] | None = None
) -> Loaded[T]:
    """
    Validate entries one by one.

    :param model: What each must be.
    :param added: Values that the file states once for all its entries.
    :returns: Every valid entry, and one problem per mistake in the others, with the mistake's line.
    """
    good: list[Placed[T]] = []
    problems: list[InputError] = []
    for entry in entries:
        if not isinstance(entry.value, dict):
            problems.append(
                InputError("这一项应是“键: 值”", remedy="请按样例书写", path=path, line=entry.line)
            )
            continue
        try:
            value = model.validate_python({**entry.value, **(added or {})})
        except ValidationError as error:
            found = [_explained(detail, entry, path) for detail in error.errors()]
            problems += sorted(found, key=lambda problem: problem.line or 0)
        else:
            good.append(Placed(value, path, entry))
    return Loaded(tuple(good), tuple(problems))


def _explained(detail: Any, entry: Marked, path: str) -> InputError:
    # A discriminated union puts the chosen type's tag into the location, which the file does not have.
    location = [step for step in detail["loc"] if step != entry.value.get("type") or step == "type"]
    name = str(entry.value.get("id") or entry.value.get("term") or entry.value.get("name") or "")
    problem, remedy = in_chinese(detail, ".".join(map(str, location)))
    label = f"{name} " if name else ""
    return InputError(label + problem, remedy=remedy, path=path, line=entry.line_of(location))


def in_chinese(detail: Any, where: str) -> tuple[str, str]:
    """
    Explain one of pydantic's error details.

    :param where: The field, as the user knows it.
    :returns: What is wrong, and the remedy or nothing.
    """
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"]), ""
    if kind == "missing":
        return f"缺少“{where}”", "请补上"
    if kind == "extra_forbidden":
        return f"不认识的键“{where}”", "请检查拼写"
    if kind in ("literal_error", "union_tag_invalid", "enum"):
        expected = str(context.get("expected") or context.get("expected_tags")).replace(" or ", ", ")
        field = where or str(context.get("discriminator", "")).strip("'")
        return f"“{field}”的值不对", f"可用的有 {expected.replace(', ', '、')}"
    if kind == "union_tag_not_found":
        return "缺少“type”", "请写明题型"
    if kind.startswith(("string_", "too_", "greater_", "less_")):
        return f"“{where}”{_BOUNDS.get(kind, '的值不合要求')}{_limit(context)}", _REMEDIES.get(kind, "")
    return f"“{where}”的值不合要求", "请按样例书写，日期以外的数字若是文字要加引号"


def _limit(context: Mapping[str, Any]) -> str:
    names: Sequence[str] = ("min_length", "max_length", "ge", "le", "pattern")
    return next((f"（{context[name]}）" for name in names if name in context), "")


_BOUNDS = {
    "string_type": "应是文字",
    "string_too_short": "太短，至少要有这么多字",
    "string_too_long": "太长，最多这么多字",
    "string_pattern_mismatch": "写法不对",
    "too_short": "项数太少，至少要有",
    "too_long": "项数太多，最多",
    "greater_than_equal": "太小，最小",
    "less_than_equal": "太大，最大",
}
_REMEDIES = {"string_type": "数字、是、否等要加引号", "string_pattern_mismatch": "请用小写拼音、数字和连字符"}
