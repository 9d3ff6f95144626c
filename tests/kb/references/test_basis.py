"""What a case rests on, and what became of it since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.documents import Amendment, Document, Kind, Origin, Passage
from kb.references.basis import Basis, bases, stated_day
from kb.references.spellings import Spellings
from kb.references.verdict import State
from kb.store.library import Library
from tests.kb.store.samples import rule

TODAY = date(2026, 11, 22)
NAMES = Spellings({"某规定": "某规定", "旧规定": "旧规定"})


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(f"sqlite:///{tmp_path / 'andian.db'}")
    yield opened
    opened.close()


def save(library: Library, *documents: Document) -> None:
    for document in documents:
        library.save_file([document], origin_path=document.id, origin_hash="", spellings=NAMES)


def case(text: str, **values: Any) -> Document:
    return Document(
        **{
            "id": "案",
            "kind": Kind.CASE,
            "title": "案",
            "passages": (Passage("情景", "无。"), Passage("依据", text)),
        }
        | values
    )


def judged(library: Library, *documents: Document, today: date = TODAY) -> tuple[Basis, ...]:
    save(library, *documents)
    stored = library.document("案")
    return bases(library, [stored], today).get(stored.key, ())


OLD = rule("旧", 2010, "公示五日。", "不变。", "将要删去。", "第一款。\n旧的第二款。")
NEW = rule("新", 2020, "公示七日。", "不变。", title="某规定")
NEW = replace(NEW, passages=(*NEW.passages, replace(OLD.passages[3], text="第一款。\n新的第二款。")))


def test_a_case_from_before_an_amendment_is_flagged(library: Library) -> None:
    (basis,) = judged(library, OLD, NEW, case("某规定第一条。", facts_date=date(2016, 3, 1)))
    assert basis.provision == "某规定第一条"
    assert (basis.position, basis.today.state) == (1, State.IN_FORCE)
    change = basis.change
    assert change is not None
    assert change.state is State.AMENDED
    assert "2020年10月1日" in change.note
    assert change.cited is not None
    assert change.now is not None
    assert (change.cited.document.document.id, change.now.document.document.id) == ("旧", "新")
    assert (change.cited.text, change.now.text) == ("公示五日。", "公示七日。")


@pytest.mark.parametrize("day", [date(2020, 10, 1), date(2024, 1, 1)])
def test_a_case_from_after_the_amendment_is_not(library: Library, day: date) -> None:
    (basis,) = judged(library, OLD, NEW, case("某规定第一条。", published=day))
    assert basis.change is None


def test_only_the_text_that_is_named_counts(library: Library) -> None:
    """The law was amended, but not what the case relies on."""
    found = judged(library, OLD, NEW, case("某规定第二条、第四条第一款。", published=date(2016, 3, 1)))
    assert [b.change is not None for b in found] == [False, False]
    found = judged(library, case("某规定第四条第二款。", published=date(2016, 3, 1)))
    assert [b.change is not None for b in found] == [True]


def test_everything_named_of_a_provision_is_one_basis(library: Library) -> None:
    (basis,) = judged(library, OLD, case("某规定第四条第一款、第二款；某规定第四条第一款。"))
    assert [str(r) for r in basis.references] == ["某规定第四条第一款", "某规定第四条第二款"]


def test_an_article_that_was_dropped_is_flagged(library: Library) -> None:
    (basis,) = judged(library, OLD, NEW, case("某规定第三条。", published=date(2016, 3, 1)))
    assert basis.today.state is State.AMENDED
    assert basis.change is not None
    assert "没有这一条" in basis.change.note
    assert basis.change.now is None


def test_a_repeal_is_flagged_with_what_took_its_place(library: Library) -> None:
    gone = rule("旧规定", 2005, "甲。", title="旧规定")
    repealing = replace(NEW, repeals=("旧规定",))
    (basis,) = judged(library, gone, repealing, case("旧规定第一条。", facts_date=date(2016, 3, 1)))
    assert basis.today.state is State.REPEALED
    assert basis.change is not None
    assert basis.change.replaced_by is not None
    assert basis.change.replaced_by.document.id == "新"


def test_a_case_that_speaks_of_a_law_gone_by_its_own_day_is_not_flagged(library: Library) -> None:
    gone = rule("旧规定", 2005, "甲。", title="旧规定")
    repealing = replace(NEW, repeals=("旧规定",))
    (basis,) = judged(library, gone, repealing, case("旧规定第一条。", published=date(2022, 3, 1)))
    assert (basis.today.state, basis.change) == (State.REPEALED, None)


def test_a_case_without_a_day_is_flagged_if_its_basis_is_gone(library: Library) -> None:
    found = judged(library, OLD, NEW, case("某规定第一条、第三条。"))
    assert [b.change is not None for b in found] == [False, True], "what is in force may be what was meant"


def test_what_changes_after_the_library_took_a_case_in_is_flagged(library: Library) -> None:
    coming = replace(NEW, version_date=date(2030, 1, 1), effective_from=date(2031, 1, 1))
    (before,) = judged(library, OLD, coming, case("某规定第一条。"))
    assert before.change is None
    (after,) = judged(library, today=date(2031, 6, 1))
    assert after.change is not None


def test_a_law_that_is_not_here_is_not_called_wrong(library: Library) -> None:
    (basis,) = judged(library, case("《别处规定》第九条。"))
    assert (basis.today.state, basis.change) == (State.OUTSIDE, None)


def test_a_newer_text_alone_is_told_where_the_law_was_there_before(library: Library) -> None:
    revised = replace(NEW, history=(Amendment(date(2010, 5, 1), "公布"), Amendment(date(2020, 5, 1), "修订")))
    (basis,) = judged(library, revised, case("某规定第一条。", facts_date=date(2016, 3, 1)))
    assert basis.change is not None
    assert "没有当时的文本" in basis.change.note
    assert basis.change.cited is None


def test_a_text_may_apply_a_law_that_came_after_the_facts(library: Library) -> None:
    (basis,) = judged(library, NEW, case("某规定第一条。", facts_date=date(2016, 3, 1)))
    assert basis.change is None
    (basis,) = judged(
        library, case("某规定第一条。", facts_date=date(2016, 3, 1), published=date(2016, 9, 1))
    )
    assert basis.change is not None, "but not one that was made after the text was published"


def test_a_range_is_judged_article_by_article(library: Library) -> None:
    found = judged(library, OLD, NEW, case("某规定第一条至第三条。", published=date(2016, 3, 1)))
    assert [b.provision for b in found] == ["某规定第一条", "某规定第二条", "某规定第三条"]
    assert [b.change is not None for b in found] == [True, False, True]


def test_gists_are_not_compared_word_by_word(library: Library) -> None:
    gists = [replace(document, origin=Origin.DIGEST) for document in (OLD, NEW)]
    (basis,) = judged(library, *gists, case("某规定第一条。", published=date(2016, 3, 1)))
    assert basis.change is not None
    assert "请查原文" in basis.change.note


def test_documents_are_judged_together_each_by_its_day(library: Library) -> None:
    save(library, OLD, NEW)
    save(library, case("某规定第一条。", id="早", published=date(2016, 1, 1)))
    save(library, case("某规定第一条。", id="晚", published=date(2022, 1, 1)), case("无。", id="无"))
    documents = library.documents(Kind.CASE)
    found = {d.document.id: bases(library, documents, TODAY).get(d.key) for d in documents}
    assert found["无"] is None
    assert {id: b[0].change is not None for id, b in found.items() if b} == {"早": True, "晚": False}


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ({"facts_date": date(2015, 1, 1), "published": date(2016, 1, 1)}, date(2015, 1, 1)),
        ({"published": date(2016, 1, 1), "version_date": date(2017, 1, 1)}, date(2016, 1, 1)),
        ({"version_date": date(2017, 1, 1)}, date(2017, 1, 1)),
        ({"notes": ("编写的", "按2026年11月2日有效的规定编写")}, date(2026, 11, 2)),
        ({"notes": ("按2026年13月2日有效的规定编写",)}, None),
        ({}, None),
    ],
)
def test_the_day_of_a_document(values: dict[str, Any], day: date | None) -> None:
    assert stated_day(case("无。", **values)) == day
