from hypothesis import given
from hypothesis import strategies as st

from kb.judging.grouping import ALIKE, grouped

TEXTS = st.lists(st.lists(st.sampled_from("甲乙丙丁戊己"), max_size=5).map(" ".join), max_size=20)


def test_texts_of_like_words_stand_together_behind_the_first() -> None:
    texts = ["业委会 换届", "电梯 加装", "业委会 到期 换届", "电梯", "养犬"]
    assert grouped(texts, str.split) == [
        ("业委会 换届", "业委会 到期 换届"),
        ("电梯 加装", "电梯"),
        ("养犬",),
    ]


def test_a_text_joins_the_group_it_is_most_like() -> None:
    assert grouped(["甲 乙 丙", "甲 丁", "甲 丁 丙"], str.split)[1] == ("甲 丁", "甲 丁 丙")


def test_texts_without_words_stay_apart() -> None:
    assert grouped(["？", "！", "？"], lambda _: []) == [("？",), ("！",)]


@given(TEXTS)
def test_every_text_is_in_one_group_and_like_its_first(texts: list[str]) -> None:
    groups = grouped(texts, str.split)
    assert sorted(text for group in groups for text in group) == sorted(set(texts))
    for leader, *others in groups:
        own = set(leader.split())
        for other in others:
            words = set(other.split())
            assert len(own & words) / len(own | words) >= ALIKE


@given(TEXTS)
def test_the_same_texts_give_the_same_groups(texts: list[str]) -> None:
    assert grouped(texts, str.split) == grouped([*texts, *texts], lambda text: reversed(text.split()))
