"""命中测试 · 评测: how well the index in use answers the judged questions, and whether a new one may replace it."""

from typing import Any

import gradio as gr

from kb.judging.judgements import Verdict
from retrieval.gold import worst
from retrieval.index.keeper import State
from retrieval.query import Leg
from ui.measuring import evaluate_gold
from ui.pages.jobs import JOBS, QUIET, shown_errors
from ui.presenters.condition import condition_html
from ui.presenters.measured import runs_html, worst_html
from ui.progress import GradioProgress
from ui.services import Services

MOST_WORST = 20


class Handlers:
    """What happens on the tab."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def show(self) -> tuple[str, str, dict[str, Any]]:
        """Draw the runs so far, the condition of the index, and whether something waits for confirmation."""
        with shown_errors():
            condition = self._services.keeper.condition(verify=False)
            runs = runs_html(self._services.library.evaluations.all())
        waits = condition.state is State.REFUSED
        return runs, condition_html(condition) if waits else "", gr.update(visible=waits)

    def measure(self, bar: gr.Progress = gr.Progress()) -> tuple[str, str]:  # noqa: B008 (Gradio finds the bar by it)
        """Put every judged question; returns the runs and the worst questions."""
        library = self._services.library
        with shown_errors():
            _, found = evaluate_gold(self._services, GradioProgress(bar))
            wrong: dict[str, set[str]] = {}
            for judgement in library.judgements.all():
                if judgement.verdict is Verdict.WRONG:
                    wrong.setdefault(judgement.query, set()).add(judgement.target)
            return runs_html(library.evaluations.all()), worst_html(
                worst(found, Leg.FUSED, MOST_WORST), wrong
            )

    def accept(self, bar: gr.Progress = gr.Progress()) -> tuple[str, str, dict[str, Any]]:  # noqa: B008 (as above)
        """Put the index that waits into use although it finds less."""
        with shown_errors():
            self._services.refresh_index(GradioProgress(bar), accept_worse=True)
        return self.show()

    def discard(self) -> tuple[str, str, dict[str, Any]]:
        """Drop the index that waits."""
        with shown_errors():
            self._services.keeper.discard()
        return self.show()


def build(services: Services) -> None:
    """Lay out the tab."""
    condition = gr.HTML(apply_default_css=False, elem_id="refused")
    with gr.Row(elem_classes="lb-actions", visible=False) as waiting:
        accept = gr.Button("仍然采用新索引", elem_id="accept-worse")
        discard = gr.Button("放弃新索引", elem_id="discard-index")
    with gr.Row(elem_classes="lb-actions"):
        measure = gr.Button("开始评测", variant="primary", elem_id="measure")
    runs = gr.HTML(apply_default_css=False, elem_id="runs", min_height=60)
    poor = gr.HTML(apply_default_css=False, elem_id="worst")

    handlers = Handlers(services)
    shown = [runs, condition, waiting]
    gr.on(None, handlers.show, None, shown, **QUIET)
    measure.click(handlers.measure, None, [runs, poor], show_progress_on=runs, **JOBS)
    accept.click(handlers.accept, None, shown, show_progress_on=runs, **JOBS)
    discard.click(handlers.discard, None, shown, **QUIET)
