"""The page 命中测试 in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kb.errors import IndexRefused
from kb.judging.gaps import How
from kb.judging.judgements import Verdict
from kb.progress import SilentProgress
from retrieval.index.keeper import State
from tests.ui.conftest import serving
from tests.ui.library_samples import HOSTILE
from ui.services import Services

pytestmark = pytest.mark.browser
BOTH_WIDTHS = pytest.mark.parametrize("page", [1280, 390], indirect=True, ids=["desktop", "phone"])
PROVISION = "民法典第二百七十八条"


@pytest.fixture
def own_url(own_services: Services) -> Iterator[str]:
    own_services.library.searches.clear()  # what other tests searched in the library that was copied
    yield from serving(own_services)


def opened(page: Any, url: str, question: str = "", tab: str = "") -> Any:
    page.set_default_timeout(15_000)
    page.goto(f"{url}/hits?q={quote(question)}")
    page.wait_for_selector(".ht-row" if question else ".lb-help")
    if tab:
        page.get_by_role("tab", name=tab).click()
    return page


def row(page: Any, target: str) -> Any:
    return page.locator(f".ht-row[data-target='{target}']")


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@BOTH_WIDTHS
def test_a_question_is_taken_apart_and_judged(page: Any, own_url: str, own_services: Services) -> None:
    opened(page, own_url)
    page.fill("#try input, #try textarea", "动用维修资金")
    page.keyboard.press("Enter")
    row(page, PROVISION).wait_for()
    assert "维修资金" in page.locator(".ht-facts").inner_text()
    assert row(page, PROVISION).locator("td.ht-leg b").count() >= 2
    assert fits(page), "wider than the screen"
    row(page, PROVISION).locator("[data-verdict='right']").click()
    page.locator(".ht-right").wait_for()
    assert own_services.library.judgements.of("动用维修资金") == {PROVISION: Verdict.RIGHT}
    row(page, PROVISION).locator("[data-verdict='wrong']").click()
    page.locator(".ht-wrong").wait_for()
    row(page, PROVISION).locator("[data-verdict='wrong']").click()
    page.locator(".ht-wrong").wait_for(state="detached")
    assert own_services.library.judgements.all() == []


def test_the_keyboard_walks_and_judges(page: Any, own_url: str, own_services: Services) -> None:
    opened(page, own_url, "维修资金")
    page.locator(".ht-row").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator(".ht-row").nth(1).get_attribute("data-target")
    page.keyboard.press("1")
    page.locator(".ht-right").wait_for()
    page.wait_for_function(
        "row => document.activeElement.dataset.target === row", arg=second
    )  # the focus stays
    page.wait_for_timeout(1_000)  # Gradio may drop an event of a component that it is just drawing anew
    page.keyboard.press("ArrowUp")
    first = page.locator(".ht-row").first.get_attribute("data-target")
    page.wait_for_function("row => document.activeElement.dataset.target === row", arg=first)
    page.keyboard.press("ArrowLeft")
    page.locator(".ht-wrong").wait_for()
    assert list(own_services.library.judgements.of("维修资金").values()) == [Verdict.RIGHT, Verdict.WRONG]


def test_filters_narrow_what_is_tried(page: Any, own_url: str) -> None:
    opened(page, own_url, "楼道堆物")
    page.get_by_label("种类").click()
    page.get_by_role("option", name="通报").click()
    page.wait_for_function("document.querySelectorAll('.ht-row').length === 1")
    assert page.locator(".ht-row").get_attribute("data-target") == "bulletin-dongshan"


def test_a_missing_answer_is_added_if_it_exists(page: Any, own_url: str, own_services: Services) -> None:
    opened(page, own_url, "楼道堆物")
    page.fill("#missing input, #missing textarea", "民法典第九条")
    page.click("#add-missing")
    page.wait_for_selector("text=资料库里没有“民法典第九条”")
    page.fill("#missing input, #missing textarea", "《民法典》第296条")
    page.click("#add-missing")
    page.locator(".ht-absent", has_text="民法典第二百九十六条：各路都没有找到").wait_for()
    assert own_services.library.judgements.of("楼道堆物") == {"民法典第二百九十六条": Verdict.RIGHT}


def test_what_went_wrong_is_said_in_chinese(page: Any, own_url: str, own_services: Services) -> None:
    opened(page, own_url)
    for damaged in own_services.settings.index_dir.glob("generation-*/catalogue.npz"):
        damaged.write_bytes(damaged.read_bytes()[:-100])
    page.fill("#try input, #try textarea", "动用维修资金")
    page.click("#try-button")
    page.get_by_text("已损坏").wait_for()
    page.locator(".toast-title", has_text="没有完成").wait_for()


def test_judgements_are_listed_taken_back_and_carried_over(
    page: Any, own_url: str, own_services: Services, tmp_path: Path
) -> None:
    own_services.library.judgements.judge("维修资金", PROVISION, Verdict.RIGHT)
    opened(page, own_url, tab="标注")
    with page.expect_download() as download:
        page.click("#export-gold")
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert json.loads(saved)["relevant"] == [PROVISION]
    page.click("#judged [data-do='drop']")
    page.locator("#judged", has_text="还没有标注").wait_for()
    page.click("[data-do='restore']")
    page.locator(".jd-right", has_text=PROVISION).wait_for()
    more = tmp_path / "更多.jsonl"
    more.write_text(
        json.dumps({"id": 1, "query": "别的", "relevant": ["无此条例第一条"]}, ensure_ascii=False)
    )
    page.set_input_files("input[type=file]", more)
    page.wait_for_selector("text=新增 1 个判断；其中 1 条依据资料库里没有")
    broken = tmp_path / "坏的.jsonl"
    broken.write_text("不是 JSON")
    page.set_input_files("input[type=file]", broken)
    page.wait_for_selector("text=坏的.jsonl:1：这一行不是一条评测问题")


@BOTH_WIDTHS
def test_the_evaluation_shows_figures_and_the_worst(page: Any, own_url: str, own_services: Services) -> None:
    own_services.library.judgements.judge("维修资金", PROVISION, Verdict.RIGHT)
    own_services.library.judgements.judge("楼道堆物", "民法典第二百九十六条", Verdict.RIGHT)
    opened(page, own_url, tab="评测")
    page.wait_for_selector("text=还没有评测过")
    page.click("#measure")
    page.locator(".ev-worst li", has_text="楼道堆物").wait_for()
    assert "2 个问题" in page.locator("#runs").inner_text()
    page.click("#measure")
    page.wait_for_selector("text=与同一批问题的上一次相比")
    assert len(own_services.library.evaluations.all()) == 2
    assert fits(page), "wider than the screen"


def test_an_evaluation_without_judgements_says_what_to_do(page: Any, own_url: str) -> None:
    opened(page, own_url, tab="评测")
    page.click("#measure")
    page.wait_for_selector("text=还没有标注；请先到“命中测试”页给结果标对、标错")


@BOTH_WIDTHS
def test_a_search_in_vain_is_told_and_dealt_with(page: Any, own_url: str, own_services: Services) -> None:
    page.set_default_timeout(15_000)
    page.goto(f"{own_url}/?q={quote('修缮款怎么动')}")
    page.click("#tell")
    page.wait_for_selector("text=已告诉管理员")
    opened(page, own_url, tab="查无结果")
    page.locator(".gp", has_text="访客说没有找到").wait_for()
    page.click("[data-do='handle']")
    page.fill("#term input, #term textarea", "维修资金")
    page.fill("#alias input, #alias textarea", "修缮款")
    assert fits(page), "wider than the screen"
    page.click("#add-synonym")
    page.wait_for_selector("text=没有待处理的问题")
    page.locator("#gaps-status", has_text="索引正常").wait_for()
    assert own_services.library.additions.synonyms() == [("维修资金", "修缮款")]
    assert "修缮款" in own_services.lexicon.terms
    page.get_by_text("处理过的").click()
    page.click("#handled [data-do='undo']")
    page.locator(".gp", has_text="修缮款怎么动").wait_for()
    assert own_services.library.additions.synonyms() == []


def test_telling_can_be_taken_back(page: Any, own_url: str, own_services: Services) -> None:
    page.set_default_timeout(15_000)
    page.goto(f"{own_url}/?q={quote('维修资金')}")
    page.click("#tell")
    page.click("text=已告诉管理员")
    page.wait_for_selector("text=没有找到想要的")
    assert [s.missed for s in own_services.library.searches.all()] == [False]


def test_a_passage_is_linked_to_a_question(page: Any, own_url: str, own_services: Services) -> None:
    own_services.library.searches.record("qzxv", "", 0, None)
    opened(page, own_url, tab="查无结果")
    page.click("[data-do='handle']")
    page.wait_for_selector("text=没有查到；请换个说法")
    page.fill("#link-words input, #link-words textarea", "民法典278条")
    page.keyboard.press("Enter")
    page.click(f"[data-do='choose'][data-value='{PROVISION}']")
    page.wait_for_selector("text=没有待处理的问题")
    page.locator("#gaps-status", has_text="索引正常").wait_for()
    assert own_services.library.entrances() == [("qzxv", (PROVISION,))]


def test_cases_to_write_are_exported_and_the_log_is_cleared(
    page: Any, own_url: str, own_services: Services
) -> None:
    for text in ("要写的", "不管的", "留着的"):
        own_services.library.searches.record(text, "", 0, None)
    opened(page, own_url, tab="查无结果")
    page.locator(".gp", has_text="要写的").locator("[data-do='case']").click()
    page.locator(".gp", has_text="要写的").wait_for(state="detached")
    page.locator(".gp", has_text="不管的").locator("[data-do='ignore']").click()
    page.locator(".gp", has_text="不管的").wait_for(state="detached")
    with page.expect_download() as download:
        page.click("#export-cases")
    assert "- [ ] 要写的" in Path(download.value.path()).read_text(encoding="utf-8")
    page.click("#clear-log")
    page.click("#confirm-clear")
    page.wait_for_selector("text=没有待处理的问题")
    assert own_services.library.searches.all() == []
    assert [done.how for done in own_services.library.additions.handled()] == [How.IGNORED, How.CASE]


def test_opening_a_hit_is_noted(page: Any, own_url: str, own_services: Services) -> None:
    page.set_default_timeout(15_000)
    page.goto(f"{own_url}/?q={quote('维修资金')}")
    page.locator(".hit-link").first.click()
    page.wait_for_selector(".rd")
    (search,) = own_services.library.searches.all()
    assert (search.text, search.opened, search.hits > 0) == ("维修资金", True, True)


def test_hostile_text_stays_text(page: Any, own_url: str, own_services: Services) -> None:
    own_services.library.searches.record(HOSTILE, "", 0, None)
    own_services.library.judgements.judge(HOSTILE, HOSTILE, Verdict.RIGHT)
    opened(page, own_url, f"注入测试 {HOSTILE}")
    for tab, shown in (("标注", "#judged"), ("查无结果", "#gaps")):
        page.get_by_role("tab", name=tab).click()
        page.locator(shown, has_text="<script>").wait_for()
    assert page.evaluate("window.hacked") is None


def test_an_index_that_finds_less_waits_for_a_click(page: Any, own_url: str, own_services: Services) -> None:
    def refuse(*_: object) -> None:
        raise IndexRefused("新索引没有采用：前 10 条找到率从 0.9 降到 0.5")

    for button in ("#discard-index", "#accept-worse"):
        old = own_services.keeper.generation().folder
        with pytest.raises(IndexRefused):
            own_services.keeper.refresh(SilentProgress(), rebuild=True, compare=refuse)
        opened(page, own_url, tab="评测")
        page.locator("#refused", has_text="从 0.9 降到 0.5").wait_for()
        page.click(button)
        page.locator("#accept-worse").wait_for(state="hidden")
        assert own_services.keeper.condition().state is State.READY
        assert (own_services.keeper.generation().folder == old) is (button == "#discard-index")
