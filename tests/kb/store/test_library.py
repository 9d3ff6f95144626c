import os
import threading
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from kb.documents import Amendment, Kind
from kb.errors import NotFound
from kb.references.canonical import comparable
from kb.store.library import Library
from kb.store.saving import Change
from tests.kb.store.samples import article, rule

POSTGRES = os.environ.get("ANDIAN_TEST_POSTGRES", "")
"""Address of an empty PostgreSQL database, such as ``postgresql+psycopg://user@localhost/andian_test``."""


def ids(library: Library) -> list[str]:
    return sorted(stored.document.id for stored in library.documents())


def texts(library: Library) -> list[str]:
    return sorted(p.passage.text for p in library.all_passages())


def changes(saved) -> list[tuple[str, Change]]:
    return [(s.document_id, s.change) for s in saved]


def test_the_regions_of_rules_are_known(library, save):
    save(rule(region="上海"), rule("b", title="乙规定", region="浙江"), article("c", "报道。"))
    assert library.regions() == sorted(["上海", "浙江"])
    library.remove("b")
    assert library.regions() == ["上海"]


# -- removing ------------------------------------------------------------------------------------


def test_what_is_removed_is_nowhere_until_it_is_restored(library, save):
    save(rule())
    revision = library.revision
    assert library.remove("规定").document.id == "规定"
    assert library.revision > revision
    assert library.documents() == []
    assert [d.document.id for d in library.documents(removed=True)] == ["规定"]
    assert library.versions("某规定") == library.from_origin("规定.md") == list(library.all_passages()) == []
    assert library.passages_of_ref("某规定第一条") == []
    assert library.references() == set()
    assert library.origin_hash("规定.md") is None
    with pytest.raises(NotFound, match="没有编号为“规定”的资料；运行 andian list"):
        library.document("规定")
    library.restore("规定")
    assert ids(library) == ["规定"]
    assert len(library.passages_of_ref("某规定第一条")) == 1


def test_removing_or_restoring_nothing_is_an_error(library, save):
    save(rule())
    with pytest.raises(NotFound):
        library.remove("nothing")
    with pytest.raises(NotFound):
        library.restore("规定")
    library.remove("规定")
    with pytest.raises(NotFound):
        library.remove("规定")


def test_saving_a_removed_document_again_brings_it_back_in_place(library, save):
    save(rule())
    key = library.document("规定").key
    library.remove("规定")
    assert changes(save(rule())) == [("规定", Change.NEW)]
    assert library.document("规定").key == key


# -- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling", ["某规定第二条", "《某规定》第2条", "某规定 第２条第一款", "某规定二条（三）项"]
)
def test_a_provision_is_found_in_every_version_by_any_spelling(library, save, spelling):
    save(rule("规定", 2010, "甲旧", "乙旧"))
    save(rule("规定", 2020, "甲新", "乙新"))
    assert [p.passage.text for p in library.passages_of_ref(spelling)] == ["乙旧", "乙新"]


@pytest.mark.parametrize(
    "ref", ["某规定第九条", "某规定", "", "某规定第0条", "某规定第999999条", "%", "' OR 1=1"]
)
def test_a_provision_that_is_not_held_is_not_found(library, save, ref):
    save(rule())
    assert library.passages_of_ref(ref) == []


def test_references_are_provisions_and_ids(library, save):
    save(rule())
    save(article("刊", "甲"), origin="刊.md")
    assert library.references() == {"某规定第一条", "某规定第二条", "规定", "刊"}
    assert all(comparable(ref) == ref for ref in library.references())


def test_documents_are_listed_by_kind_and_title(library, save):
    for number, title in enumerate(["丙", "乙", "甲"]):
        save(article(f"b{number}", title, title), rule(f"r{number}", 2020, title, title=title), origin=title)
    listed = [(d.document.kind, d.document.title) for d in library.documents()]
    assert listed == sorted(listed)
    assert {d.document.kind for d in library.documents(Kind.BULLETIN)} == {Kind.BULLETIN}
    assert len(library.documents(Kind.REGULATION)) == 3
    assert library.documents(Kind.CASE) == []


