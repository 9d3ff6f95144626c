"""对照 `/compare?old=ID&new=ID&at=new-POSITION`: two versions of one rule side by side."""

from datetime import date
from pathlib import Path

import gradio as gr

from kb.errors import InputError, NotFound
from ui.pages.comparing import Wanted, comparable_rules, gather_comparison, parse
from ui.pages.jobs import QUIET, shown_errors
from ui.presenters.comparison import choices_html, comparison_html, missing_html
from ui.services import Services

_SCRIPT = Path(__file__).parent.parent / "static" / "components" / "compare.js"
_WAITING = '<p class="cp-waiting" role="status" lang="zh-CN">正在逐条对照……</p>'


def build(services: Services) -> None:
    """Lay out the page and wire its handler, inside the route that the app has opened."""
    text = gr.HTML(
        _WAITING,
        elem_id="comparison",
        apply_default_css=False,
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
    )

    def open_page(request: gr.Request) -> str:
        return show(services, parse(request.query_params))

    gr.on(None, open_page, None, text, **QUIET)


def show(services: Services, wanted: Wanted) -> str:
    """:returns: The page's HTML: a comparison, what can be compared, or why there is none."""
    with shown_errors():
        try:
            if not (wanted.old or wanted.new):
                return choices_html(comparable_rules(services.library))
            return comparison_html(
                gather_comparison(services.library, services.segmenter, wanted, date.today())
            )
        except NotFound:
            return missing_html("资料库里没有这份资料", "要对照的文本可能已改名、移除，或写错了地址。")
        except InputError as error:
            return missing_html(f"{error.problem}，没有可对照的", f"{error.remedy}。")
