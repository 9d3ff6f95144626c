"""The same provision in another version of its law."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.references.counterpart import counterpart, likeness_within, same_words
from kb.store.rows import StoredDocument
from kb.validity import Validity
from tests.kb.store.samples import rule

TEXTS = ("旅馆业不登记住宿人员的，处罚款。", "制造噪声干扰他人正常生活的，处警告或者罚款。", "附则。")


def stored(*texts: str) -> StoredDocument:
    return StoredDocument(
        1, rule("规定", 2025, *texts), Validity(), "user", "规定.md", datetime(2025, 1, 1), len(texts)
    )


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("制造噪声，干扰他人正常生活的，处警告。", 1),
        ("旅馆业不登记住宿人员的，处罚款。", 0),
        ("养犬应当办证。", None),
        ("", None),
    ],
)
def test_the_most_similar_provision_is_found_if_it_is_similar_enough(text: str, position: int | None) -> None:
    assert counterpart(text, stored(*TEXTS)) == position


def test_of_equal_provisions_the_first_is_taken() -> None:
    assert counterpart(TEXTS[0], stored("甲乙。", TEXTS[0], TEXTS[0])) == 1


def test_punctuation_is_no_change_of_words() -> None:
    assert same_words("甲、乙：\n（一）丙；", "甲，乙（一）丙。")
    assert not same_words("应当公告。", "可以公告。")


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_a_part_has_all_of_itself(part: str, rest: str) -> None:
    assert 0 <= likeness_within(part, rest) <= 1
    assert likeness_within(part, part + rest) in (0, 1)
