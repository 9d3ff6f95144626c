"""Denial and leave in clauses."""

import pytest

from kb.bank.polarity import allows, denies, waives


@pytest.mark.parametrize(
    "clause", ["不得任命", "无权罚款", "别焊门", "这张告示作废", "没有这个权力", "书记不能换人"]
)
def test_denials(clause: str) -> None:
    assert denies(clause)
    assert not allows(clause)


@pytest.mark.parametrize("clause", ["可以任命", "有权罚款", "直接换人", "必须报告"])
def test_leave(clause: str) -> None:
    assert allows(clause)
    assert not denies(clause)


@pytest.mark.parametrize(
    "clause", ["请街道指定别的委员", "要不要设点", "物业不但要公布", "行动不便的老人", "调解不成就起诉"]
)
def test_idioms_deny_nothing(clause: str) -> None:
    assert not denies(clause)


def test_only_what_stands_right_before_a_word_waives_it() -> None:
    assert waives("不用再搞表决", 4)
    assert not waives("不用着急，马上表决", 7)
    assert not waives("要不要表决", 3)
