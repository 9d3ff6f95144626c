"""Paragraphs and items inside an article."""

import pytest

from kb.references.paragraphs import paragraphs, part_of

ARTICLE = "下列事项共同决定：\n（一）规则；\n1.细则；\n（二）规约。\n决定前款事项，应当过半数。"


def test_items_belong_to_the_paragraph_before_them() -> None:
    first, second = paragraphs(ARTICLE)
    assert first.items == {1: "（一）规则；\n1.细则；", 2: "（二）规约。"}
    assert second.text == "决定前款事项，应当过半数。"
    assert second.items == {}


@pytest.mark.parametrize(
    ("paragraph", "item", "expected"),
    [
        (None, None, ARTICLE),
        (2, None, "决定前款事项，应当过半数。"),
        (1, 2, "（二）规约。"),
        (None, 2, "（二）规约。"),
        (3, None, None),
        (2, 1, None),
        (1, 3, None),
        (None, 9, None),
    ],
)
def test_part_of(paragraph: int | None, item: int | None, expected: str | None) -> None:
    assert part_of(ARTICLE, paragraph, item) == expected


def test_nothing_has_no_paragraphs() -> None:
    assert paragraphs("") == ()
    assert part_of("", 1, None) is None
