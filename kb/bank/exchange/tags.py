"""
What other programs do not know of a question, as tags that they keep: ``主题：换届``.

Moodle stores tags with a question and exports them again, in its XML and in GIFT.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kb.bank.names import TYPE_OF, type_name
from kb.bank.question import Question

_NAMES = {"主题": "topic", "难度": "difficulty", "地区": "region", "部门": "department", "题型": "type"}
_BASIS = "依据"
_TAG = re.compile(rf"\s*({'|'.join([*_NAMES, _BASIS])})\s*[：:](.*)", re.DOTALL)


def to_tags(question: Question) -> Iterator[str]:
    """Yield the tags of a question, its references last, one a tag."""
    facts = question.model_dump(include=set(_NAMES.values())) | {"type": type_name(question)}
    yield from (f"{name}：{facts[key]}" for name, key in _NAMES.items())
    yield from (f"{_BASIS}：{ref}" for ref in question.refs)


def from_tags(tags: Iterable[str]) -> dict[str, Any]:
    """:returns: Fields of a question; tags of other kinds are passed over."""
    found: dict[str, Any] = {}
    for tag in tags:
        match = _TAG.match(tag)
        if match is None:
            continue
        name, value = match[1], match[2].strip()
        if name == _BASIS:
            found.setdefault("refs", []).append(value)
        else:
            found[_NAMES[name]] = _value(name, value)
    return found


def _value(name: str, value: str) -> Any:
    if name == "难度":
        return int(value) if value in ("1", "2", "3", "4", "5") else value
    return TYPE_OF.get(value, value) if name == "题型" else value
