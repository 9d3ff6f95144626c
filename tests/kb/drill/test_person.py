import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.drill.person import Person, Role, members, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("王\u3000芳", "王芳"), ("  Li  Si ", "Li Si"), ("王\u202e\u200b芳\x07", "王芳"), ("东村\n2 组", "东村 2 组"), ("", "")],
)  # fmt: skip
def test_typed_text_becomes_one_line(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_only_members_are_grouped() -> None:
    people = [Person(id=role.name, name="王芳", role=role) for role in Role]
    assert [p.role for p in members(people)] == [Role.MEMBER]
    assert str(Person(id="a", name="王 芳", unit="东村")) == "王芳（东村）"
