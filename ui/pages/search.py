"""The page 查一查: ask in one's own words, see rules, cases, reports and procedures side by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

import gradio as gr

from kb.errors import AndianError, IndexDamaged
from retrieval.index.keeper import Condition, State
from ui.inquiry import Findings, Inquiry, look_up
from ui.pages.jobs import JOB, refresh_index
from ui.presenters import choices
from ui.presenters.hits import sections_html
from ui.presenters.states import (
    direct_html,
    nothing_html,
    notice_html,
    notices_html,
    scope_html,
    summary_html,
    welcome_html,
)
from ui.services import Services
from ui.synonyms import other_names

FORM = ("q", "kind", "topic", "region", "status", "as_of")
_REPAIRS = {State.MISSING: "建立索引", State.STALE: "更新索引", State.DAMAGED: "重建索引"}
_HERO = '<div class="hero" lang="zh-CN"><h1>查一查</h1><p>用平常的话写下遇到的事，法规、案例、通报、流程一起查。</p></div>'

_TOGGLE = (
    '<button type="button" id="narrow-toggle" aria-expanded="false" aria-controls="narrow" lang="zh-CN">'
    "筛选：主题、地区、效力、日期</button>"
)
_ADDRESS = "() => [window.location.search]"
_QUICK: dict[str, Any] = {
    "queue": False, "preprocess": False, "show_progress": "hidden", "api_visibility": "private",
}  # fmt: skip


def build(services: Services) -> None:
    """Draw the page and join its controls to the library; called inside the page's route."""
    gr.HTML(_HERO, elem_id="hero", apply_default_css=False)
    with gr.Row(elem_id="ask"):
        text = gr.Textbox(
            label="要查的事", show_label=False, container=False, autofocus=True, lines=1, max_lines=1, min_width=0,
            scale=1, elem_id="question", placeholder="例如：物业公司要撤场，提前多久通知",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search", spellcheck=False),
        )  # fmt: skip
        ask = gr.Button("查一查", variant="primary", scale=0, min_width=96, elem_id="ask-button")
    with gr.Column(elem_id="filters"):
        kind = gr.Radio(
            choices.KINDS, value="", label="种类", show_label=False, container=False, elem_id="kinds"
        )
        gr.HTML(_TOGGLE, elem_id="narrow-switch", apply_default_css=False)
        with gr.Row(elem_id="narrow"):
            topic = gr.Dropdown([("全部主题", "")], value="", label="主题", filterable=False, min_width=0)
            region = gr.Dropdown(
                [(f"全国和{services.settings.region}", "")],
                value="",
                label="地区",
                filterable=False,
                min_width=0,
            )
            status = gr.Dropdown([("现行", "")], value="", label="效力", filterable=False, min_width=0)
            as_of = gr.DateTime(
                include_time=False, type="string", label="按哪天的规定", min_width=0, elem_id="as-of"
            )
    results = gr.HTML(elem_id="results", apply_default_css=False)
    repair = gr.Button("更新索引", visible=False, elem_id="repair")
    address = gr.Textbox(visible="hidden", elem_id="address", label="网址")

    form = [text, kind, topic, region, status, as_of]
    shown: list[Any] = [results, *form, repair]
    _wire(services, form, shown, ask, address)
    repair.click(_repair(services), None, [results], concurrency_id=JOB, api_visibility="private").then(
        lambda a: _opened(services, a), [address], shown, js=_ADDRESS, **_QUICK
    )


def _wire(services: Services, form: list[Any], shown: list[Any], ask: gr.Button, address: gr.Textbox) -> None:
    """Every way of asking: the form, an address opened, a link or the back button."""
    text, kind, topic, region, status, as_of = form
    gr.on(
        [text.submit, ask.click, kind.input, topic.input, region.input, status.input, as_of.change],
        lambda *values: _asked(services, *values),
        form, shown, js="(...form) => window.andian.remember(form)", trigger_mode="always_last", **_QUICK,
    )  # fmt: skip
    # Without triggers: when the page has loaded, and whenever the hidden field changes.
    gr.on(
        None, lambda a: _opened(services, a), [address], shown, js=_ADDRESS, trigger_mode="always_last", **_QUICK
    )  # fmt: skip


