"""Nothing that finds less takes the place of what finds more, unless somebody says so."""

from collections.abc import Mapping
from datetime import date

from kb.documents import Status
from kb.errors import IndexRefused
from kb.judging.evaluations import Figures
from kb.progress import Progress
from kb.settings import Settings
from kb.store.library import HOME_REGION, Library
from retrieval.evaluate import Evaluation, summary
from retrieval.gold import GoldSet, gold_set, run_gold
from retrieval.index.serving import Serving
from retrieval.query import Filter, Leg
from retrieval.search import Searcher

GUARDED = ("recall@10", "mrr@10")
LEAST_QUERIES = 20
"""With fewer judged questions a fall may be chance."""
_NAMES = {"recall@10": "前 10 条找到率（recall@10）", "mrr@10": "首条名次得分（MRR@10）"}


class Guard:
    """
    Compares a new index with the one in use on the saved judgements; a `retrieval.index.keeper.Compare`.

    Lets everything pass where fewer than `LEAST_QUERIES` questions were judged. What passes is noted among
    the library's evaluations.
    """

    def __init__(self, library: Library, settings: Settings, progress: Progress):
        """:param settings: Their `eval_margin` is how far a metric may fall."""
        self._library = library
        self._settings = settings
        self._progress = progress

    def __call__(self, before: Serving | None, after: Serving) -> None:
        """
        Let the new index pass or not.

        :param before: What is in use; where it cannot be opened, its last evaluation counts.
        :raises IndexRefused: If a guarded metric falls by more than the margin; the message has the figures.
        """
        gold = gold_set(self._library)
        if gold.queries < LEAST_QUERIES:
            return
        new = self._figures(after, gold)
        old = self._last(gold) if before is None else self._figures(before, gold)
        fallen = _fallen(old[Leg.FUSED], new[Leg.FUSED], self._settings.eval_margin) if old else []
        if fallen:
            raise IndexRefused(
                f"新索引没有采用：在 {gold.queries} 个标注过的问题上，{'，'.join(fallen)}"
                f"（最多允许降 {self._settings.eval_margin:g}），旧索引照常使用；"
                "确认要换，请运行 andian index --accept-worse，或在“命中测试”页确认"
            )
        self._library.evaluations.add(gold.fingerprint, gold.queries, setup_label(after), new)

    def _figures(self, served: Serving, gold: GoldSet) -> Figures:
        searcher = Searcher(self._library, served, served.settings)
        found = run_gold(searcher, gold, usual_filter(self._library, self._settings), self._progress)
        return figures(summary(found, (), list(Leg)))

    def _last(self, gold: GoldSet) -> Figures | None:
        runs = [run for run in self._library.evaluations.all() if run.gold == gold.fingerprint]
        return runs[-1].figures if runs else None


def usual_filter(library: Library, settings: Settings) -> Filter:
    """:returns: What a visitor's search lets through by default, of every kind."""
    region = library.value(HOME_REGION) or settings.region
    return Filter(as_of=date.today(), home_region=region, statuses=(Status.IN_FORCE,))


def figures(evaluation: Evaluation) -> Figures:
    """:returns: The metrics of an evaluation without its latencies."""
    return {
        leg.value: {name: value for name, value in values.items() if isinstance(value, float)}
        for leg, values in evaluation.legs.items()
    }


def setup_label(served: Serving) -> str:
    """:returns: In Chinese, model and weights that were measured."""
    weights = "、".join(f"{value:g}" for value in served.settings.ranking.values())
    return f"{served.opened.meta.model or '只有关键词'}，权重 {weights}"


def _fallen(old: Mapping[str, float], new: Mapping[str, float], margin: float) -> list[str]:
    slack = 1e-9  # what rounding of sums may add
    return [
        f"{_NAMES[name]}从 {old[name]:.3f} 降到 {new[name]:.3f}"
        for name in GUARDED
        if old[name] - new[name] > margin + slack
    ]
