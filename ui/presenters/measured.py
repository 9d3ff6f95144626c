"""Figures of evaluations: legs side by side, compared with the run before, and the worst questions."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from kb.judging.evaluations import Figures, Run
from retrieval.evaluate import Outcome
from retrieval.query import Leg
from ui.presenters.explanation import LEGS

METRICS = {
    "recall@5": "前 5 条找到率",
    "recall@10": "前 10 条找到率",
    "recall@50": "前 50 条找到率",
    "recall@100": "前 100 条找到率",
    "mrr@10": "首条名次得分 MRR",
    "ndcg@10": "排序得分 nDCG",
    "success@1": "第 1 条就对",
    "success@5": "前 5 条有对的",
}
_LEGS = {Leg.KEYWORD: LEGS["keyword"], Leg.DENSE: LEGS["dense"], Leg.FUSED: LEGS["fusion"]}
_SHOWN_FOUND = 3
_WIDTH, _HEIGHT = 120, 24


def runs_html(runs: Sequence[Run]) -> str:
    """:returns: The last run, compared with the one before over the same questions, and a line for each run."""
    if not runs:
        return '<p class="lb lb-none">还没有评测过。标注一些问题后，点“开始评测”。</p>'
    last = runs[-1]
    before = next((run for run in reversed(runs[:-1]) if run.gold == last.gold), None)
    note = "箭头是与同一批问题的上一次相比。" if before else "同一批问题还没有更早的评测可比。"
    legs = [leg for leg in Leg if leg in last.figures]
    heads = "".join(f'<th scope="col">{_LEGS[leg]}</th>' for leg in legs)
    rows = "".join(
        f'<tr><th scope="row">{name}</th>'
        + "".join(_figure(metric, last.figures[leg], before and before.figures.get(leg)) for leg in legs)
        + "</tr>"
        for metric, name in METRICS.items()
    )
    return (
        f'<div class="lb"><p class="lb-count" role="status">{_moment(last)}，{last.queries} 个问题，{escape(last.setup)}。{note}</p>'
        f'<table class="ev-table"><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>{_history(runs)}</div>'
    )


def worst_html(outcomes: Sequence[Outcome], wrong: dict[str, set[str]]) -> str:
    """
    List questions whose answers stand too low, with what was found instead.

    :param outcomes: The worst first.
    :param wrong: Question → what was judged wrong for it.
    """
    if not outcomes:
        return '<p class="lb lb-none">每个问题的正确答案都排在最前面。</p>'
    items = "".join(_outcome(outcome, wrong.get(outcome.judged.query, set())) for outcome in outcomes)
    return f'<div class="lb"><h3>最差的 {len(outcomes)} 个问题</h3><ol class="ev-worst">{items}</ol></div>'


def _figure(metric: str, now: "Figures | object", before: object) -> str:
    value = _value(now, metric)
    earlier = _value(before, metric)
    if value is None:
        return "<td>–</td>"
    if earlier is None or abs(value - earlier) < 0.0005:
        return f"<td>{value:.3f}</td>"
    rose = value > earlier
    sign, name = ("↑", "升") if rose else ("↓", "降")
    change = f'<small class="ev-{"up" if rose else "down"}" title="{name}">{sign}{abs(value - earlier):.3f}</small>'
    return f"<td>{value:.3f} {change}</td>"


def _value(figures: object, metric: str) -> float | None:
    found = figures.get(metric) if isinstance(figures, dict) else None
    return float(found) if isinstance(found, int | float) else None


def _history(runs: Sequence[Run]) -> str:
    fused = [run for run in runs if Leg.FUSED in run.figures]
    rows = "".join(
        f"<tr><td>{_moment(run)}</td><td>{run.queries}</td>"
        + "".join(
            f"<td>{run.figures[Leg.FUSED].get(metric, 0):.3f}</td>" for metric in ("recall@10", "mrr@10")
        )
        + f"<td>{escape(run.setup)}</td></tr>"
        for run in reversed(fused[-20:])
    )
    line = sparkline([run.figures[Leg.FUSED].get("mrr@10", 0.0) for run in fused[-40:]])
    return (
        f'<details class="ev-history"><summary>历次评测（{len(fused)} 次）{line}</summary><table class="ev-table">'
        "<thead><tr><th>时间</th><th>问题</th><th>recall@10</th><th>MRR@10</th><th>设置</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )


def sparkline(values: Sequence[float]) -> str:
    """:returns: A small line of values between 0 and 1, as SVG; empty for fewer than two."""
    if len(values) < 2:
        return ""
    step = _WIDTH / (len(values) - 1)
    points = " ".join(
        f"{n * step:.1f},{_HEIGHT - 2 - min(max(v, 0), 1) * (_HEIGHT - 4):.1f}" for n, v in enumerate(values)
    )
    return (
        f'<svg class="ev-spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'aria-label="MRR 历次变化，最近 {values[-1]:.3f}"><polyline fill="none" stroke="currentColor" '
        f'stroke-width="1.5" points="{points}"/></svg>'
    )


def _outcome(outcome: Outcome, wrong: set[str]) -> str:
    ranked = list(outcome.ranked[Leg.FUSED])
    wanted = "；".join(
        f"{escape(ref)}（{f'第 {ranked.index(ref) + 1}' if ref in ranked else '没有找到'}）"
        for ref in sorted(outcome.judged.relevant)
    )
    found = "、".join(
        escape(name) + ("（判为不对）" if name in wrong else "") for name in ranked[:_SHOWN_FOUND]
    )
    link = f"hits?q={quote(outcome.judged.query, safe='')}"
    return (
        f'<li><a href="{link}">{escape(outcome.judged.query)}</a><p>应有：{wanted}</p>'
        f"<p>查到的前 {_SHOWN_FOUND} 条：{found or '没有'}</p></li>"
    )


def _moment(run: Run) -> str:
    return f"{run.at:%Y-%m-%d %H:%M}"
