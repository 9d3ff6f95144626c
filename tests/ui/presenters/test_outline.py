from kb.documents import Passage, Role
from ui.presenters.outline import outline, outline_html


def article(number: str, *path: str) -> Passage:
    return Passage(f"第{number}条", "条文", path, Role.PROVISION)


STATUTE = (
    article("一", "第一编 总则", "第一章 一般规定"),
    article("二", "第一编 总则", "第一章 一般规定"),
    article("三", "第一编 总则", "第二章 自然人"),
    article("四", "第二编 物权"),
)


def test_headings_nest_and_articles_hang_below_the_last_of_them() -> None:
    root = outline(STATUTE)
    assert [b.title for b in root.branches] == ["第一编 总则", "第二编 物权"]
    first = root.branches[0]
    assert [(b.title, b.articles) for b in first.branches] == [
        ("第一章 一般规定", [("第一条", 0), ("第二条", 1)]),
        ("第二章 自然人", [("第三条", 2)]),
    ]
    assert root.branches[1].articles == [("第四条", 3)]


def test_a_heading_that_returns_is_a_new_one() -> None:
    root = outline((article("一", "甲", "通则"), article("二", "乙", "通则")))
    assert [[c.title for c in b.branches] for b in root.branches] == [["通则"], ["通则"]]


def test_sections_are_headings_and_a_continued_section_is_one() -> None:
    parts = (
        Passage("情景", "一"),
        Passage("情景", "二"),
        Passage("争点", "三"),
        Passage("细节", "四", ("争点",)),
    )
    root = outline(parts)
    assert [(b.title, b.position) for b in root.branches] == [("情景", 0), ("争点", 2)]
    assert [b.title for b in root.branches[1].branches] == ["细节"]


def test_the_way_to_the_passage_asked_for_is_unfolded() -> None:
    many = tuple(article(str(n), f"第{n}章") for n in range(20))
    html = outline_html(outline(many), "read?doc=x", at=7)
    assert html.count("<details open>") == 1
    assert '<details open><summary><a href="read?doc=x#p-7"' in html


def test_text_without_headings_has_no_contents() -> None:
    assert outline_html(outline((Passage("", "一段"), Passage("", "又一段"))), "read?doc=x") == ""


def test_titles_are_escaped() -> None:
    assert "<b>" not in outline_html(outline((Passage("<b>", "x"), Passage("<i>", "y"))), "read?doc=x")
