"""The page 查一查: ask in one's own words, see rules, cases, reports and procedures side by side."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from kb.documents import Kind
from kb.errors import AndianError, IndexDamaged
from retrieval.index.keeper import Condition, State
from ui.inquiry import ALL, Findings, Inquiry, look_up
from ui.named import named_in
from ui.pages.jobs import JOB, QUIET, refresh_index, shown_errors
from ui.presenters import choices
from ui.presenters.hits import sections_html
from ui.presenters.links import changed_note
from ui.presenters.named import named_html
from ui.presenters.states import (
    nothing_html,
    notice_html,
    notices_html,
    scope_html,
    summary_html,
    welcome_html,
)
from ui.region import choose_home_region, home_region
from ui.services import Services
from ui.synonyms import other_names

_REPAIRS = {State.MISSING: "建立索引", State.STALE: "更新索引", State.DAMAGED: "重建索引"}
_HERO = '<div class="hero" lang="zh-CN"><h1>查一查</h1><p>用平常的话写下遇到的事，法规、案例、通报、流程一起查。</p></div>'

_TOGGLE = (
    '<button type="button" id="narrow-toggle" aria-expanded="false" aria-controls="narrow" lang="zh-CN">'
    "筛选：主题、地区、效力、日期</button>"
)
_ADDRESS = "() => [window.location.search]"
_ADDRESS_AND = "(_, said) => [window.location.search, said]"
_TELL, _TOLD = "没有找到想要的？告诉管理员", "已告诉管理员，点这里撤销"
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
                [(f"全国和{home_region(services)}", "")],
                value="",
                label="地区",
                filterable=False,
                min_width=0,
            )
            status = gr.Dropdown([("现行", "")], value="", label="效力", filterable=False, min_width=0)
            as_of = gr.DateTime(
                include_time=False, type="string", label="按哪天的规定", min_width=0, elem_id="as-of"
            )
    settle = gr.Button("", visible=False, size="sm", variant="secondary", elem_id="home-region")
    results = gr.HTML(elem_id="results", apply_default_css=False)
    tell = gr.Button(_TELL, visible=False, size="sm", variant="secondary", elem_id="tell")
    repair = gr.Button("更新索引", visible=False, elem_id="repair")
    address = gr.Textbox(visible="hidden", elem_id="address", label="网址")

    form = [text, kind, topic, region, status, as_of]
    shown: list[Any] = [results, *form, repair, tell, settle]
    _wire(services, form, shown, ask, address)
    tell.click(lambda a, said: _tell(services, a, said), [address, tell], tell, js=_ADDRESS_AND, **QUIET)
    settle.click(lambda a: _settle(services, a), [address], shown, js=_ADDRESS, preprocess=False, **QUIET)
    repair.click(_repair(services), None, [results], concurrency_id=JOB, api_visibility="private").then(
        lambda a: _opened(services, a), [address], shown, js=_ADDRESS, **_QUICK
    )


def _wire(services: Services, form: list[Any], shown: list[Any], ask: gr.Button, address: gr.Textbox) -> None:
    """Every way of asking: the form, an address opened, a link or the back button."""
    text, kind, topic, region, status, as_of = form
    fields = [text.submit, ask.click, kind.input, topic.input, region.input, status.input]
    for triggers, remembering in ((fields, "remember"), ([as_of.change], "redate")):
        gr.on(
            triggers, lambda *values: _opened(services, values[-1]), [*form, address], shown,
            js=f"(...form) => [...form.slice(0, -1), window.andian.{remembering}(form)]",
            trigger_mode="always_last", **_QUICK,
        )  # fmt: skip
    # Without triggers: when the page has loaded, and whenever the hidden field changes.
    gr.on(
        None, lambda a: _opened(services, a), [address], shown, js=_ADDRESS, trigger_mode="always_last", **_QUICK
    )  # fmt: skip


def _opened(services: Services, address: Any) -> list[Any]:
    return _present(services, Inquiry.from_address(address if isinstance(address, str) else ""))


def _tell(services: Services, address: Any, said: Any) -> str:
    """:returns: The button's new label, after noting that nothing fitted, or taking that back."""
    told = said == _TOLD
    text = Inquiry.from_address(address if isinstance(address, str) else "").text
    with shown_errors():
        services.library.searches.mark_missed(text, not told)
    return _TELL if told else _TOLD


def _settle(services: Services, address: Any) -> list[Any]:
    """Make the region that is looked at the home region."""
    inquiry = Inquiry.from_address(address if isinstance(address, str) else "")
    with shown_errors():
        choose_home_region(services, inquiry.region)
    return _present(services, inquiry)


def _offer_region(services: Services, region: str) -> gr.Button:
    """:returns: The button that makes the region looked at the home region, where it is another."""
    offered = region not in ("", ALL, home_region(services)) and region in services.library.regions()
    return gr.Button(value=f"以后默认看全国和{region}的规定", visible=offered)


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
        if inquiry.text and condition.state in (State.READY, State.STALE, State.REFUSED):
            findings = look_up(services.searcher, inquiry, home_region(services), date.today())
            findings = replace(findings, changed=_changed(services, findings))
            body += _answer(services, findings)
            found = sum(len(section.hits) for section in findings.visible)
            services.log_search(inquiry.text, choices.kind_value(inquiry.kind), found, findings.nearest)
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
        gr.Button(value=_TELL, visible=findings is not None),
        _offer_region(services, inquiry.region if findings is not None else ""),
    ]


def _answer(services: Services, findings: Findings) -> str:
    problem, wanted = services.keeper.model_problem, services.keeper.wants_vectors
    notices = notices_html(findings, problem, wants_vectors=wanted)
    notices += _direct(services, findings.inquiry)
    if not findings.visible:
        names = other_names(findings.inquiry.text, findings.words, services.lexicon.names)
        return notices + nothing_html(findings, names)
    scope = scope_html(findings, findings.home_region)
    return notices + summary_html(findings) + scope + sections_html(findings)


def _changed(services: Services, findings: Findings) -> dict[int, str]:
    """:returns: By document key, how the law behind a case, a procedure or a report has changed since."""
    sections = (s for s in findings.visible if s.kind is not Kind.REGULATION)
    documents = {hit.document.key: hit.document for s in sections for hit in s.hits}
    bases = services.links.bases(list(documents.values()), date.today())
    notes = {key: changed_note(documents[key], found) for key, found in bases.items()}
    return {key: note for key, note in notes.items() if note}


def _direct(services: Services, inquiry: Inquiry) -> str:
    names, abbreviations = services.spellings().names, services.lexicon.law_abbreviations
    named = named_in(inquiry.text, services.library, names, abbreviations)
    return named_html(named, inquiry.as_of or date.today())


def _index_notice(condition: Condition) -> str:
    if condition.state in (State.READY, State.REFUSED):  # refused: what is served is sound
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
        choices.region_choices(findings, findings.home_region, services.library.regions()),
        choices.status_choices(findings),
    )
    menus = [gr.Dropdown(choices=o, value=v) for o, v in zip(offered, values[1:], strict=True)]
    return [text, gr.Radio(choices=choices.kind_choices(findings), value=values[0]), *menus, as_of]
