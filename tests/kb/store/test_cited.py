"""What the library holds of the laws that a text names, read at once."""

from kb.store.library import Library
from tests.kb.store.conftest import Save
from tests.kb.store.samples import article, rule


def test_rules_provisions_repealers_and_replacements(library: Library, save: Save) -> None:
    save(rule("旧", 2010), origin="旧.md")
    save(rule("新", 2020), origin="新.md")
    save(rule("法典", 2022, title="某法典", repeals=("某办法",)), origin="法典.md")
    cited = library.cited({"某规定", "某办法"}, {"某规定第一条", "某法典第二条"})
    assert {rule.document.id for rule in cited.rules} == {"旧", "新"}
    assert {passage.passage.ref for passage in cited.passages} == {"某规定第一条", "某法典第二条"}
    assert len(cited.passages) == 3
    assert [rule.document.id for rule in cited.repealers["某办法"]] == ["法典"]
    assert set(cited.replacing) == {"新"}


def test_more_laws_and_provisions_than_one_query_takes(library: Library, save: Save) -> None:
    texts = [f"第{n}件事。" for n in range(1, 1301)]
    save(rule("长", 2020, *texts))
    refs = {passage.ref for passage in library.document("长").document.passages}
    cited = library.cited({"某规定", *(f"没有的规定{n}" for n in range(1200))}, refs)
    assert len(cited.passages) == 1300
    assert len(cited.rules) == 1


def test_what_is_removed_is_not_read(library: Library, save: Save) -> None:
    save(rule("法典", 2022, title="某法典", repeals=("某办法",)))
    library.remove("法典")
    cited = library.cited({"某法典", "某办法"}, {"某法典第一条"})
    assert not cited.rules
    assert not cited.passages
    assert not cited.repealers
    assert library.law_titles() == set()


def test_titles_of_rules_and_of_what_they_abolish(library: Library, save: Save) -> None:
    save(rule("法典", 2022, title="某法典", repeals=("某办法",)), origin="法典.md")
    save(article("通报", "正文。"), origin="通报.md")
    assert library.law_titles() == {"某法典", "某办法"}


def test_nothing_asked_nothing_read(library: Library) -> None:
    cited = library.cited(set(), set())
    assert (list(cited.rules), list(cited.passages)) == ([], [])
