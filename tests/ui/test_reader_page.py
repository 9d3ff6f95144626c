"""The page 阅读 in a real browser."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from kb.documents import Document, Kind, Passage, Role
from kb.progress import SilentProgress
from tests.ui.conftest import serving
from ui.presenters.labels import DIGEST
from ui.services import Services

pytestmark = pytest.mark.browser
BOTH_WIDTHS = pytest.mark.parametrize("page", [1280, 390], indirect=True, ids=["desktop", "phone"])
LONG = Document(
    id="长法",
    kind=Kind.REGULATION,
    title="长法",
    short_title="长法",
    passages=tuple(
        Passage(
            f"第{n}条",
            "条文内容。" * 30,
            (f"第{n // 100}编", f"第{n // 20}章"),
            Role.PROVISION,
            f"长法第{n}条",
        )
        for n in range(1, 1261)
    ),
)


@pytest.fixture
def own_url(own_services: Services) -> Iterator[str]:
    own_services.library.save_file([LONG], origin_path="long", origin_hash="long")
    own_services.library.remove("law-wuquan")
    own_services.refresh_index(SilentProgress())
    yield from serving(own_services)


def opened(page: Any, url: str, **asked: str) -> Any:
    page.goto(f"{url}/read?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items()))
    page.wait_for_selector(".rd, .rd-empty")
    return page


def top(page: Any, selector: str) -> float:
    return float(page.evaluate("(s) => document.querySelector(s).getBoundingClientRect().top", selector))


def settle(page: Any, selector: str) -> None:
    page.wait_for_function(
        "(s) => { const t = document.querySelector(s).getBoundingClientRect().top; return t >= 0 && t < 200; }",
        arg=selector,
    )


@BOTH_WIDTHS
def test_the_passage_asked_for_is_in_sight_and_words_are_marked(page: Any, own_url: str) -> None:
    opened(page, own_url, doc="长法", at="700", q="条文")
    page.wait_for_selector(".rd-asked")
    page.wait_for_timeout(500)
    settle(page, "#p-700")
    assert page.locator("#p-700 mark").first.inner_text() == "条文"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    assert page.title().startswith("长法")


def test_keys_and_buttons_step_from_article_to_article(page: Any, own_url: str) -> None:
    opened(page, own_url, doc="长法", at="700")
    settle(page, "#p-700")
    page.keyboard.press("j")
    page.wait_for_selector("#p-701.rd-now")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("k")
    page.wait_for_selector("#p-699.rd-now")
    page.click("[data-go='1']")
    page.wait_for_selector("#p-700.rd-now")
    assert page.url.endswith("#p-700")
    page.reload()
    page.wait_for_selector("#p-700.rd-now")


def test_contents_lead_to_an_article_on_a_desktop(page: Any, own_url: str) -> None:
    opened(page, own_url, doc="长法", at="1200")
    page.wait_for_selector(".rd-toc[open] a.rd-here")
    assert page.locator(".rd-toc a.rd-here").inner_text() == "第1201条"
    page.locator(".rd-toc a[data-p='1202']").last.click()
    settle(page, "#p-1202")
    assert top(page, ".rd-toc") >= 0, "the contents stay beside the text"


@pytest.mark.parametrize("page", [390], indirect=True)
def test_contents_are_a_drawer_on_a_phone(page: Any, own_url: str) -> None:
    opened(page, own_url, doc="law-minfadian")
    assert not page.locator(".rd-toc nav").is_visible()
    page.click(".rd-toc > summary")
    page.locator(".rd-toc a[data-p='2']:visible").last.click()
    page.wait_for_selector("#p-2.rd-now")
    assert not page.locator(".rd-toc nav").is_visible()


def test_official_text_and_digest_are_told_apart(page: Any, server_url: str) -> None:
    opened(page, server_url, doc="law-minfadian")
    box = page.locator("#p-0 .rd-digest")
    assert DIGEST in box.inner_text()
    opened(page, server_url, doc="reg-minfadian")
    assert DIGEST in page.locator(".rd-origin").inner_text()
    assert DIGEST in page.locator(".rd-bar").inner_text(), "in sight while scrolling"
    page.click("#p-0 .rd-official")
    page.wait_for_selector("[data-title='中华人民共和国民法典'] .rd-asked")


def test_a_reference_is_copied_and_the_text_grows(page: Any, server_url: str) -> None:
    opened(page, server_url, doc="law-minfadian")
    page.hover("#p-0")
    page.click("#p-0 .rd-copy")
    page.wait_for_selector("#p-0 .rd-copy:has-text('已复制')")
    assert page.evaluate("navigator.clipboard.readText()") == "《民法典》第二百七十八条"
    size = "parseFloat(getComputedStyle(document.querySelector('.rd-text')).fontSize)"
    before = page.evaluate(size)
    page.click("[data-size='1']")
    assert page.evaluate(size) > before
    page.reload()
    page.wait_for_selector(".rd")
    assert page.evaluate(size) > before, "the choice is remembered"


def test_print_shows_text_and_source_only(page: Any, server_url: str) -> None:
    opened(page, server_url, doc="law-minfadian")
    page.emulate_media(media="print")
    for hidden in (".rd-toc", ".rd-bar", ".rd-tools", ".an-head nav"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("#p-0").is_visible()
    assert page.locator(".rd-foot").is_visible()
    assert "打印日期" in page.locator(".rd-foot").inner_text()


def test_nothing_in_a_file_is_run_or_taken_for_a_template(page: Any, server_url: str) -> None:
    opened(page, server_url, doc="case-hostile", q="${window.hacked=4}")
    text = page.locator(".rd").inner_text()
    assert "<script>window.hacked=1</script>" in text
    assert "{{value}}" in text
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(("doc", "text"), [("", "还没有选择资料"), ("没有这个<b>", "资料库里没有这份资料")])
def test_without_a_document_the_page_says_what_to_do(page: Any, server_url: str, doc: str, text: str) -> None:
    opened(page, server_url, doc=doc)
    assert text in page.locator(".rd-empty").inner_text()
    assert page.locator(".rd-empty a").count() == 2


def test_a_removed_document_can_be_restored(page: Any, own_url: str) -> None:
    opened(page, own_url, doc="law-wuquan")
    assert "已移除" in page.locator(".rd-empty").inner_text()
    page.click("#reader-restore")
    page.wait_for_selector("[data-title='中华人民共和国物权法']")
    assert not page.locator("#reader-restore").is_visible()
