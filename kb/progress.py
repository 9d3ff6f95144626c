"""How long work tells whoever waits for it how far it is."""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Step(Protocol):
    """One named piece of work that is under way."""

    def advance(self, n: int = 1) -> None:
        """Report that `n` more units are done."""


class Progress(Protocol):
    """
    Shows the steps of one job to a user.

    Used from one thread; steps may follow one another but do not nest::

        with progress.step("下载向量模型", total=size) as step:
            step.advance(len(chunk))
    """

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Step]:
        """
        Open a step; leaving the context ends it, whether or not it was finished.

        :param name: What is being done, in the user's language.
        :param total: How many units the step has; ``None`` if nobody can know.
        """


class SilentProgress:
    """Shows nothing: for tests, scripts and whoever does not wait."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Step]:  # noqa: ARG002
        """Open a step that nobody sees."""
        return nullcontext(self)

    def advance(self, n: int = 1) -> None:
        """Report progress to nobody."""
