"""Links as a reader and a script see them."""

from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from tests.ui.linked_samples import LAW, QUESTION, add_linked
from tests.ui.presenters.test_hits import parsed
from ui.linked import Around, Place
from ui.presenters.link_records import around_lines, around_record, basis_lines, basis_records
from ui.presenters.links import FIRST, around_html, basis_html, basis_name, changed_note
from ui.presenters.view import address, comparison_address
from ui.services import Services

TODAY = date(2026, 11, 22)


@pytest.fixture
def linked(own_services: Services) -> Services:
    add_linked(own_services)
    return own_services


def first(services: Services) -> Around:
    return services.links.around_ref(f"{LAW}第一条", TODAY)


def test_a_row_counts_and_lists_what_is_linked(linked: Services) -> None:
    html = around_html(first(linked))
    elements = parsed(html)
    assert "<summary><span>相关案例 <b>2</b></span><span>办事流程 <b>1</b></span>" in html
    assert "通报" not in html
    links = [attrs["href"] for tag, attrs in elements.seen if tag == "a"]
    assert links[0] == unescape(address("case-gongshi", 1))
    assert "判断</small> 公示要&lt;b&gt;七日&lt;/b&gt;。" in html
    assert around_html(None) == ""


def test_hostile_names_stay_text(linked: Services) -> None:
    stored = linked.library.document("case-hostile-basis")
    drawn = around_html(first(linked)) + basis_html(stored, linked.links.basis(stored, TODAY), TODAY)
    assert not {"script", "img"} & {tag for tag, _ in parsed(drawn).seen}


def test_many_links_unfold(linked: Services) -> None:
    many = Around(questions=(QUESTION,) * (FIRST + 2))
    html = around_html(many)
    parsed(html)
    assert "还有 2 项" in html
    assert html.count("公示要") == FIRST + 2
    assert "还有" not in around_html(Around(questions=(QUESTION,) * FIRST))


def test_a_change_is_in_sight_with_both_versions(linked: Services) -> None:
    stored = linked.library.document("case-gongshi")
    html = basis_html(stored, linked.links.basis(stored, TODAY), TODAY)
    parsed(html)
    assert html.index("办案依据后来有变化") < html.index("<details")
    assert "对照2016年3月1日时的规定" in html
    assert f'href="{address("wuye-2010", 0)}">当时的文本' in html
    assert f'href="{address("wuye-2020", 0)}">现在的文本' in html
    assert f'href="{comparison_address("wuye-2010", "wuye-2020", 0)}">逐字对照' in html
    assert "依据（3）" in html
    assert "资料库未收录" in html


def test_without_a_change_there_is_only_the_list(linked: Services) -> None:
    stored = linked.library.document("procedure-gongshi")
    found = linked.links.basis(stored, TODAY)
    html = basis_html(stored, found, TODAY)
    assert "后来有变化" not in html
    assert html.count("现行") == 3
    assert basis_html(stored, (), TODAY) == changed_note(stored, ()) == ""


def test_the_note_of_a_card_names_what_changed(linked: Services) -> None:
    stored = linked.library.document("case-gongshi")
    found = linked.links.basis(stored, TODAY)
    assert changed_note(stored, found) == f"办案依据后来有变化：{LAW}第一条"
    assert changed_note(stored, found * 2).endswith("第一条等 2 条")
    assert changed_note(stored, found[1:]) == ""


def test_a_basis_is_named_with_its_parts_unless_the_whole_article_is_meant(linked: Services) -> None:
    basis = linked.links.basis(linked.library.document("case-gongshi"), TODAY)[1]
    assert basis_name(basis) == "民法典第二百七十八条第二款"
    second = replace(basis.references[0], paragraph=3)
    assert basis_name(replace(basis, references=(*basis.references, second))).endswith("第二款、第三款")
    whole = replace(second, paragraph=None)
    assert basis_name(replace(basis, references=(second, whole))) == "民法典第二百七十八条"


def test_records_for_scripts(linked: Services) -> None:
    record = around_record(first(linked))
    assert record["cases"][0] == {
        "document_id": "case-gongshi", "title": "公示不够天数", "position": 1, "label": "依据", "ref": "",
    }  # fmt: skip
    assert record["citing"][0]["ref"] == f"{LAW}第二条"
    assert record["questions"][0]["id"] == "q-gongshi-1"
    stored = linked.library.document("case-gongshi")
    changed, kept, outside = basis_records(linked.links.basis(stored, TODAY))
    assert changed["change"]["then"] == {"document_id": "wuye-2010", "position": 0}
    assert changed["change"]["now"] == {"document_id": "wuye-2020", "position": 0}
    assert kept["named"] == ["民法典第二百七十八条第二款"]
    assert (outside["state"], outside["change"]) == ("outside", None)


def test_lines_for_the_terminal(linked: Services) -> None:
    lines = around_lines(first(linked))
    assert lines[0].startswith("相关案例 2：公示不够天数；")
    place = first(linked).cases[0]
    many = around_lines(Around(cases=(place,) * 7))
    assert many[0].startswith("相关案例 7：")
    assert many[0].endswith("……")
    stored = linked.library.document("case-gongshi")
    lines = basis_lines(stored, linked.links.basis(stored, TODAY))
    assert lines[0].startswith(f"依据 3：{LAW}第一条（现行）；")
    assert lines[1].startswith(f"办案依据后来有变化：{LAW}第一条，2020年10月1日起")
    assert basis_lines(stored, ()) == around_lines(Around()) == []


def test_a_place_is_called_by_its_reference_or_title(linked: Services) -> None:
    place = first(linked).cases[0]
    assert isinstance(place, Place)
    assert place.label == "依据"
