"""The page 查一查 in a real browser."""

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kb.documents import Document, Kind, Passage
from tests.ui.conftest import home_settings, serving
from tests.ui.library_samples import HOSTILE
from ui.services import Services, open_services

pytestmark = pytest.mark.browser
BOTH_WIDTHS = pytest.mark.parametrize("page", [1280, 390], indirect=True, ids=["desktop", "phone"])
BOX = "#question input"


def opened(page: Any, server_url: str, **asked: str) -> Any:
    page.set_default_timeout(10_000)
    query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    page.goto(f"{server_url}/?{query}")
    page.wait_for_selector(".an-results")
    return page


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator(".hit-link").all_inner_texts()
    return found


def wait_for_address(page: Any, part: str) -> None:
    page.wait_for_url(re.compile(re.escape(part)))
    page.wait_for_selector(".summary, .empty, .landing")


@BOTH_WIDTHS
def test_asking_shows_results_and_enters_the_address(page: Any, server_url: str) -> None:
    opened(page, server_url)
    assert page.evaluate("document.activeElement.closest('#question') !== null")
    page.keyboard.type("动用维修资金")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    assert f"q={quote('动用维修资金')}" in page.url
    assert "民法典 第二百七十八条" in titles(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"


def test_an_address_opens_its_results_with_its_filters(page: Any, server_url: str) -> None:
    opened(page, server_url, q="维修资金", region="all", status="repealed")
    page.wait_for_selector(".hit")
    assert "物权法 第七十六条" in titles(page)
    assert page.locator(BOX).input_value() == "维修资金"
    assert page.get_by_label("效力").input_value() == "已废止（1）"


def test_back_and_forward_walk_through_the_questions(page: Any, server_url: str) -> None:
    opened(page, server_url)
    page.evaluate("window.still = true")
    page.locator(".chip").nth(3).click()
    page.wait_for_selector(".hit")
    page.fill(BOX, "维修资金")
    page.click("#ask-button")
    page.wait_for_selector("text=民法典 第二百七十八条")
    page.go_back()
    page.wait_for_selector("text=清理楼道的一次协商")
    assert page.locator(BOX).input_value() == "楼道堆物屡清屡堆"
    page.go_back()
    page.wait_for_selector(".landing")
    page.go_forward()
    page.wait_for_selector("text=清理楼道的一次协商")
    assert page.evaluate("window.still"), "the page was loaded anew"


def test_kinds_and_the_next_ones(page: Any, server_url: str) -> None:
    opened(page, server_url, q="楼道堆物")
    page.get_by_text("案例 10+").first.click()
    wait_for_address(page, "kind=case")
    page.get_by_text("再看 10 条案例").click()
    wait_for_address(page, "n=20")
    page.wait_for_function("document.querySelectorAll('.hit').length === 13")


def test_a_day_in_the_address_keeps_how_many_are_shown(page: Any, server_url: str) -> None:
    address = f"{server_url}/?q={quote('楼道堆物')}&kind=case&as_of=2026-01-02&n=20"
    answered: list[Any] = []
    page.on("requestfinished", lambda request: answered.append(request) if "/run/" in request.url else None)
    page.goto(address)
    for _ in range(600):  # the second time the day's field asks, for it holds a day now
        if len(answered) < 2:
            page.wait_for_timeout(50)
    assert len(answered) >= 2
    page.wait_for_function("document.querySelectorAll('.hit').length === 13")
    assert "n=20" in page.url
    page.locator("#as-of input").fill("2026-01-03")
    page.locator("#as-of input").blur()
    page.wait_for_url(re.compile("as_of=2026-01-03"))
    page.get_by_text("按 2026年1月3日当天的规定").wait_for()


@pytest.mark.parametrize(
    ("place", "title"),
    [
        ("?q=漏水", "漏水 · 查一查"),
        ("read", "阅读"),
        ("cite", "核引用"),
        ("library", "资料库"),
        ("hits", "命中测试"),
    ],
)
def test_every_page_has_a_title_of_its_own(page: Any, server_url: str, place: str, title: str) -> None:
    page.goto(f"{server_url}/{place}")
    page.wait_for_function("title => document.title === title", arg=f"{title} · 案典", timeout=10_000)


def test_what_is_hidden_is_shown_with_one_click(page: Any, server_url: str) -> None:
    opened(page, server_url, q="维修资金")
    page.click("text=全部显示")
    page.wait_for_selector("text=物权法 第七十六条")
    assert "浙江省物业管理条例 第三十条" in titles(page)
    assert page.get_by_label("地区").input_value() == "各地都看"


def test_filters_narrow_and_enter_the_address(page: Any, server_url: str) -> None:
    opened(page, server_url, q="维修资金")
    page.wait_for_selector(".hit")
    page.get_by_label("主题").click()
    page.get_by_role("option", name="物业费").click()
    wait_for_address(page, f"topic={quote('物业费')}")
    page.wait_for_function("document.querySelectorAll('.kind').length === 1")
    page.fill("#as-of input", "2015-06-01")
    page.keyboard.press("Enter")
    wait_for_address(page, "as_of=2015-06-01")


def test_copying_a_citation(page: Any, server_url: str) -> None:
    opened(page, server_url, q="解聘物业提前通知")
    card = page.locator(".hit", has_text="第九百四十六条")
    card.get_by_role("button", name="复制引用").click()
    card.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert (
        copied
        == "《民法典》第九百四十六条：\n业主共同决定解聘物业服务人的，应当提前六十日书面通知物业服务人。"
    )


def test_keys_reach_the_results(page: Any, server_url: str) -> None:
    opened(page, server_url, q="楼道堆物")
    page.wait_for_selector(".hit")
    page.locator(".hit-link").nth(1).focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('#question input')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.innerText")
    assert focused == titles(page)[1]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('#question input')")


def test_hostile_text_stays_text(page: Any, server_url: str) -> None:
    opened(page, server_url, q=f"注入测试 {HOSTILE}")
    page.wait_for_selector(".hit")
    assert page.evaluate("window.hacked") is None
    shown = page.locator(".hit", has_text="注入测试").inner_text()
    for part in ("<script>", "**粗体**", "${window.hacked=2}", "{{value}}", "<img"):
        assert part in shown


def test_a_long_question_is_cut_with_a_notice(page: Any, server_url: str) -> None:
    opened(page, server_url)
    page.fill(BOX, "楼道" * 2000)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=只查了前 500 个字")
    assert len(page.locator(BOX).input_value()) == 500


@pytest.mark.parametrize("typed", ["民法典278条", "《民法典》第278条第二款"])
def test_a_reference_leads_straight_to_its_provision(page: Any, server_url: str, typed: str) -> None:
    opened(page, server_url, q=typed)
    page.locator(".direct a", has_text="第二百七十八条").click()
    page.wait_for_url(re.compile(r"/read\?doc=law.*minfadian&at=0"))


def test_nothing_found_says_what_to_try(page: Any, server_url: str) -> None:
    opened(page, server_url, q="qzxv wqpf")
    page.wait_for_selector("text=没有查到")
    page.wait_for_selector("text=少写几个词")


def test_nothing_typed_shows_what_there_is(page: Any, server_url: str) -> None:
    opened(page, server_url)
    assert "14 篇案例" in page.locator(".holdings").inner_text()
    assert page.locator("#filters").is_hidden()


def test_print_shows_the_results_alone(page: Any, server_url: str) -> None:
    opened(page, server_url, q="维修资金")
    page.wait_for_selector(".hit")
    page.emulate_media(media="print")
    assert page.locator(".hit").first.is_visible()
    for part in ("#ask", "#filters", ".copy"):
        assert page.locator(part).first.is_hidden()


def test_a_stale_index_is_mended_from_the_page(page: Any, own_services: Services) -> None:
    fresh = Document(
        id="case-new", kind=Kind.CASE, title="新收的飞线案", passages=(Passage("情景", "飞线充电屡禁不止。"),)
    )
    own_services.library.save_file([fresh], origin_path="new", origin_hash="new")
    for address in serving(own_services):
        opened(page, address, q="飞线充电")
        page.wait_for_selector("text=索引还没有跟上")
        page.click("#repair")
        page.wait_for_selector("text=新收的飞线案")
        page.wait_for_selector("#repair", state="hidden")


def test_an_empty_library_says_where_to_begin(page: Any, tmp_path: Path) -> None:
    empty = open_services(home_settings(tmp_path / "empty"))
    for address in serving(empty):
        opened(page, address)
        page.wait_for_selector("text=资料库还是空的")


def test_a_missing_index_is_built_from_the_page(page: Any, own_services: Services) -> None:
    shutil.rmtree(own_services.settings.index_dir)
    for address in serving(own_services):
        opened(page, address, q="楼道堆物")
        page.wait_for_selector("text=还没有索引")
        page.click("#repair")
        page.wait_for_selector(".hit")
