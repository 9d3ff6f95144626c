from dataclasses import replace
from datetime import date

import pytest

from kb.documents import Amendment, Document, Kind, Origin, Passage, Role, Status
from kb.store.library import Library
from kb.store.saving import Change
from tests.kb.store.samples import article, rule


def ids(library: Library) -> list[str]:
    return sorted(stored.document.id for stored in library.documents())


def texts(library: Library) -> list[str]:
    return sorted(p.passage.text for p in library.all_passages())


def changes(saved) -> list[tuple[str, Change]]:
    return [(s.document_id, s.change) for s in saved]


# -- what one file holds -------------------------------------------------------------------------


def test_a_document_comes_back_as_it_was_saved(library, save):
    given = Document(
        id="规定", kind=Kind.REGULATION, title="《某规定》", short_title="某规定", part="上编", region="上海",
        origin=Origin.DIGEST, issuer="某机关", source="某处", topics=("物业", "养犬"), place="某区",
        version_date=date(2020, 5, 1), published=date(2020, 5, 2), facts_date=date(2019, 1, 1),
        effective_from=date(2020, 10, 1), effective_to=date(2030, 1, 1), repealed=False,
        history=(Amendment(date(2020, 5, 1), "通过"),), notes=("试行",),
        passages=(
            Passage("", "前言", role=Role.PREAMBLE),
            Passage("第一条", "甲\n乙", ("第一编 总则", "第一章 '“\\"), Role.PROVISION, "某规定第一条"),
        ),
    )  # fmt: skip
    save(given)
    stored = library.document("规定")
    assert stored.document == given
    assert (stored.passages, len(stored.passage_ids)) == (2, 2)
    (listed,) = library.documents()
    assert listed.document == replace(given, passages=())
    assert (listed.passages, listed.collection, listed.origin_path) == (2, "user", "规定.md")
    assert library.passages_by_id(stored.passage_ids)[stored.passage_ids[1]].passage == given.passages[1]


def test_a_document_is_new_then_unchanged_then_changed(library, save):
    assert changes(save(rule())) == [("规定", Change.NEW)]
    revision = library.revision
    assert changes(save(rule())) == [("规定", Change.UNCHANGED)]
    assert library.revision == revision
    assert changes(save(rule("规定", 2020, "丙。"))) == [("规定", Change.CHANGED)]
    assert library.revision == revision + 1
    assert (ids(library), texts(library)) == (["规定"], ["丙。"])


def test_the_hash_of_the_file_is_remembered_even_if_no_document_changed(library):
    for digest in ("one", "two"):
        library.save_file([rule()], origin_path="规定.md", origin_hash=digest)
        assert library.origin_hash("规定.md") == digest
    assert library.origin_hash("other.md") is None


def test_an_empty_file_and_a_document_without_passages_are_no_trouble(library, save):
    assert save() == []
    assert library.revision == 0
    save(replace(rule(), passages=()))
    assert library.document("规定").document.passages == ()


def test_a_file_that_gives_fewer_documents_takes_the_others_out(library, save):
    save(article("刊", "甲"), article("刊-2", "乙"), article("刊-3", "丙"), origin="刊.md")
    save(article("刊", "甲"), article("刊-2", "丙"), origin="刊.md")
    assert texts(library) == ["丙", "甲"]
    assert ids(library) == ["刊", "刊-3"]
    assert [d.document.id for d in library.documents(removed=True)] == ["刊-2"]


def test_a_file_that_gives_nothing_any_more_leaves_nothing(library, save):
    save(article("刊", "甲"), origin="刊.md")
    save(origin="刊.md")
    assert ids(library) == []
    assert changes(save(article("刊", "甲"), origin="刊.md")) == [("刊", Change.NEW)]
    assert ids(library) == ["刊"]


