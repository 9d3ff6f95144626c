"""Progress of long jobs on a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class ProgressBar(Protocol):
    """What `gr.Progress` is to us: a bar that is told how far a job is."""

    def __call__(self, progress: Any, desc: str | None = None, *, unit: str = "steps") -> Any:
        """Draw ``(done, total)`` with `desc` above it; a total of ``None`` is unknown."""


class GradioProgress:
    """
    Shows steps in the bar of a Gradio event; implements `kb.progress.Progress`.

    The bar is told of whole percents only, so that a step of many small units does not flood the page.
    """

    def __init__(self, bar: ProgressBar):
        """:param bar: The event's `gr.Progress`."""
        self._bar = bar

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator["BarStep"]:
        """Open a step; see `kb.progress.Progress.step`."""
        yield BarStep(self._bar, name, total)


class BarStep:
    """One step of a job in the bar."""

    def __init__(self, bar: ProgressBar, name: str, total: int | None):
        """:param total: How many units there are; ``None`` if unknown."""
        self._bar = bar
        self._name = name
        self._total = total
        self._done = 0
        self._show()

    def advance(self, n: int = 1) -> None:
        """Report that `n` more units are done."""
        before = self._percent()
        self._done += n
        if self._total is None or self._percent() != before:
            self._show()

    def _percent(self) -> int:
        return 100 * self._done // self._total if self._total else 0

    def _show(self) -> None:
        self._bar((self._done, self._total), desc=self._name, unit="")
