"""YAML whose every value still knows its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from kb.errors import InputError

MAX_CHARACTERS = 4 * 1024 * 1024
MAX_DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Marked:
    """A value and the node that it was read from."""

    value: Any
    node: yaml.Node

    @property
    def line(self) -> int:
        """1-based line where the value begins."""
        return int(self.node.start_mark.line) + 1

    def line_of(self, location: Sequence[object]) -> int:
        """
        Find an inner value's line.

        :param location: Keys and indices, outermost first, as pydantic reports them.
        :returns: Its 1-based line; of what is not there, the line of the last part that is.
        """
        node = self.node
        for step in location:
            inner = _inner(node, step)
            if inner is not None:
                node = inner
        return int(node.start_mark.line) + 1

    def entries(self, key: str) -> list["Marked"]:
        """:returns: The items of the list under `key`; none where there is no such list."""
        node = _inner(self.node, key)
        if not isinstance(node, yaml.SequenceNode):
            return []
        return [Marked(value, item) for value, item in zip(self.value[key], node.value, strict=True)]


def read_yaml(text: str, path: str) -> Marked:
    """
    Read one YAML document, as plain data.

    :param text: The file's text.
    :param path: Shown in errors.
    :raises InputError: If `text` is larger than 4 MB, is not YAML, is nested deeper than 40 levels, or uses
        anchors (which let a small file stand for a huge one).
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError("文件太大", remedy="请拆成几个文件", path=path)
    loader = None
    try:
        _refuse_traps(text, path)
        loader = _LOADER(text)
        node = loader.get_single_node()
        if node is None:
            raise InputError("文件是空的", remedy="请写入内容或删除文件", path=path)
        return Marked(loader.construct_document(node), node)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else None
        # libyaml reads ahead, and may meet its own bound before we see ours.
        deep = "nesting depth" in str(getattr(error, "problem", ""))
        problem = "嵌套太深" if deep else "不是有效的 YAML"
        raise InputError(
            problem, remedy="请检查缩进、括号、冒号后的空格和引号", path=path, line=line
        ) from error
    finally:
        if loader is not None:
            loader.dispose()


def _refuse_traps(text: str, path: str) -> None:
    """Look at the events only: building nested nodes would exhaust the stack before it could be refused."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark is not None else None
        if isinstance(event, yaml.AliasEvent):
            raise InputError("YAML 里用了 & 和 * 引用", remedy="请把内容直接写出来", path=path, line=line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise InputError("嵌套太深", remedy="请检查括号和缩进", path=path, line=line)


def _inner(node: yaml.Node, step: object) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None
