"""命中测试 · 试问: one question taken apart, its hits marked right or wrong."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from kb.documents import NATIONWIDE
from kb.errors import InputError
from kb.judging.judgements import Verdict
from kb.references.canonical import comparable
from retrieval.explain import explain
from retrieval.query import Query
from ui.inquiry import ALL, Inquiry
from ui.pages.jobs import QUIET, shown_errors
from ui.presenters import choices
from ui.presenters.explanation import explanation_html
from ui.region import home_region
from ui.services import Services

SHOWN = 20
_FORM = ("q", "kind", "region", "as_of")
_HINT = '<p class="lb lb-help">查一个问题，看每一路把结果排在第几、得了多少分；给结果判对、判错，存下的判断就是评测用的标准答案。</p>'
_ADDRESS = "() => [window.location.search]"


class Handlers:
    """What happens around one question; the inputs called `form` are question, kind, region and day."""

    def __init__(self, services: Services):
        """:param services: The parts of Andian."""
        self._services = services

    def ask(self, *form: Any) -> str:
        """Show how the hits come about."""
        return self._draw(_inquiry(form))

    def opened(self, address: Any) -> tuple[str, dict[str, Any], str]:
        """Show what the address asks for; returns the question and the regions to choose from, too."""
        inquiry = Inquiry.from_address(address if isinstance(address, str) else "")
        return inquiry.text, gr.update(choices=_regions(self._services)), self._draw(inquiry)

    def judge(self, event: gr.EventData, changes: int, *form: Any) -> tuple[str, int]:
        """Save one verdict, or take it back where it stood already."""
        query, target, verdict = judgement_of(event.value)
        saved = self._services.library.judgements
        with shown_errors():
            known = saved.of(query).get(comparable(target))
            saved.judge(query, target, None if verdict is known else verdict)
        return self._draw(_inquiry((query, *form[1:]))), changes + 1

    def add(self, target: str, changes: int, *form: Any) -> tuple[str, str, int]:
        """Save a right answer that was not found."""
        inquiry = _inquiry(form)
        with shown_errors():
            ref = existing(self._services, target)
            if not inquiry.text:
                raise InputError("还没有问题", remedy="请先在上面写一个问题")
            self._services.library.judgements.judge(inquiry.text, ref, Verdict.RIGHT)
        return self._draw(inquiry), "", changes + 1

    def _draw(self, inquiry: Inquiry) -> str:
        if not inquiry.text:
            return _HINT
        everything = inquiry.filter(home_region(self._services), date.today())
        wanted = replace(everything, kinds=(inquiry.kind,)) if inquiry.kind else everything
        with shown_errors():
            explanation = explain(self._services.searcher, Query(inquiry.text, wanted, SHOWN))
            verdicts = self._services.library.judgements.of(inquiry.text)
        return explanation_html(explanation, verdicts)


def build(services: Services, changes: gr.State, script: str) -> None:
    """
    Lay out the tab.

    :param changes: Counter to raise when something was judged.
    :param script: Script of lists with buttons.
    """
    with gr.Row(elem_classes="ht-ask"):
        text = gr.Textbox(
            label="要试的问题", show_label=False, container=False, lines=1, max_lines=1, scale=1, min_width=0,
            elem_id="try", placeholder="例如：合同快满了，物业不想干了，要提前多久说",
        )  # fmt: skip
        ask = gr.Button("试一试", variant="primary", scale=0, min_width=96, elem_id="try-button")
    with gr.Row(elem_classes="lb-filters"):
        kind = gr.Dropdown(choices.KINDS, value="", label="种类", filterable=False, min_width=110)
        region = gr.Dropdown([("全国", "")], value="", label="地区", filterable=False, min_width=110)
        as_of = gr.DateTime(
            include_time=False, type="string", label="按哪天的规定", min_width=110, elem_id="as-of"
        )
    result = gr.HTML(elem_id="trial", apply_default_css=False, js_on_load=script, min_height=80)
    with gr.Row(elem_classes="ht-add"):
        target = gr.Textbox(
            label="补一个正确答案", placeholder="条文或资料编号，如 民法典第二百七十八条", max_length=200, max_lines=1, scale=1,
            min_width=0, elem_id="missing",
        )  # fmt: skip
        add = gr.Button("判为正确", scale=0, min_width=120, elem_id="add-missing")
    address = gr.Textbox(visible="hidden", elem_id="address", label="网址")

    handlers, form = Handlers(services), [text, kind, region, as_of]
    asking = [text.submit, ask.click, kind.input, region.input, as_of.change]
    gr.on(asking, handlers.ask, form, result, trigger_mode="always_last", **QUIET)
    gr.on(None, handlers.opened, address, [text, region, result], js=_ADDRESS, **QUIET)
    result.judge(handlers.judge, [changes, *form], [result, changes], trigger_mode="multiple", **QUIET)
    gr.on(
        [target.submit, add.click],
        handlers.add,
        [target, changes, *form],
        [result, target, changes],
        **QUIET,
    )


def judgement_of(value: Any) -> tuple[str, str, Verdict]:
    """
    Read what a button of a judged list sends.

    :raises gr.Error: If it is no judgement.
    """
    try:
        given = json.loads(str(value))
        return str(given["query"]), str(given["target"]), Verdict(given["verdict"])
    except (ValueError, KeyError, TypeError) as error:
        raise gr.Error("没有认出这个判断；请刷新网页再试", title="没有完成", print_exception=False) from error


def existing(services: Services, target: str) -> str:
    """
    Find what a person typed as an answer.

    :returns: Its reference or document id in comparable form.
    :raises InputError: If the library holds nothing of that name.
    """
    ref = comparable(target.strip())
    if not ref or ref not in {comparable(name) for name in services.library.references()}:
        shown = target.strip()[:50]
        raise InputError(
            f"资料库里没有“{shown}”", remedy="条文写作 民法典第二百七十八条，资料写编号（见资料库）"
        )
    return ref


def _inquiry(form: Any) -> Inquiry:
    return Inquiry.read(dict(zip(_FORM, form, strict=True)))


def _regions(services: Services) -> choices.Choices:
    home = home_region(services)
    places = (place for place in services.library.regions() if place not in (NATIONWIDE, home))
    return [(f"全国和{home}", ""), ("各地都看", ALL), *((f"全国和{place}", place) for place in places)]
