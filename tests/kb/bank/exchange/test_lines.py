from hypothesis import given
from hypothesis import strategies as st

from kb.bank.exchange.lines import join_items, one_line, read_key, read_line, read_points, split_items
from tests.kb.bank.exchange.samples import texts

_tidy = texts.map(lambda text: text.replace("\r", " ").strip()).filter(bool)


@given(st.lists(_tidy, max_size=5))
def test_items_come_back_from_their_line(items: list[str]) -> None:
    line = join_items(items)
    assert "\n" not in line
    assert split_items(line) == items


@given(_tidy)
def test_a_text_comes_back_from_its_line(text: str) -> None:
    assert "\n" not in one_line(text)
    assert read_line(one_line(text)) == text


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_lines_are_read_without_failing(lines: list[str]) -> None:
    for found in read_points(lines):
        assert set(found) <= {"text", "weight", "dimension", "refs", "accept"}
    assert set(read_key(lines)) <= {"answer", "points"}


def test_both_semicolons_and_empty_items() -> None:
    assert split_items("甲；乙; ；丙\\；丁\\") == ["甲", "乙", "丙；丁\\"]


def test_a_key_as_people_write_it() -> None:
    key = read_key(
        ["备注", "参考答案: 先\\n后", "权重：9", "得分点：通知", " 权重: 40分", "认可：书面", "得分点：公告"]
    )
    assert key == {
        "answer": "先\n后",
        "points": [{"text": "通知", "weight": 40, "accept": ["书面"]}, {"text": "公告"}],
    }
