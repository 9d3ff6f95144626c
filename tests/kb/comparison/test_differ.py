"""What changed between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.comparison.differ import Edit, alike, difference
from kb.segment import Segmenter

SEGMENTER = Segmenter(["业主大会", "维修资金"])
TEXTS = st.text(st.sampled_from("业主大会应当在十五日内公告的，。；\n（一） 、aＡ１"), max_size=40)


def drawn(old: str, new: str) -> str:
    """The difference as one line: ``[-removed-]{+added+}``."""
    marks = {Edit.SAME: "{0}", Edit.REMOVED: "[-{0}-]", Edit.ADDED: "{{+{0}+}}"}
    return "".join(marks[p.edit].format(p.old if p.edit is Edit.REMOVED else p.new) for p in difference(old, new, SEGMENTER))  # fmt: skip


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_rebuilt(old: str, new: str) -> None:
    pieces = difference(old, new, SEGMENTER)
    assert "".join(p.old for p in pieces) == old
    assert "".join(p.new for p in pieces) == new


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_pieces_are_whole_and_alternate(old: str, new: str) -> None:
    pieces = difference(old, new, SEGMENTER)
    assert all(p.old or p.new for p in pieces)
    assert all(not (p.new if p.edit is Edit.REMOVED else p.old) for p in pieces if p.edit is not Edit.SAME)
    assert all(alike(p.old, p.new) for p in pieces if p.edit is Edit.SAME)
    order = [(a.edit, b.edit) for a, b in pairwise(pieces)]
    assert all(a is not b and (a, b) != (Edit.ADDED, Edit.REMOVED) for a, b in order)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_nothing_is_marked_exactly_if_the_texts_say_the_same(old: str, new: str) -> None:
    marked = any(p.edit is not Edit.SAME for p in difference(old, new, SEGMENTER))
    assert marked is not alike(old, new)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("处二百元以上五百元以下罚款", "处五百元以上一千元以下罚款", "处[-二百元-]{+五百元+}以上[-五百元-]{+一千元+}以下罚款"),
        ("召开业主大会", "召开业主代表大会", "召开[-业主大会-]{+业主代表大会+}"),
        ("猥亵他人的，或者裸露身体的，处拘留", "猥亵他人的，处拘留", "猥亵他人的，[-或者裸露身体的，-]处拘留"),
        ("（一）甲；\n（二）丁", "（一）甲；\n（二）乙丙；\n（三）丁", "（一）甲；\n（二）{+乙丙；\n（三）+}丁"),
        ("甲。", "", "[-甲。-]"),
        ("", "乙。", "{+乙。+}"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_words_stay_whole(old: str, new: str, expected: str) -> None:
    assert drawn(old, new) == expected


def test_letter_width_case_and_white_space_change_no_law() -> None:
    old, new = "第１项：\nＡ类（甲）", "第1项: a类(甲)"
    assert alike(old, new)
    assert drawn(old, new) == new


def test_a_lone_word_between_changes_does_not_break_them() -> None:
    assert (
        drawn("区房管局的工作人员", "街道办事处的居民代表")
        == "[-区房管局的工作人员-]{+街道办事处的居民代表+}"
    )
