"""YAML with lines, and YAML that means harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InputError
from kb.marked_yaml import MAX_DEPTH, read_yaml

TEXT = "topic: 换届\nlist:\n  - a: 一\n    b: [二,\n        三]\n  - {a: 四}\n"


def test_values_know_their_lines() -> None:
    first, second = read_yaml(TEXT, "a.yaml").entries("list")
    assert (first.line, second.line) == (3, 6)
    assert [first.line_of(["a"]), first.line_of(["b", 0]), first.line_of(["b", 1])] == [3, 4, 5]
    assert first.value == {"a": "一", "b": ["二", "三"]}


def test_of_what_is_missing_the_nearest_line_is_given() -> None:
    (first, _) = read_yaml(TEXT, "a.yaml").entries("list")
    assert first.line_of(["b", 9]) == 4
    assert first.line_of(["none", "x"]) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "文件是空的"),
        ("a: [1", "不是有效的 YAML"),
        ("a: !!python/object/apply:os.system [ls]", "不是有效的 YAML"),
        ("a: &x [1]\nb: *x", "a.yaml:2：YAML 里用了"),
        ("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "嵌套太深"),
        ("[" * 100_000, "嵌套太深"),
        ("a: 2026-02-31", "不是有效的 YAML"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_yaml(text, "a.yaml")


@given(st.text(alphabet="ab: -[]{}&*!|>'\"\n#,?%@", max_size=40))
def test_any_text_gives_a_value_or_an_input_error(text: str) -> None:
    try:
        marked = read_yaml(text, "a.yaml")
    except InputError:
        return
    assert marked.line_of(["a", 0]) >= 1