def test_documents_of_one_file_come_in_the_order_they_were_saved(library, save):
    save(article("b", "甲"), article("a", "乙"), origin="刊.md")
    assert [d.document.id for d in library.from_origin("刊.md")] == ["b", "a"]


def test_more_keys_than_one_statement_takes(library, save):
    save(*(article(f"a{n}", f"文{n}") for n in range(600)), origin="刊.md")
    stored = library.documents()
    assert len(library.documents_by_key(d.key for d in stored)) == 600
    wanted = [p.id for p in library.all_passages()]
    assert list(library.passages_by_id([*wanted, 10**9])) == wanted
    assert library.passages_by_id([]) == {}


def test_values_are_remembered_and_overwritten(library, url):
    assert library.value("a") is None
    library.set_value("a", "一")
    library.set_value("a", "二")
    other = Library(url)
    assert other.value("a") == "二"
    other.close()


# -- several at once -----------------------------------------------------------------------------


def test_readers_always_see_whole_files_beside_a_writer(library, url):
    """A file of two articles is replaced over and over: no reader ever sees one of each issue."""
    done, seen, finished = threading.Event(), set(), []

    def read() -> None:
        reader = Library(url)
        while not done.is_set():
            seen.add("".join(sorted(p.passage.text for p in reader.all_passages())))
        reader.close()
        finished.append(True)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(40):
        issue = str(number % 10)
        library.save_file(
            [article("刊", issue), article("刊-2", issue, "二")], origin_path="刊.md", origin_hash=str(number)
        )
    done.set()
    for thread in threads:
        thread.join()
    assert finished == [True] * 3
    assert seen <= {"", *(2 * str(n) for n in range(10))}
    assert library.revision == 40


def test_several_writers_lose_nothing(library, url):
    def write(name: str) -> None:
        writer = Library(url)
        for number in range(10):
            writer.save_file(
                [article("a", f"{name}{number}")], origin_path=f"{name}/{number}/a.md", origin_hash="x"
            )
        writer.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids(library)) == len(set(texts(library))) == library.revision == 30


# -- another database ----------------------------------------------------------------------------


@pytest.mark.skipif(not POSTGRES, reason="ANDIAN_TEST_POSTGRES names no server: PostgreSQL was not tried")
def test_the_same_library_on_postgresql():
    engine = sa.create_engine(POSTGRES)
    with engine.begin() as connection:
        for table in ("repeals", "passages", "documents", "library", "schema_version"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
    engine.dispose()
    library = Library(POSTGRES)
    given = rule(
        "规" * 250, 2010, "甲", "乙", topics=("物业",), notes=("试行",), region="某" * 60,
        history=(Amendment(date(2010, 5, 1), "通过"),),
    )  # fmt: skip
    library.save_file([given], origin_path="a.md", origin_hash="1")
    library.save_file([rule("undated", None, "丙")], origin_path="u.md", origin_hash="1")
    library.save_file([replace(given, version_date=date(2020, 5, 1))], origin_path="a.md", origin_hash="2")
    library.save_file([rule("x", 2022, title="他", repeals=("某规定",))], origin_path="x.md", origin_hash="1")
    assert library.revision == 4
    assert library.document(given.id).document == given
    assert [d.document.version_date for d in library.versions("某规定")] == [
        None,
        date(2010, 5, 1),
        date(2020, 5, 1),
    ]
    old, new = library.versions("某规定")[1:]
    assert (old.validity.superseded, new.validity.superseded) == (True, False)
    assert new.validity.until == date(2022, 10, 1)
    assert len(library.passages_of_ref("《某规定》第1条")) == 3
    library.remove("x")
    assert library.versions("某规定")[2].validity.until is None
    library.restore("x")
    assert library.revision == 6
    assert len(list(library.all_passages())) == 7
    assert library.check() == []
    library.close()
    again = Library(POSTGRES)
    assert again.value("revision") == "6"
    again.close()
