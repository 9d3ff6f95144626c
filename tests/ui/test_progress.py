from typing import Any

from ui.progress import GradioProgress


class Bar:
    def __init__(self) -> None:
        self.seen: list[tuple[Any, str | None]] = []

    def __call__(self, progress: Any, desc: str | None = None, *, unit: str = "steps") -> None:
        assert unit == "", "the page has its own words for what is counted"
        self.seen.append((progress, desc))


def test_a_step_is_shown_from_its_start_to_its_end() -> None:
    bar = Bar()
    with GradioProgress(bar).step("计算向量", total=4) as step:
        step.advance()
        step.advance(3)
    assert bar.seen == [((0, 4), "计算向量"), ((1, 4), "计算向量"), ((4, 4), "计算向量")]


def test_many_small_units_do_not_flood_the_page() -> None:
    bar = Bar()
    with GradioProgress(bar).step("计算向量", total=90_000) as step:
        for _ in range(90_000):
            step.advance()
    assert len(bar.seen) == 101
    assert bar.seen[-1][0] == (90_000, 90_000)


def test_a_step_of_unknown_length_counts() -> None:
    bar = Bar()
    with GradioProgress(bar).step("下载") as step:
        step.advance(7)
    assert [shown for shown, _ in bar.seen] == [(0, None), (7, None)]


def test_an_empty_step_is_shown_once() -> None:
    bar = Bar()
    with GradioProgress(bar).step("读取", total=0):
        pass
    assert bar.seen == [((0, 0), "读取")]
