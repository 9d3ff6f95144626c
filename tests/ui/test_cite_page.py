"""The page 核引用 in a real browser."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument

from tests.ui.library_samples import HOSTILE

pytestmark = pytest.mark.browser
BOTH_WIDTHS = pytest.mark.parametrize("page", [1280, 390], indirect=True, ids=["desktop", "phone"])
LETTER = "答复\n按《民法典》第278条办，不再按《物权法》第七十六条。\n另见民法典第九千条和《无名办法》第三条。"


def opened(page: Any, server_url: str) -> Any:
    page.set_default_timeout(10_000)
    page.goto(f"{server_url}/cite")
    page.wait_for_selector("#citations .ct-empty")
    return page


def check(page: Any, text: str) -> None:
    page.fill("#letter textarea", text)
    page.click("#cite-check")
    page.wait_for_selector(".ct-summary")


@BOTH_WIDTHS
def test_pasted_text_is_marked_beside_its_provisions(page: Any, server_url: str) -> None:
    opened(page, server_url)
    check(page, LETTER)
    assert page.locator(".ct-mark sup").all_inner_texts() == [
        "1 现行有效", "2 已废止", "3 查无此条", "4 资料库未收",
    ]  # fmt: skip
    assert "三分之二以上" in page.locator("#c-1").inner_text()
    assert page.url == f"{server_url}/cite", "the text must not enter the address"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    text, cards = (page.locator(part).bounding_box() for part in (".ct-text", ".ct-cards"))
    beside = cards["x"] >= text["x"] + text["width"]
    assert beside is (page.viewport_size["width"] > 900)
    assert beside or cards["y"] >= text["y"] + text["height"]


def test_filter_by_state(page: Any, server_url: str) -> None:
    opened(page, server_url)
    check(page, LETTER)
    chip = page.get_by_role("button", name="已废止 1")
    chip.click()
    assert chip.get_attribute("aria-pressed") == "true"
    assert page.locator(".ct-card:visible").count() == 1
    page.locator(".ct-mark").first.click()
    page.wait_for_selector("#c-1.ct-now:visible")
    assert page.locator(".ct-card:visible").count() == 4


def test_the_day_is_part_of_the_question(page: Any, server_url: str) -> None:
    opened(page, server_url)
    check(page, "见物权法第七十六条")
    page.wait_for_selector("#c-1.ct-repealed")
    page.fill("#as-of input", "2020-06-01")
    page.keyboard.press("Enter")
    page.wait_for_selector("#c-1.ct-in_force")


def test_from_a_card_to_the_reader(page: Any, server_url: str) -> None:
    opened(page, server_url)
    check(page, LETTER)
    with page.context.expect_page() as reader:
        page.locator("#c-1").get_by_text("在阅读页打开").click()
    reader.value.wait_for_selector(".rd-asked")
    assert re.search(r"/read\?doc=law-minfadian&at=0", reader.value.url)


def test_a_dropped_file_is_read_and_checked(page: Any, server_url: str, tmp_path: Path) -> None:
    document, path = WordDocument(), tmp_path / "答复函.docx"
    document.add_paragraph("根据民法典第九百四十六条，提前通知。")
    document.save(str(path))
    opened(page, server_url)
    page.set_input_files("#letter-file input[type=file]", str(path))
    page.wait_for_selector("#c-1.ct-in_force")
    assert "提前通知" in page.locator("#letter textarea").input_value()
    (tmp_path / "坏.pdf").write_bytes(b"not a pdf")
    page.set_input_files("#letter-file input[type=file]", str(tmp_path / "坏.pdf"))
    page.wait_for_selector("text=坏.pdf")


def test_the_report_goes_along(page: Any, server_url: str) -> None:
    opened(page, server_url)
    check(page, LETTER)
    page.get_by_role("button", name="复制报告").click()
    page.wait_for_selector("text=已复制")
    assert "第 2 行　《物权法》第七十六条　【已废止】" in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as word:
        page.get_by_role("button", name="下载 Word").click()
    assert word.value.suggested_filename == "引用核对结果.docx"
    assert zipfile.is_zipfile(io.BytesIO(Path(word.value.path()).read_bytes()))
    with page.expect_download() as table:
        page.get_by_role("button", name="下载 CSV").click()
    assert "查无此条" in Path(table.value.path()).read_text(encoding="utf-8-sig")


def test_an_example_and_a_clean_sheet(page: Any, server_url: str) -> None:
    opened(page, server_url)
    page.click("#cite-example")
    page.wait_for_selector(".ct-card")
    page.click("#cite-clear")
    page.wait_for_selector("#citations .ct-empty")
    assert page.locator("#letter textarea").input_value() == ""


def test_hostile_text_stays_text(page: Any, server_url: str) -> None:
    opened(page, server_url)
    check(page, f"民法典第二百七十八条{HOSTILE}《{HOSTILE[:30]}办法》第三条")
    assert page.evaluate("window.hacked") is None
    shown = page.locator(".ct-text").inner_text()
    for part in ("<script>", "**粗体**", "${window.hacked=2}", "{{value}}", "<img"):
        assert part in shown


def test_too_long_a_text_says_what_to_do(page: Any, server_url: str) -> None:
    opened(page, server_url)
    page.evaluate(
        """() => {
          const box = document.querySelector('#letter textarea');
          Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, '字'.repeat(200001));
          box.dispatchEvent(new Event('input', { bubbles: true }));
        }"""
    )
    page.click("#cite-check")
    page.wait_for_selector("text=请分成几段")


def test_print_leaves_the_result(page: Any, server_url: str) -> None:
    opened(page, server_url)
    check(page, LETTER)
    page.emulate_media(media="print")
    assert page.locator(".ct-mark").first.is_visible()
    assert page.locator(".ct-card").last.is_visible()
    for part in ("#ct-ask", "#ct-actions", ".ct-bar"):
        assert page.locator(part).is_hidden()
