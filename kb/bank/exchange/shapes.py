"""Answers as GIFT and Moodle tell them → fields of our types."""

from collections.abc import Mapping, Sequence
from typing import Any

from kb.bank.question import BLANK, LETTERS


class NotOurs(Exception):
    """A question that none of our types can hold; the message, in Chinese, says why."""


def choice(options: Sequence[tuple[str, float]], kind: str | None) -> dict[str, Any]:
    """
    Tell 单选 from 多选.

    :param options: Text and percentage of the mark.
    :param kind: The type, if it is known.
    :raises NotOurs: If there are too many options, or no single one is right in a 单选.
    """
    if len(options) > len(LETTERS):
        raise NotOurs(f"有 {len(options)} 个选项，最多 {len(LETTERS)} 个")
    letters = [letter for letter, (_, share) in zip(LETTERS, options, strict=False) if share > 0]
    whole = [letter for letter, (_, share) in zip(LETTERS, options, strict=False) if share >= 99.9]
    texts = [text for text, _ in options]
    if kind == "multiple" or (kind is None and len(whole) != 1):
        return {"type": "multiple", "options": texts, "answer": letters}
    if len(whole) != 1:
        raise NotOurs("单选题应有一个满分的选项")
    return {"type": "single", "options": texts, "answer": whole[0]}


def ordering(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """
    Read a matching of steps with their places.

    :raises NotOurs: If the right sides are not 1 to n, each once: other matchings are none of our types.
    """
    places = [place for _, place in pairs]
    if sorted(places) != sorted(str(n + 1) for n in range(len(pairs))) or len(pairs) > len(LETTERS):
        raise NotOurs("配对题不在题型之内；排序题的右边应是名次 1、2、3……")
    answer = [LETTERS[places.index(str(n + 1))] for n in range(len(pairs))]
    return {"type": "ordering", "options": [step for step, _ in pairs], "answer": answer}


def written(values: Mapping[str, Any], key: Mapping[str, Any]) -> dict[str, Any]:
    """
    Read a question that is answered in writing.

    :param values: Fields known so far.
    :param key: What `kb.bank.exchange.lines.read_key` found.
    """
    return {"type": values.get("type", "short"), **key}


def blank_in(stem: str) -> str:
    """:returns: `stem` with a blank at its end if it has none."""
    return stem if BLANK in stem else f"{stem}{BLANK}"
