"""The ``---`` block at the top of a Markdown file: what the file says of itself."""

import re
import reprlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kb.documents import Kind, Level, Origin
from kb.errors import InvalidFrontMatter

LONGEST = 16_384
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")


def _to_date(value: Any) -> Any:
    """Read YYYY, YYYY-MM or YYYY-MM-DD; the first day of a year or month stands for it."""
    match = _PARTIAL_DATE.match(str(value))
    if match is None:
        raise ValueError("日期应写成 YYYY、YYYY-MM 或 YYYY-MM-DD")
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise ValueError("没有这个日期") from error


def _to_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Day = Annotated[date | None, BeforeValidator(_to_date)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_to_list)]
Short = Annotated[str, Field(max_length=500)]


class FrontMatter(BaseModel):
    """What a file says of itself; everything is optional, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(max_length=200, pattern=r"^[^\s/\\]*$")] = ""
    kind: Kind | None = None
    title: Short = ""
    origin: Origin | None = None
    region: Short = ""
    topics: Texts = ()
    issuer: Short = ""
    published: Day = None
    facts_date: Day = None
    place: Short = ""
    source: Short = ""
    notes: Texts = ()
    law: Short = ""
    level: Level | None = None
    version_date: Day = None
    effective_from: Day = None
    effective_to: Day = None


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML without aliases, which let a small file stand for a huge one; dates stay text."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "alias", self.get_mark())
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Parts:
    """A file's front matter and the text below it; `line` is where that text begins (1-based)."""

    front: FrontMatter
    body: str
    line: int


def split_front_matter(text: str, source: str = "") -> Parts:
    """
    Read and take off the front matter.

    :param text: A whole file. One that does not begin with ``---`` has no front matter.
    :param source: Shown in errors.
    :raises InvalidFrontMatter: If the block is not closed, is larger than 16 KB, is not YAML, or has
        an unknown key or a wrong value.
    """
    opening = _FENCE.match(text)
    if opening is None:
        return Parts(FrontMatter(), text, 1)
    closing = _FENCE.search(text, opening.end(), LONGEST)
    if closing is None:
        raise InvalidFrontMatter(
            "文件开头的信息区没有结束", remedy="请在信息区末尾单独写一行 ---", path=source or None, line=1
        )
    block = text[opening.end() + 1 : closing.start()]
    body = text[closing.end() :].removeprefix("\n")
    return Parts(_validate(block, source or None), body, text.count("\n", 0, closing.end()) + 2)


def _validate(block: str, source: str | None) -> FrontMatter:
    try:
        data = yaml.load(block, Loader=_PlainLoader)  # a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        raise InvalidFrontMatter(
            "文件开头的信息区不是有效的 YAML", remedy="请按“键: 值”逐行书写", path=source, line=line
        ) from error
    if data is None:
        return FrontMatter()
    if not isinstance(data, dict):
        raise InvalidFrontMatter(
            "文件开头的信息区应是“键: 值”", remedy="请按“键: 值”逐行书写", path=source, line=2
        )
    try:
        return FrontMatter.model_validate(
            {str(key): value for key, value in data.items() if value is not None}
        )
    except ValidationError as error:
        raise _explain(error, block, source) from error


def _explain(error: ValidationError, block: str, source: str | None) -> InvalidFrontMatter:
    first = error.errors()[0]
    key = str(first["loc"][0])
    lines = block.split("\n")
    line = next((i + 2 for i, text in enumerate(lines) if text.lstrip("\"' ").startswith(key)), 2)
    if first["type"] == "extra_forbidden":
        known = "、".join(FrontMatter.model_fields)
        return InvalidFrontMatter(
            f"信息区没有名为“{_shown(key)}”的键", remedy=f"可用的键有 {known}", path=source, line=line
        )
    return InvalidFrontMatter(
        f"信息区的“{key}”不能是“{_shown(first['input'])}”",
        remedy=_REMEDIES[_sort(key)],
        path=source,
        line=line,
    )


def _shown(value: object) -> str:
    return re.sub(r"\s+", " ", value if isinstance(value, str) else reprlib.repr(value))[:40]


def _sort(key: str) -> str:
    if key in ("published", "facts_date", "version_date", "effective_from", "effective_to"):
        return "date"
    return key if key in _REMEDIES else "text"


_REMEDIES = {
    "date": "日期请写成 YYYY、YYYY-MM 或 YYYY-MM-DD",
    "kind": f"请用 {'、'.join(Kind)}",
    "origin": f"请用 {'、'.join(Origin)}",
    "level": f"请用 {'、'.join(Level)}",
    "id": "请写不含空格和斜杠的文字，200 字以内",
    "topics": "请写成一组文字，例如 [物业, 业委会]",
    "notes": "请写成一组文字",
    "text": "请写 500 字以内的文字；数字要加引号",
}
