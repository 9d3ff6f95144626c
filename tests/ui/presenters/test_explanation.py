from dataclasses import replace
from datetime import date

import pytest

from kb.entrances import Source
from kb.judging.judgements import Verdict
from retrieval.explain import Explanation, explain
from retrieval.query import Filter, Lead, Query
from tests.ui.library_samples import HOSTILE
from ui.presenters.explanation import LEGS, explanation_html
from ui.services import Services

WANTED = Filter(as_of=date(2024, 6, 1), home_region="上海")
PROVISION = "民法典第二百七十八条"


def explained(services: Services, text: str) -> Explanation:
    return explain(services.searcher, Query(text, WANTED, 5))


@pytest.fixture(scope="module")
def funds(services: Services) -> Explanation:
    return explained(services, "动用维修资金")


def test_each_leg_has_a_column_with_rank_and_score(funds: Explanation) -> None:
    html = explanation_html(funds, {})
    for leg in funds.legs:
        assert f'<th scope="col" class="ht-leg">{LEGS.get(leg, leg)}</th>' in html
    assert html.count("<tr") == len(funds.hits) + 1
    standing = funds.standings(PROVISION)["fusion"]
    assert f"<b>{standing.rank}</b> <small>{standing.score:.3g}</small>" in html


def test_a_leg_without_a_name_goes_by_its_own(funds: Explanation) -> None:
    html = explanation_html(replace(funds, legs={"neu<x>": {}}), {})
    assert "neu&lt;x&gt;" in html
    assert '<td class="ht-leg" data-name="neu&lt;x&gt;">–</td>' in html


def test_verdicts_are_pressed_buttons(funds: Explanation) -> None:
    html = explanation_html(funds, {PROVISION: Verdict.RIGHT})
    assert html.count('aria-pressed="true"') == 1
    assert 'class="ht-row ht-right"' in html


def test_what_was_judged_right_and_is_not_shown_says_where_it_stands(funds: Explanation) -> None:
    html = explanation_html(funds, {"民法典第二百九十六条": Verdict.RIGHT, "case-01": Verdict.WRONG})
    assert "没有进入上表的" in html
    assert "<b>民法典第二百九十六条</b>：各路都没有找到" in html
    assert "case-01" not in html


def test_corrections_and_expansion_are_shown(services: Services, funds: Explanation) -> None:
    html = explanation_html(replace(funds, meant="动用<维修>资金", expansion=(("公共<修>", 0.25),)), {})
    assert "改正为" in html
    assert "动用&lt;维修&gt;资金" in html
    assert "公共&lt;修&gt;×0.25" in html
    assert "改正为" not in explanation_html(funds, {})


def test_what_led_to_the_hits_is_shown_once(funds: Explanation) -> None:
    assert "<dt>相似问法</dt>" not in explanation_html(funds, {})
    leads = (Lead(Source.QUERY, "修<房>的钱怎么用"), Lead(Source.TERM, "维修资金：维修用的钱"))
    led = replace(funds, hits=tuple(replace(hit, led_by=leads) for hit in funds.hits))
    html = explanation_html(led, {})
    assert "<dt>相似问法</dt><dd>别人也这样问：修&lt;房&gt;的钱怎么用 / 词条：维修资金</dd>" in html


def test_every_leg_of_the_pipeline_has_a_name(funds: Explanation) -> None:
    assert set(funds.legs) <= set(LEGS)


def test_nothing_found_says_what_to_do(services: Services) -> None:
    assert "可以放宽筛选，或在下面补一个正确答案" in explanation_html(explained(services, "qzxv"), {})


def test_hostile_text_is_escaped(services: Services) -> None:
    html = explanation_html(explained(services, f"注入测试{HOSTILE}"), {HOSTILE: Verdict.RIGHT})
    assert "<script" not in html
    assert "<img" not in html
