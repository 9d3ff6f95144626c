"""What the handlers of several pages share: errors shown as messages, and the refresh of the index."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import gradio as gr

from kb.errors import AndianError
from ui.presenters.condition import condition_html
from ui.progress import GradioProgress
from ui.services import Services

JOB = "andian-job"
"""Concurrency group of the long jobs: they run one after the other."""


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


def index_line(services: Services, bar: gr.Progress, *, rebuild: bool = False) -> str:
    """:returns: The condition of the index after `refresh_index`, as HTML."""
    message = refresh_index(services, bar, rebuild=rebuild)
    return condition_html(services.keeper.condition(verify=False), message)
