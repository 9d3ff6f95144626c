import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.drill.commentary import (
    KINDS,
    LONGEST_COMMENT,
    SPEAKERS,
    Comment,
    CommentKind,
    Speaker,
    named_references,
)

NAMES = {"民法典": "民法典", "物业管理条例": "物业管理条例"}


def comment(text: str) -> Comment:
    return Comment(speaker=Speaker.LAWYER, kind=CommentKind.CORRECTION, text=text)


def test_provisions_that_a_comment_names_are_found_once_each() -> None:
    said = comment(
        "程序看《民法典》第278条第二款，不是物业管理条例第十一条；再看民法典第二百七十八条第二款。"
    )
    assert named_references(said, NAMES) == ("民法典第二百七十八条第二款", "物业管理条例第十一条")
    assert named_references(comment("讲得好"), NAMES) == ()


def test_a_flood_of_references_is_bounded() -> None:
    said = comment("、".join(["民法典第1条", *(f"第{n}条" for n in range(2, 60))]))
    assert len(named_references(said, NAMES)) == 20


def test_every_speaker_and_kind_has_a_label() -> None:
    assert set(SPEAKERS) == set(Speaker)
    assert set(KINDS) == set(CommentKind)


@pytest.mark.parametrize("text", ["", " \n\u200b", "长" * (LONGEST_COMMENT + 1)])
def test_empty_and_endless_comments_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        comment(text)


@given(st.text(min_size=1, max_size=200))
def test_what_is_kept_is_tidy(text: str) -> None:
    try:
        kept = comment(text).text
    except ValidationError:
        return
    assert kept == kept.strip()
    assert not {"\u202e", "\u200b", "\x00", "\r"} & set(kept)
