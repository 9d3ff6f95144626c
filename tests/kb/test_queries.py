"""Files of lay queries."""

import pytest

from kb.marked_yaml import read_yaml
from kb.queries import load_queries

LINE = "  - {id: u-a-001, style: keywords, text: 换届 超期, refs: [民法典第二百七十八条], cases: [case-a]}\n"


def test_a_query_has_its_file_topic_and_line() -> None:
    loaded = load_queries(read_yaml("topic: 换届\nqueries:\n" + LINE, "u.yaml"), "u.yaml")
    assert [(q.line, q.value.topic, q.value.style, q.value.cases) for q in loaded.entries] == [
        (3, "换届", "keywords", ["case-a"])
    ]
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [("keywords", "poem"), ("[民法典第二百七十八条]", "[]"), ("换届 超期", "换"), ("u-a-001", "U1")],
)
def test_mistakes_are_problems(old: str, new: str) -> None:
    loaded = load_queries(read_yaml("topic: 换届\nqueries:\n" + LINE.replace(old, new), "u.yaml"), "u.yaml")
    assert loaded.entries == ()
    assert [error.line for error in loaded.problems] == [3]
