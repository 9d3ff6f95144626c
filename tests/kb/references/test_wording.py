"""Whether two texts say the same, but for punctuation."""

from hypothesis import given
from hypothesis import strategies as st

from kb.references.wording import likeness_within, same_words


def test_punctuation_is_no_change_of_words() -> None:
    assert same_words("甲、乙：\n（一）丙；", "甲，乙（一）丙。")
    assert not same_words("应当公告。", "可以公告。")


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_a_part_has_all_of_itself(part: str, rest: str) -> None:
    assert 0 <= likeness_within(part, rest) <= 1
    assert likeness_within(part, part + rest) in (0, 1)
