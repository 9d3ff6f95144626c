"""The page 对照, and the day and the versions in the reader, in a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kb.progress import SilentProgress
from tests.ui.conftest import home_settings, serving
from tests.ui.version_samples import HOSTILE_NEW, HOSTILE_OLD, VERSIONS
from ui.services import open_services

pytestmark = pytest.mark.browser
BOTH_WIDTHS = pytest.mark.parametrize("page", [1280, 390], indirect=True, ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def url(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app over a library with a rule in three versions."""
    home = tmp_path_factory.mktemp("versions") / "home"
    shutil.copytree(library_home, home)
    services = open_services(home_settings(home))
    for document in (*VERSIONS, HOSTILE_OLD, HOSTILE_NEW):
        services.library.save_file([document], origin_path=document.id, origin_hash="")
    services.refresh_index(SilentProgress())
    yield from serving(services)
    services.library.close()


def opened(page: Any, url: str, path: str, **asked: str) -> Any:
    page.set_default_timeout(10_000)
    page.goto(f"{url}/{path}?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items()))
    page.wait_for_selector(".rd, .rd-empty")
    return page


def compared(page: Any, url: str, **asked: str) -> Any:
    return opened(page, url, "compare", **({"old": "安宁法@2012", "new": "安宁法"} | asked))


def visible(page: Any) -> list[str]:
    found: list[str] = page.locator(".cp-row:visible h3").all_inner_texts()
    return ["".join(name.split()) for name in found]


@BOTH_WIDTHS
def test_both_texts_are_in_sight_with_the_changes_marked(page: Any, url: str) -> None:
    compared(page, url)
    assert visible(page) == ["第一条", "原第二条→第三条", "原第三条→第四条", "第四条"]
    assert "一千元" in page.locator(".cp-row:visible ins").all_inner_texts()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    boxes = [page.locator(f"#c-2 .cp-side-{side}").bounding_box() for side in ("old", "new")]
    beside = boxes[0]["y"] == boxes[1]["y"]
    assert beside == (page.viewport_size["width"] > 760), "side by side on a desk, stacked on a phone"
    line = "getComputedStyle(document.querySelector('#c-2 {0}')).textDecorationLine"
    assert page.evaluate(line.format("del")) == "line-through", "not by colour alone"
    assert page.evaluate(line.format("ins")) == "underline"
    assert page.title().startswith("安宁法新旧对照")


def test_the_filter_is_kept_in_the_address(page: Any, url: str) -> None:
    compared(page, url)
    page.click("[data-only='added']")
    assert visible(page) == ["第一条"]
    assert "show=added" in page.url
    page.reload()
    page.wait_for_selector("[data-only='added'][aria-pressed='true']")
    assert visible(page) == ["第一条"]
    page.click("[data-only='all']")
    assert len(visible(page)) == 5


def test_keys_step_from_change_to_change_and_numbers_lead_to_articles(page: Any, url: str) -> None:
    compared(page, url)
    page.keyboard.press("j")
    page.wait_for_selector("#c-0.cp-now")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#c-2.cp-now")
    assert "第 2 处，共 4 处" in page.locator(".rd-gap").inner_text()
    for typed, row in (("4", "#c-3"), ("旧2", "#c-2"), ("２", "#c-1")):
        page.fill("[name='number']", typed)
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{row}.cp-now:visible")
    page.fill("[name='number']", "99")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=没有第 99 条")


def test_a_provision_that_did_not_change_is_shown_when_asked_for(page: Any, url: str) -> None:
    compared(page, url, at="old-0")
    page.wait_for_selector("#c-1.cp-now:visible")


def test_print_shows_both_texts_alone(page: Any, url: str) -> None:
    compared(page, url)
    page.emulate_media(media="print")
    assert page.locator("#c-2 del").first.is_visible()
    for hidden in (".cp-filter", ".rd-bar", ".an-head nav"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_without_two_texts_the_page_offers_what_there_is(page: Any, url: str) -> None:
    opened(page, url, "compare")
    page.click(".cp-choices a >> text=安宁法")
    page.wait_for_selector("[data-title='安宁法新旧对照'] #c-2")
    opened(page, url, "compare", old="没有<b>", new="安宁法")
    assert "没有这份资料" in page.locator(".rd-empty").inner_text()
    opened(page, url, "compare", new="law-minfadian")
    assert "只有一个文本" in page.locator(".rd-empty").inner_text()


def test_nothing_in_a_file_is_run_or_taken_for_a_template(page: Any, url: str) -> None:
    opened(page, url, "compare", old=HOSTILE_OLD.id, new=HOSTILE_NEW.id, show="all")
    text = page.locator(".cp").inner_text()
    assert "<script>window.hacked=1</script>" in text
    assert "{{value}}" in text
    opened(page, url, "read", doc=HOSTILE_NEW.id, day="2010-01-01")
    assert page.evaluate("window.hacked") is None


@BOTH_WIDTHS
def test_the_reader_leads_from_a_provision_to_what_changed(page: Any, url: str) -> None:
    opened(page, url, "read", doc="安宁法", at="3")
    versions = page.locator("#p-3 .rd-versions")
    assert "这一条有 3 个版本" in versions.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    versions.locator("a", has_text="对照").first.click()
    page.wait_for_selector("#c-3.cp-now:visible")
    assert "饲养动物" in page.locator("#c-3").inner_text()


@BOTH_WIDTHS
def test_the_reader_opens_the_text_of_a_day_at_the_same_provision(page: Any, url: str) -> None:
    opened(page, url, "read", doc="安宁法", at="3")
    page.fill(".rd-day [name='day']", "2020-01-01")
    page.click(".rd-day button")
    page.wait_for_selector(".rd-on-day")
    assert "day=2020-01-01" in page.url
    assert "2020年1月1日适用的是这个文本" in page.locator(".rd-on-day").inner_text()
    assert "二百元以上五百元" in page.locator("#p-2.rd-asked").inner_text()
    page.click(".rd-on-day a >> text=2025年6月27日文本")
    page.wait_for_selector(".rd h1 .rd-in_force")


def test_a_search_of_another_day_keeps_its_filters_and_labels_its_hits(page: Any, url: str) -> None:
    opened_search = f"{url}/?q={quote('放任动物恐吓他人')}&kind=regulation&as_of=2020-01-01"
    page.goto(opened_search)
    page.wait_for_selector(".hit")
    page.wait_for_timeout(500)
    assert "kind=regulation" in page.url
    assert "当时有效" in page.locator(".hit").first.inner_text()
    assert "今天已修改" in page.locator(".hit").first.inner_text()
    page.locator(".hit-link").first.click()
    page.wait_for_selector(".rd-on-day")


def test_the_home_region_can_be_changed_on_the_page(page: Any, url: str) -> None:
    page.goto(f"{url}/?q={quote('维修资金')}&kind=regulation&region={quote('浙江')}")
    page.wait_for_selector(".badge.elsewhere")
    page.click("#home-region")
    page.wait_for_selector("#home-region", state="hidden")
    page.goto(f"{url}/?q={quote('维修资金')}&kind=regulation")
    page.wait_for_selector(".hit")
    assert any("浙江" in name for name in page.locator(".hit-link").all_inner_texts())
    assert page.get_by_label("地区").input_value() == "全国和浙江"