def _asked(services: Services, *values: Any) -> list[Any]:
    return _present(services, Inquiry.read(dict(zip(FORM, values, strict=True))))


def _opened(services: Services, address: Any) -> list[Any]:
    return _present(services, Inquiry.from_address(address if isinstance(address, str) else ""))


def _repair(services: Services) -> Callable[..., str]:
    """:returns: The handler that brings the index up to date; the page is drawn anew after it."""

    def repair(bar: gr.Progress = gr.Progress()) -> str:  # noqa: B008 (Gradio finds the bar by this default)
        gr.Info(refresh_index(services, bar))
        return ""

    return repair


def _present(services: Services, inquiry: Inquiry) -> list[Any]:
    """:returns: Updates of the results, the form and the repair button."""
    findings, condition = None, None
    try:
        # Digests are checked when the index is opened, not again at every question.
        condition = services.keeper.condition(verify=False)
        body = _index_notice(condition) if services.library.revision else ""
        if inquiry.text and condition.state in (State.READY, State.STALE):
            findings = look_up(services.searcher, inquiry, services.settings.region, date.today())
            body += _answer(services, findings)
        elif not inquiry.text:
            body += welcome_html(services.library.documents())
    except IndexDamaged as error:
        condition = Condition(State.DAMAGED, str(error))
        body = notice_html(str(error), grave=True)
    except AndianError as error:
        body = notice_html(str(error), grave=True)
    repairable = condition is not None and condition.state in _REPAIRS
    label = _REPAIRS[condition.state] if condition is not None and repairable else ""
    return [
        f'<div class="an-results" lang="zh-CN">{body}</div>',
        *_form_updates(services, inquiry, findings),
        gr.Button(value=label, visible=repairable),
    ]


def _answer(services: Services, findings: Findings) -> str:
    problem, wanted = services.keeper.model_problem, services.keeper.wants_vectors
    notices = notices_html(findings, problem, wants_vectors=wanted)
    notices += _direct(services, findings.inquiry)
    if not findings.visible:
        return notices + nothing_html(findings, other_names(findings.inquiry.text, findings.words))
    scope = scope_html(findings, services.settings.region)
    return notices + summary_html(findings) + scope + sections_html(findings)


def _direct(services: Services, inquiry: Inquiry) -> str:
    passages = services.library.passages_of_ref(inquiry.text)
    documents = services.library.documents_by_key({p.document_key for p in passages})
    return direct_html([(documents[p.document_key], p) for p in passages], inquiry.as_of or date.today())


def _index_notice(condition: Condition) -> str:
    if condition.state is State.READY:
        return ""
    advice = "下面的结果可能不全，请更新索引" if condition.state is State.STALE else "请先按下面的按钮"
    return notice_html(f"{condition.reason}。{advice}。", grave=True)


def _form_updates(services: Services, inquiry: Inquiry, findings: Findings | None) -> list[Any]:
    text = gr.Textbox(value=inquiry.text)
    values = (choices.kind_value(inquiry.kind), inquiry.topic, inquiry.region, inquiry.status)
    as_of = gr.DateTime(value=inquiry.as_of.isoformat() if inquiry.as_of else None)
    if findings is None:
        return [text, gr.Radio(value=values[0]), *(gr.skip() for _ in range(3)), as_of]
    offered = (
        choices.topic_choices(findings),
        choices.region_choices(findings, services.settings.region),
        choices.status_choices(findings),
    )
    menus = [gr.Dropdown(choices=o, value=v) for o, v in zip(offered, values[1:], strict=True)]
    return [text, gr.Radio(choices=choices.kind_choices(findings), value=values[0]), *menus, as_of]
