from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from kb.documents import Kind
from kb.entrances import Source
from retrieval.query import Lead
from tests.ui.library_samples import HOSTILE
from ui.inquiry import ALL, Findings, Inquiry, look_up
from ui.presenters.choices import kind_choices, region_choices, status_choices, topic_choices
from ui.presenters.hits import citation, hit_html, sections_html
from ui.presenters.marking import marker
from ui.presenters.standing import Setting
from ui.presenters.states import nothing_html, notices_html, scope_html, summary_html, welcome_html
from ui.services import Services

TODAY = date(2026, 11, 22)


class Elements(HTMLParser):
    """Collects every element, and complains of unbalanced ones."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(html: str) -> Elements:
    elements = Elements()
    elements.feed(html)
    assert not elements.open
    return elements


def ask(services: Services, text: str, **filters: object) -> Findings:
    return look_up(services.searcher, Inquiry(text, **filters), "上海", TODAY)  # type: ignore[arg-type]


def card(services: Services, text: str, ref: str, **filters: object) -> str:
    findings = ask(services, text, **filters)
    hit = next(h for s in findings.sections for h in s.hits if h.ref == ref)
    return hit_html(hit, marker(findings.words), text, Setting(TODAY, findings.inquiry.as_of, "上海"))


def test_a_provision_shows_what_one_needs_to_cite_it(services: Services) -> None:
    html = card(services, "维修资金", "民法典第二百七十八条")
    for part in ("第二编 物权", "现行", "法律", "全国", "2021年1月1日起施行", "来源：测试资料", "关键词第"):
        assert part in html
    assert 'data-cite="《民法典》第二百七十八条"' in html
    assert 'href="read?doc=law-minfadian&amp;at=0&amp;q=%E7%BB%B4%E4%BF%AE%E8%B5%84%E9%87%91"' in html
    assert "<mark>维修资金</mark>" in html


def test_our_gist_stands_below_the_official_text_and_is_marked(services: Services) -> None:
    html = card(services, "维修资金", "民法典第二百七十八条")
    official, gist = html.index("下列事项由"), html.index("三分之二参加")
    assert official < html.index("要点（案典整理，非法条原文）") < gist


def test_a_repealed_provision_says_so(services: Services) -> None:
    html = card(services, "维修资金", "物权法第七十六条", region=ALL, status=ALL)
    assert "已废止" in html
    assert "2021年1月1日失效" in html


def test_a_digest_is_never_cited_as_the_law(services: Services) -> None:
    findings = ask(services, "维修资金", kind=Kind.PROCEDURE)
    assert citation(findings.visible[0].hits[0]) == "《动用维修资金》步骤一 提出方案"


def test_nothing_from_the_library_or_the_visitor_becomes_markup(services: Services) -> None:
    findings = ask(services, f"注入 {HOSTILE}")
    pages = [
        sections_html(findings),
        nothing_html(findings, [HOSTILE]),
        scope_html(findings, "上海"),
        welcome_html(services.library.documents()),
    ]
    assert "注入" in pages[0]
    for html in pages:
        elements = parsed(html)
        assert not {tag for tag, _ in elements.seen} & {"script", "img"}
        assert not [name for _, attributes in elements.seen for name in attributes if name.startswith("on")]


def test_sections_fold_after_the_first_few_and_lead_on(services: Services) -> None:
    html = sections_html(ask(services, "楼道堆物"))
    assert "更多案例（还有 6 条）" in html
    assert html.index("更多案例") < html.index("kind=case&amp;n=20") < html.index("再看 10 条案例")
    whole = sections_html(ask(services, "楼道堆物", kind=Kind.CASE, shown=20))
    assert "更多案例" not in whole
    assert "再看" not in whole
    assert whole.count("<article") == 13


def test_the_hidden_are_counted_with_a_way_to_see_them(services: Services) -> None:
    line = scope_html(ask(services, "维修资金"), "上海")
    assert "现行、全国和上海" in line
    assert "另有 2 条" in line
    assert "已废止 1 条" in line
    assert "region=all&amp;status=all" in line
    assert scope_html(ask(services, "楼道堆物"), "上海") == ""
    assert "只看现行" in scope_html(ask(services, "维修资金", region=ALL, status=ALL), "上海")


def test_summary_counts_and_times(services: Services) -> None:
    assert "约 11 余条，用时" in summary_html(ask(services, "楼道堆物"))


def test_choices_carry_counts_and_keep_what_was_chosen(services: Services) -> None:
    findings = ask(services, "维修资金", topic="没有的主题", region="海南")
    assert ("法规条文 0", "regulation") in kind_choices(findings)
    assert ("没有的主题（0）", "没有的主题") in topic_choices(findings)
    assert [value for _, value in region_choices(findings, "上海")] == ["", ALL, "浙江", "海南"]
    offered = region_choices(findings, "上海", ["上海", "全国", "广东"])
    assert ("全国和广东", "广东") in offered, "also where the best matches hold none of it"
    assert [value for _, value in offered] == ["", ALL, "浙江", "广东", "海南"]
    assert ("已废止（1）", "repealed") in status_choices(findings)


@pytest.mark.parametrize(("wanted", "said"), [(True, "andian doctor"), (False, "关掉了语义模型")])
def test_keyword_search_alone_is_owned_up_to(services: Services, wanted: bool, said: str) -> None:
    assert said in notices_html(ask(services, "物业"), "", wants_vectors=wanted)


def test_a_cut_question_is_owned_up_to(services: Services) -> None:
    findings = look_up(services.searcher, Inquiry.read({"q": "物业" * 300}), "上海", TODAY)
    assert "只查了前 500 个字" in notices_html(findings, "", wants_vectors=False)


def test_nothing_found_offers_ways_out(services: Services) -> None:
    html = nothing_html(ask(services, "老赖 黑名单", kind=Kind.BULLETIN), ["欠费"])
    for part in ("换个说法", "欠费", "少写几个词", "去掉筛选条件"):
        assert part in html


def test_welcome_counts_the_holdings(services: Services) -> None:
    html = welcome_html(services.library.documents())
    assert "<b>5</b> 部法规（8 条）" in html
    assert "<b>14</b> 篇案例" in html
    assert html.count("data-open") == 5


def test_an_empty_library_says_where_to_begin() -> None:
    assert "资料库还是空的" in welcome_html([])


def test_what_led_to_a_provision_stands_on_its_card(services: Services) -> None:
    findings = ask(services, "楼道堆物 维修资金", shown=50)
    rules = next(s for s in findings.sections if s.kind is Kind.REGULATION)
    leads = (Lead(Source.QUERY, "楼道堆东西没人管"), Lead(Source.DOCUMENT, "楼道堆物第1案"))
    led = replace(rules, hits=tuple(replace(hit, led_by=leads) for hit in rules.hits[:1]))
    html = sections_html(replace(findings, sections=(led, *findings.sections[1:])))
    assert "别人也这样问：<bdi>楼道堆东西没人管</bdi>" in html
    assert '类似案例：<a href="read?doc=case-01">' in html
    assert 'class="leads"' not in sections_html(findings)


def test_a_provision_that_no_leg_found_says_how_it_came_in(services: Services) -> None:
    findings = ask(services, "动用维修资金")
    hit = next(h for s in findings.sections for h in s.hits if h.ref == "民法典第二百七十八条")
    unfound = replace(hit, keyword_rank=None, dense_rank=None)
    led = replace(unfound, led_by=(Lead(Source.TERM, "维修资金：维修用的钱"),))
    for shown, why in ((hit, "关键词第 "), (unfound, "点名"), (led, "相似问法")):
        html = hit_html(shown, marker(findings.words), "动用维修资金", Setting(TODAY))
        assert f'<span class="why">{why}' in html
