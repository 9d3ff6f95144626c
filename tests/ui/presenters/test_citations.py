"""The result of a citation check as HTML, text, table and Word document."""

import csv
import io
import re
from datetime import date

import pytest
from docx import Document as WordDocument

from tests.kb.store.samples import rule
from tests.ui.library_samples import HOSTILE
from ui.citing import Examination, examine
from ui.presenters.citation_report import csv_report, plain_report, rows, summary, word_report
from ui.presenters.citations import result_html, welcome_html
from ui.services import Services

TODAY = date(2026, 11, 22)
LETTER = f"""答复
按《民法典》第278条，不按《物权法》第七十六条；
民法典第九千条，《{HOSTILE.replace("《", "")[:40]}办法》第三条，民法典第二百七十八条。{HOSTILE}"""


@pytest.fixture
def examination(services: Services) -> Examination:
    return examine(services, LETTER, TODAY, TODAY)


def test_every_reference_is_marked_with_a_word_and_linked_to_its_card(examination: Examination) -> None:
    html = result_html(examination)
    marks = re.findall(r'<a class="ct-mark ct-(\w+)" id="m-\d+" href="#(c-\d+)".*?<sup>(.*?)</sup>', html)
    assert marks == [
        ("in_force", "c-1", "1 现行有效"), ("repealed", "c-2", "2 已废止"), ("nonexistent", "c-3", "3 查无此条"),
        ("outside", "c-4", "4 资料库未收"), ("in_force", "c-1", "1 现行有效"),
    ]  # fmt: skip
    assert {target for _, target, _ in marks} == set(re.findall(r'<article[^>]* id="(c-\d+)"', html))
    assert "原文中有 2 处" in html


def test_cards_carry_text_reader_link_and_replacement(examination: Examination) -> None:
    html = result_html(examination)
    assert "专有部分面积占比三分之二以上" in html
    assert 'href="read?doc=law-minfadian&amp;at=0"' in html
    card = re.search(r'<article[^>]* id="c-2".*?</article>', html, re.DOTALL)
    assert card is not None
    assert "筹集和使用维修资金" in card[0]


def test_an_amended_provision_stands_beside_what_it_is_now(own_services: Services) -> None:
    for identifier, year, text in (("a", 2010, "处五十元罚款。"), ("b", 2020, "处五百元罚款。")):
        document = rule(identifier, year, text, title="某市养犬办法")
        own_services.library.save_file([document], origin_path=identifier, origin_hash=identifier)
    html = result_html(examine(own_services, "某市养犬办法第一条", date(2015, 1, 1), TODAY))
    assert re.findall(r'class="ct-which">(.*?)</p>', html) == [
        "所引文本（2010年）",
        "现行文本（2020年）　第1条",
    ]
    assert 'href="compare?old=a&amp;new=b&amp;at=new-0"' in html


def test_counts_are_filters(examination: Examination) -> None:
    html = result_html(examination)
    chips = re.findall(r'<button type="button" data-state="(\w*)"[^>]*>(.*?)</button>', html)
    assert chips == [
        ("", "全部 5"), ("nonexistent", "查无此条 1"), ("repealed", "已废止 1"), ("outside", "资料库未收 1"),
        ("in_force", "现行有效 2"),
    ]  # fmt: skip


def test_hostile_text_stays_text(examination: Examination) -> None:
    html = result_html(examination, (HOSTILE,))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_the_text_is_all_there(examination: Examination) -> None:
    pane = re.search(r'<section class="ct-text"[^>]*>(.*?)</section>', result_html(examination), re.DOTALL)
    assert pane is not None
    from html import unescape

    assert unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", pane[1])) == LETTER


def test_without_references_it_says_what_would_be_one(services: Services) -> None:
    html = result_html(examine(services, "今天开会。<b>", TODAY, TODAY))
    assert "没有找到写明条号的引用" in html
    assert "ct-card" not in html
    assert "不保存" in welcome_html()


def test_abolished_laws_that_are_only_named_are_told(services: Services) -> None:
    found = examine(services, "依据《物权法》和民法典第二百七十八条", TODAY, TODAY)
    line = "《物权法》（第 1 行，只写了名称）2021年1月1日起废止"
    assert line in result_html(found)
    assert line in plain_report(found)
    assert "1,已废止,《物权法》,物权法" in csv_report(found)
    assert found.needs_mending


def test_plain_report(examination: Examination) -> None:
    lines = plain_report(examination).splitlines()
    assert lines[0] == summary(examination)
    assert lines[0].startswith("找到引用 5 处：查无此条 1 处、已废止 1 处")
    assert lines[1] == "第 2 行　《民法典》第278条　【现行有效】"
    assert len(lines) == 6


def test_table_is_disarmed_and_complete(services: Services) -> None:
    text = "《=1+1办法》第三条，民法典第二百七十八条"
    found = examine(services, text, TODAY, TODAY)
    table = list(csv.reader(io.StringIO(csv_report(found).removeprefix("\ufeff"))))
    assert table[0] == ["行", "状态", "原文写法", "规范写法", "说明", "条文", "条文出处"]
    assert len(table) == 3
    assert all(not cell.startswith("=") for row in table for cell in row)
    assert table[2][6] == "中华人民共和国民法典"


def test_word_document_holds_every_row(examination: Examination) -> None:
    document = WordDocument(io.BytesIO(word_report(examination)))
    (table,) = document.tables
    assert [row.cells[1].text for row in table.rows[1:]] == [
        "现行有效", "已废止", "查无此条", "资料库未收", "现行有效",
    ]  # fmt: skip
    assert "三分之二" in table.rows[1].cells[3].text


def test_word_document_bears_characters_that_xml_does_not(services: Services) -> None:
    found = examine(services, "《甲\x0b乙\ud800办法》第三条", TODAY, TODAY)
    assert [row.line for row in rows(found)] == [1]
    assert word_report(found)
