"""Links between the articles of one law."""

from kb.documents import Document, Kind
from tests.kb.store.samples import rule
from ui.presenters.crossing import anchors_within
from ui.presenters.marking import marked_and_linked, marker

LAW = rule("某", 2020, "甲。", "乙。", title="某某条例")


def linked(line: str) -> list[tuple[str, str]]:
    return [(line[s:e], address) for s, e, address in anchors_within(LAW, "read?doc=x")(line)]


def test_articles_of_the_same_law_are_linked() -> None:
    assert linked("依照本条例第一条、第二条第一款处理") == [
        ("本条例第一条", "read?doc=x#p-0"),
        ("第二条第一款", "read?doc=x#p-1"),
    ]
    assert linked("有第二条所列情形") == [("第二条", "read?doc=x#p-1")]


def test_other_laws_and_articles_that_do_not_exist_are_not() -> None:
    assert linked("依照民法典第一条、本条例第九条和《别的条例》第二条") == []


def test_a_document_without_articles_has_no_links() -> None:
    assert anchors_within(Document(id="a", kind=Kind.CASE, title="a"), "x")("第一条") == ()


def test_words_are_marked_inside_and_outside_of_links_and_all_is_escaped() -> None:
    drawn = marked_and_linked("<依第一条办", marker(["第一条办", "第一"]), [(2, 5, "read?doc=x#p-0")])
    assert drawn == '&lt;依<a class="rd-cross" href="read?doc=x#p-0"><mark>第一</mark>条</a>办'
