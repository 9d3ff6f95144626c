from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from kb.judging.evaluations import Run
from retrieval.evaluate import Judged, Outcome
from retrieval.query import Leg
from ui.presenters.measured import METRICS, runs_html, sparkline, worst_html


def run(value: float, gold: str = "g") -> Run:
    figures = {leg.value: dict.fromkeys(METRICS, value) for leg in Leg}
    return Run(datetime(2026, 1, 2, 3, 4), gold, 20, "m<3>", figures)


def test_the_last_run_is_compared_with_the_one_before_over_the_same_questions() -> None:
    html = runs_html([run(0.5), run(0.9, "other"), run(0.75)])
    assert '0.750 <small class="ev-up" title="升">↑0.250</small>' in html
    assert "↓0.250" in runs_html([run(0.75), run(0.5)])
    assert "历次评测（3 次）" in html
    assert "m&lt;3&gt;" in html


def test_without_a_comparable_run_there_are_no_arrows() -> None:
    html = runs_html([run(0.9, "other"), run(0.5)])
    assert "还没有更早的评测可比" in html
    assert "↓" not in html


def test_a_metric_that_an_old_run_lacks_is_left_open() -> None:
    bare = Run(datetime(2026, 1, 1), "g", 20, "", {"fused": {"recall@10": 0.5}})
    assert runs_html([bare, run(0.5)]).count("<td>0.500</td>") >= 3
    assert "<td>–</td>" in runs_html([run(0.5), bare])


def test_no_run_yet() -> None:
    assert "还没有评测过" in runs_html([])


def test_the_worst_questions_show_what_was_wanted_and_found() -> None:
    outcome = Outcome(
        Judged("1", "<问>", frozenset({"甲", "乙"})), {Leg.FUSED: ["丙", "甲", "丁", "戊"]}, 1.0
    )
    html = worst_html([outcome], {"<问>": {"丙"}})
    assert "&lt;问&gt;" in html
    assert "乙（没有找到）；甲（第 2）" in html
    assert "丙（判为不对）、甲、丁</p>" in html
    assert "都排在最前面" in worst_html([], {})


@given(st.lists(st.floats(allow_nan=False, width=32), max_size=30))
def test_a_line_stays_inside_its_frame(values: list[float]) -> None:
    svg = sparkline(values)
    assert (svg == "") is (len(values) < 2)
    if svg:
        points = svg.split('points="')[1].split('"')[0].split()
        assert len(points) == len(values)
        assert all(0 <= float(y) <= 24 and 0 <= float(x) <= 120 for x, y in (p.split(",") for p in points))
