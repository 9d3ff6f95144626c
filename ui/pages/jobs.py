"""What the handlers of several pages share: errors shown as messages, and the refresh of the index."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import gradio as gr

from kb.errors import AndianError
from ui.presenters.condition import condition_html
from ui.progress import GradioProgress
from ui.services import Services

JOB = "andian-job"
"""Concurrency group of the long jobs: they run one after the other."""
JOBS: dict[str, Any] = {"concurrency_id": JOB, "api_visibility": "private"}
"""Options of an event that starts a long job: it waits in the queue and shows how far it is."""
# Only after events that went through the queue does Gradio show their errors and tell of a state's change.
QUIET: dict[str, Any] = {"concurrency_limit": None, "show_progress": "hidden", "api_visibility": "private"}
"""Options of an event that answers at once, however many others are under way."""


@contextmanager
def shown_errors() -> Iterator[None]:
    """Show an error of ours as the page's message instead of a stack trace."""
    try:
        yield
    except AndianError as error:
        raise gr.Error(escape(str(error)), title="没有完成", duration=None, print_exception=False) from error


def refresh_index(services: Services, bar: gr.Progress, *, rebuild: bool = False) -> str:
    """
    Bring the index up to date.

    :returns: A line for the user on what was done.
    :raises gr.Error: With our message, if the index cannot be written.
    """
    with shown_errors():
        reason = services.refresh_index(GradioProgress(bar), rebuild=rebuild)
    problem = services.keeper.model_problem
    if problem:
        return f"索引已更新，但只有关键词检索：{problem}"
    return "索引已更新，检索已包含最新资料。" if reason else "索引本来就是最新的。"


class IndexJob:
    """Handlers that bring the index up to date and show its condition."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def update(self, bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (Gradio finds the bar by it)
        """Do what has changed; returns the condition as HTML."""
        return self._run(bar, rebuild=False)

    def rebuild(self, bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (as above)
        """Do everything anew; returns the condition as HTML."""
        return self._run(bar, rebuild=True)

    def _run(self, bar: gr.Progress, *, rebuild: bool) -> str:
        message = refresh_index(self._services, bar, rebuild=rebuild)
        return condition_html(self._services.keeper.condition(verify=False), message)
