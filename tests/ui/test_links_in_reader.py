"""Links on the pages 阅读 and 查一查 in a real browser, and in ``andian show``."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kb.progress import SilentProgress
from tests.ui.conftest import serving
from tests.ui.linked_samples import LAW, add_linked
from tests.ui.test_reader_page import BOTH_WIDTHS, opened
from ui.cli import main
from ui.services import Services

pytestmark = pytest.mark.browser


@pytest.fixture
def linked(own_services: Services) -> Services:
    add_linked(own_services)
    return own_services


@pytest.fixture
def linked_url(linked: Services) -> Iterator[str]:
    linked.refresh_index(SilentProgress())
    yield from serving(linked)


@BOTH_WIDTHS
def test_a_row_below_the_article_unfolds_to_a_case_that_leads_back(page: Any, linked_url: str) -> None:
    opened(page, linked_url, doc="wuye-2020")
    row = page.locator("#p-0 .rd-around")
    assert "相关案例 2" in row.locator("> summary").inner_text()
    assert not row.locator("dl").is_visible()
    row.locator("> summary").focus()
    page.keyboard.press("Enter")
    assert row.locator("dl").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    row.locator("a", has_text="公示不够天数").click()
    page.wait_for_selector("[data-title='公示不够天数'] .rd-asked")
    assert "办案依据后来有变化" in page.locator(".rd-changed").inner_text()
    page.locator(".rd-basis a", has_text=f"{LAW}第一条").click()
    page.wait_for_selector(f"[data-law='{LAW}'] #p-0.rd-asked")


@BOTH_WIDTHS
def test_the_flag_leads_to_both_texts(page: Any, linked_url: str) -> None:
    opened(page, linked_url, doc="case-gongshi")
    flag = page.locator(".rd-changed")
    assert flag.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    flag.locator("a", has_text="当时的文本").click()
    page.wait_for_selector("#p-0.rd-asked:has-text('五日')")
    page.go_back()
    page.wait_for_selector(".rd-changed")
    page.locator(".rd-where").nth(1).click()
    page.wait_for_selector("#p-1.rd-now")


def test_a_case_found_wears_the_flag(page: Any, linked_url: str) -> None:
    page.goto(f"{linked_url}/?q=公示不够天数")
    page.wait_for_selector(".hit .changed")
    assert page.locator(".hit .changed").first.inner_text() == f"办案依据后来有变化：{LAW}第一条"


def test_print_leaves_the_rows_out_and_the_basis_in(page: Any, linked_url: str) -> None:
    opened(page, linked_url, doc="case-gongshi")
    page.emulate_media(media="print")
    assert page.locator(".rd-changed b").is_visible()
    assert page.locator(".rd-basis li").first.is_visible()
    assert not page.locator(".rd-where").first.is_visible()
    page.emulate_media(media="screen")
    opened(page, linked_url, doc="wuye-2020")
    page.emulate_media(media="print")
    assert not page.locator(".rd-around").first.is_visible()


def test_show_tells_the_links(
    linked: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    home = ["--home", str(linked.settings.home)]
    assert main(["show", f"{LAW}第一条", "--json", *home]) == 0
    links = json.loads(capsys.readouterr().out)["links"]
    assert [c["document_id"] for c in links["cases"]] == ["case-gongshi", "case-hostile-basis"]
    assert main(["show", "case-gongshi", "--json", *home]) == 0
    basis = json.loads(capsys.readouterr().out)["basis"]
    assert [b["ref"] for b in basis] == [f"{LAW}第一条", "民法典第二百七十八条", "某省办法第九条"]
    assert main(["show", f"{LAW}第一条", *home]) == 0
    assert "\n相关案例 2：公示不够天数；" in capsys.readouterr().out
    assert main(["show", "case-gongshi", *home]) == 0
    assert f"\n办案依据后来有变化：{LAW}第一条，" in capsys.readouterr().out
