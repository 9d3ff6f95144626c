"""命中测试 `/hits`: how hits come about, which are right, how well it goes, and what nobody found."""

from pathlib import Path

import gradio as gr

from ui.pages import evaluation, gaps, judged, trying
from ui.services import Services

_SCRIPT = Path(__file__).parent.parent / "static" / "components" / "judging.js"


def build(services: Services) -> None:
    """Lay out the page and wire its handlers, inside the route that the app has opened."""
    script = _SCRIPT.read_text(encoding="utf-8")
    changes = gr.State(0)  # counts what was judged on this page, so that lists follow
    with gr.Tabs(elem_id="hits-tabs"):
        with gr.Tab("试问", id="try"):
            trying.build(services, changes, script)
        with gr.Tab("标注", id="judged"):
            judged.build(services, changes, script)
        with gr.Tab("评测", id="evaluation"):
            evaluation.build(services)
        with gr.Tab("查无结果", id="gaps"):
            gaps.build(services, script)
