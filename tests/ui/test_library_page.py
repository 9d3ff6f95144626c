"""The page 资料库 in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.errors import NotFound
from retrieval.index.keeper import State
from tests.ui.conftest import serving
from tests.ui.library_samples import LIBRARY
from ui.services import Services

pytestmark = pytest.mark.browser
BOTH_WIDTHS = pytest.mark.parametrize("page", [1280, 390], indirect=True, ids=["desktop", "phone"])


@pytest.fixture
def own_url(own_services: Services) -> Iterator[str]:
    yield from serving(own_services)


def opened(page: Any, url: str, tab: str = "清单") -> Any:
    page.goto(f"{url}/library")
    page.wait_for_selector(".lb-table")
    page.get_by_role("tab", name=tab).click()
    return page


def wait_for_text(page: Any, selector: str, text: str) -> None:
    page.locator(selector).filter(has_text=text).first.wait_for()


@BOTH_WIDTHS
def test_the_library_shows_what_it_holds(page: Any, server_url: str) -> None:
    opened(page, server_url)
    assert f"共 {len(LIBRARY)} 份资料" in page.locator(".lb-total").inner_text()
    assert page.locator(".lb-table tbody tr").count() == len(LIBRARY)
    assert "索引正常" in page.locator("#condition").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    assert page.evaluate("window.hacked") is None


def test_filters_and_orders(page: Any, server_url: str) -> None:
    opened(page, server_url)
    page.fill("#find input, #find textarea", "楼道堆物第1")
    wait_for_text(page, ".lb-count", "找到 5 份")
    page.click("button[data-do='sort'][data-value='passages']")
    wait_for_text(page, "th[aria-sort]", "条（段）")
    assert "找到 5 份" in page.locator(".lb-count").inner_text(), "the filter stays"
    page.click(".lb-title a >> nth=0")
    page.wait_for_selector(".rd")


def test_the_list_is_exported_as_it_is_shown(page: Any, server_url: str) -> None:
    opened(page, server_url)
    page.fill("#find input, #find textarea", "民法典")
    wait_for_text(page, ".lb-count", "找到 2 份")
    with page.expect_download() as download:
        page.click("#export")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(content.decode("utf-8-sig").strip().splitlines()) == 3


def test_removing_is_asked_first_and_can_be_undone(page: Any, own_url: str, own_services: Services) -> None:
    opened(page, own_url)
    row = page.locator("button[data-do='remove'][data-value='law-wuquan']")
    row.click()
    page.click("#cancel")
    page.locator("#confirm").wait_for(state="hidden")
    assert own_services.library.document("law-wuquan")
    row.click()
    page.click("#confirm")
    wait_for_text(page, ".lb-count", f"找到 {len(LIBRARY) - 1} 份")
    wait_for_text(page, "#condition", "索引已更新")
    with pytest.raises(NotFound):
        own_services.library.document("law-wuquan")
    page.click("#undo")
    wait_for_text(page, ".lb-count", f"找到 {len(LIBRARY)} 份")
    assert own_services.library.document("law-wuquan")


def test_a_removed_document_can_be_restored_later(page: Any, own_url: str, own_services: Services) -> None:
    own_services.library.remove("law-wuquan")
    opened(page, own_url, "恢复")
    page.click("button[data-do='restore']")
    wait_for_text(page, ".lb-none", "没有移除过的资料")
    wait_for_text(page, "#condition", "索引已更新")
    assert own_services.keeper.condition().state is State.READY


def test_an_upload_is_shown_before_it_is_saved(page: Any, own_url: str, own_services: Services) -> None:
    rule = "某小区停车规约（试行）\n（2024年5月10日通过）\n第一条 制定本规约。\n第二条 不得占道。\n".encode()
    files = [("停车规约（试行）.txt", rule), ("旧.doc", b"x")]
    opened(page, own_url, "上传")
    page.set_input_files(
        "#files input[type=file]",
        [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in files],
    )
    wait_for_text(page, ".lb-preview", "读出 1 份资料，1 个文件不能用")
    assert "停车规约（试行）.txt" in page.locator(".lb-card").inner_text(), "the sender's own name"
    assert len(own_services.library.documents()) == len(LIBRARY)
    page.click("#save")
    wait_for_text(page, ".lb-summary", "新增 1　拒绝 1")
    wait_for_text(page, "#condition", "索引已更新")
    assert len(own_services.library.from_origin("upload:停车规约（试行）.txt")) == 1
    wait_for_text(page, ".lb-total", f"共 {len(LIBRARY) + 1} 份资料")


def test_the_index_is_rebuilt_on_demand(page: Any, own_url: str) -> None:
    opened(page, own_url, "索引")
    page.click("#rebuild-index")
    wait_for_text(page, "#condition", "索引已更新")
