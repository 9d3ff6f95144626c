import pytest

from kb.drill.lots import checked_seed, draw_number, lot
from kb.errors import InputError


def test_a_lot_is_what_sha256sum_says() -> None:
    # printf '第五期\nperson\n王芳\n东村居民区\n1' | sha256sum
    golden = "783fc8fa036d024deba40e60c277d7eb3a3f8e76196dc2125b43b3580b7e9471"
    assert f"{lot('第五期', 'person', '王芳', '东村居民区', '1'):064x}" == golden


def test_numbers_drawn_come_from_those_left_and_depend_on_seed_and_purpose() -> None:
    left = {2, 3, 5, 7}
    draws = {draw_number("s", left, f"第{n}组") for n in range(60)}
    assert draws == left
    assert draw_number("s", [7, 5, 3, 2], "a") == draw_number("s", left, "a")
    with pytest.raises(InputError, match="签已抽完"):
        draw_number("s", [], "a")


def test_seeds_are_one_short_line() -> None:
    assert checked_seed(" 第五期\n ") == "第五期"
    for bad in ("", " \u200b", "x" * 61):
        with pytest.raises(InputError):
            checked_seed(bad)