@pytest.mark.parametrize(
    "later", ["新甲乙", "甲新乙", "甲乙新", "乙甲", "乙新", "新乙", "新旧乙甲", "甲", "新", "丙丁戊"]
)
@pytest.mark.parametrize("same_title", [True, False])
def test_no_article_is_lost_when_a_bulletin_is_rearranged(library, save, later, same_title):
    def issue(contents: str) -> list[Document]:
        return [
            article("刊" if n == 1 else f"刊-{n}", text, "基层动态" if same_title else f"关于{text}")
            for n, text in enumerate(contents, start=1)
        ]

    save(*issue("甲乙"), origin="刊.md")
    kept = {p.passage.text: p.document_key for p in library.all_passages()}
    save(*issue(later), origin="刊.md")
    assert texts(library) == sorted(later)
    now = {p.passage.text: p.document_key for p in library.all_passages()}
    assert {text: kept[text] for text in kept.keys() & now.keys()} == {
        text: now[text] for text in kept.keys() & now.keys()
    }, "links to an article that stayed must not lead to another one"
    revision = library.revision
    assert {s.change for s in save(*issue(later), origin="刊.md")} == {Change.UNCHANGED}
    assert library.revision == revision


# -- several files -------------------------------------------------------------------------------


def test_the_same_text_is_kept_once(library, save):
    save(rule("a"), origin="a.md")
    revision = library.revision
    (outcome,) = save(rule("b"), origin="b.md")
    assert (outcome.document_id, outcome.change) == ("a", Change.UNCHANGED)
    assert "内容相同" in outcome.note
    assert ids(library) == ["a"]
    assert library.revision == revision


def test_a_file_that_becomes_a_copy_of_another_gives_up_its_old_text(library, save):
    save(article("a", "甲"), origin="a.md")
    save(article("b", "乙", "另一题"), origin="b.md")
    save(article("b", "甲"), origin="b.md")
    assert texts(library) == ["甲"]


def test_two_files_of_equal_stem_get_ids_of_their_own(library, save):
    outcomes = [save(article("a", text), origin=f"{folder}/a.md") for folder, text in ("x甲", "y乙", "z丙")]
    assert [o[0].document_id for o in outcomes] == ["a", "a-2", "a-3"]
    assert texts(library) == sorted("甲乙丙")
    assert changes(save(article("a", "丁"), origin="y/a.md")) == [("a-2", Change.CHANGED)]
    assert texts(library) == sorted("甲丁丙")


@pytest.mark.parametrize("inner", ["a.md", "深/a.md"])
def test_a_file_of_an_archive_is_not_taken_for_another_of_equal_stem(library, save, inner):
    save(article("a", "甲"), origin="/x/a.md")
    save(article("a", "乙"), origin=f"/x/包.zip!{inner}")
    assert texts(library) == sorted("甲乙")


def test_an_upload_is_not_taken_for_another_of_equal_stem(library, save):
    save(article("通知", "甲"), origin="upload:通知.docx")
    save(article("通知", "乙"), origin="upload:通知.pdf")
    assert texts(library) == sorted("甲乙")


def test_a_declared_id_is_followed_to_another_file(library, save):
    save(article("our-case", "甲"), origin="old/a.md")
    (outcome,) = save(article("our-case", "乙"), origin="new/b.md")
    assert (outcome.document_id, outcome.change) == ("our-case", Change.CHANGED)
    assert "old/a.md" in outcome.note
    assert (ids(library), texts(library)) == (["our-case"], ["乙"])
    assert library.document("our-case").origin_path == "new/b.md"


def test_a_declared_id_is_not_followed_into_another_collection(library):
    for collection, text in (("shipped", "甲"), ("user", "乙")):
        library.save_file(
            [article("our-case", text)],
            origin_path=f"{collection}.md",
            origin_hash=text,
            collection=collection,
        )
    assert ids(library) == ["our-case", "our-case-2"]


# -- versions and validity -----------------------------------------------------------------------


