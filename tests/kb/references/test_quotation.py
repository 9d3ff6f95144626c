"""Words quoted right behind a reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.references.quotation import is_misquoted, quoted_behind

PROVISION = "业主不得违反法律、法规以及管理规约，将住宅改变为经营性用房。\n将住宅改变为经营性用房的，应当经有利害关系的业主一致同意。"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("规定：“业主不得违反法律法规”。", "业主不得违反法律法规"),
        ("明确规定，“业主不得违反法律法规”", "业主不得违反法律法规"),
        ("“业主不得违反法律法规”", "业主不得违反法律法规"),
        ("的规定办理。他说：“业主不得违反法律法规”", ""),
        ("规定：“太短”", ""),
        ("规定：“没有说完的一句话", ""),
        ("", ""),
    ],
)
def test_only_words_right_behind_it_belong_to_a_reference(text: str, words: str) -> None:
    assert quoted_behind("第三条" + text, 3) == words


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (PROVISION, False),
        ("将住宅改变为经营性用房的，应当经有利害关系的业主一致同意", False),
        ("业主不得违反法律……将住宅改变为经营性用房。", False),
        ("应当经有利害关系的业主一致同意……业主不得违反法律、法规", True),
        ("将住宅改变为经营性用房的，应当经有利害关系的业主过半数同意", True),
        ("小区里的猫应当由大家一起照料好", False),
        ("", False),
    ],
)
def test_differing_words_are_told_from_other_words(words: str, wrong: bool) -> None:
    assert is_misquoted(words, PROVISION) is wrong


@given(st.integers(0, len(PROVISION)), st.integers(0, len(PROVISION)))
def test_no_stretch_of_the_provision_is_a_misquotation(start: int, end: int) -> None:
    assert not is_misquoted(PROVISION[start:end], PROVISION)


@given(st.text(max_size=60), st.integers(0, 60))
def test_any_text_is_borne(text: str, end: int) -> None:
    assert quoted_behind(text, min(end, len(text))) in text
    is_misquoted(text, PROVISION)