def test_a_newer_version_is_put_beside_the_old_one(library, save):
    save(rule("规定", 2010, "旧"))
    (outcome,) = save(rule("规定", 2020, "新"))
    assert (outcome.document_id, outcome.change) == ("规定@2020-05-01", Change.NEW)
    assert outcome.note == "旧版本“规定”保留"
    old, new = library.versions("某规定")
    assert (old.document.id, new.document.id) == ("规定", "规定@2020-05-01")
    assert old.validity.replaced_by == new.document.id
    assert old.status_on(date(2015, 1, 1)) is Status.IN_FORCE
    assert old.status_on(date(2021, 1, 1)) is Status.AMENDED
    assert new.status_on(date(2020, 6, 1)) is Status.NOT_YET_IN_FORCE
    assert texts(library) == ["新", "旧"]


def test_three_versions_of_one_file_and_a_correction_of_the_last(library, save):
    for year in (2000, 2010, 2020):
        save(rule("规定", year, f"{year}"))
    assert changes(save(rule("规定", 2020, "改正"))) == [("规定@2020-05-01", Change.CHANGED)]
    assert texts(library) == ["2000", "2010", "改正"]


def test_going_back_to_an_older_text_loses_no_version(library, save):
    save(rule("规定", 2010, "旧"))
    save(rule("规定", 2020, "新"))
    assert changes(save(rule("规定", 2010, "旧"))) == [("规定", Change.UNCHANGED)]
    assert texts(library) == ["新", "旧"]


def test_another_rule_in_the_same_file_is_no_version_of_the_first(library, save):
    save(rule("规定", 2010, "甲", title="某规定"))
    save(rule("规定", 2020, "乙", title="另一办法"))
    assert texts(library) == ["乙"]
    assert library.versions("某规定") == []


def test_versions_from_different_files_end_each_other(library, save):
    save(rule("new", 2020, "新"), origin="new.md")
    save(rule("undated", None, "无日期"), origin="undated.md")
    save(rule("old", 2010, "旧"), origin="old.md")
    assert [d.document.id for d in library.versions("某规定")] == ["undated", "old", "new"]
    assert library.document("old").validity.until == date(2020, 10, 1)
    library.remove("new")
    assert library.document("old").validity.until is None
    library.restore("new")
    assert library.document("old").validity.replaced_by == "new"


def test_rules_of_one_name_in_two_places_do_not_end_each_other(library, save):
    save(rule("sh", 2010, "沪", region="上海"), origin="sh.md")
    save(rule("zj", 2020, "浙", region="浙江"), origin="zj.md")
    assert library.document("sh").status_on(date(2026, 1, 1)) is Status.IN_FORCE


def test_a_repeal_holds_as_long_as_the_repealer_says_so(library, save):
    save(rule("old", 2010, title="某规定"), origin="old.md")
    repealer = rule("new", 2020, "本条例施行，某规定废止。", title="某条例", repeals=("某规定",))

    def until() -> date | None:
        return library.document("old").validity.until

    save(repealer, origin="new.md")
    assert (until(), library.document("old").validity.replaced_by) == (date(2020, 10, 1), "new")
    library.remove("new")
    assert until() is None
    library.restore("new")
    assert until() == date(2020, 10, 1)
    save(replace(repealer, repeals=()), origin="new.md")
    assert until() is None
    save(repealer, origin="new.md")
    assert until() == date(2020, 10, 1)
    save(origin="new.md")
    assert until() is None


def test_the_repealer_may_come_before_the_rule(library, save):
    save(rule("new", 2020, title="某条例", repeals=("某规定",)), origin="new.md")
    save(rule("old", 2010, title="某规定"), origin="old.md")
    assert library.document("old").validity.until == date(2020, 10, 1)


def test_a_rule_that_changes_its_name_sets_its_old_version_free(library, save):
    save(rule("old", 2010, "旧"), origin="old.md")
    save(rule("new", 2020, "新"), origin="new.md")
    save(rule("new", 2020, "新", title="另一办法"), origin="new.md")
    assert library.document("old").validity.until is None


def test_a_file_that_is_no_rule_any_more_has_no_validity(library, save):
    save(rule())
    save(replace(rule(), kind=Kind.CASE))
    stored = library.document("规定")
    assert stored.status_on(date(2026, 1, 1)) is None
    assert (stored.validity.since, stored.validity.until) == (None, None)
