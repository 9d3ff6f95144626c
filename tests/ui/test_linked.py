"""What stands around provisions and documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from kb.documents import Document, Passage, Role
from kb.progress import SilentProgress
from kb.references.spellings import Spellings
from tests.ui.linked_samples import CASE, LAW, NEW, OLD, add_linked
from ui.linked import Around, Place
from ui.pages.gathering import gather
from ui.services import Services

TODAY = date(2026, 11, 22)


@pytest.fixture
def linked(own_services: Services) -> Services:
    add_linked(own_services)
    return own_services


def around(services: Services, document_id: str) -> dict[str, Around]:
    return services.links.around(services.library.document(document_id), TODAY)


def ids(places: tuple[Place, ...]) -> list[str]:
    return [place.ref or place.document.document.id for place in places]


def test_a_provision_knows_its_cases_procedures_questions_and_fellow_provisions(linked: Services) -> None:
    first = around(linked, "wuye-2020")[f"{LAW}第一条"]
    assert ids(first.cases) == ["case-gongshi", "case-hostile-basis"]
    assert first.cases[0].position == 1, "where the case names it first"
    assert ids(first.procedures) == ["procedure-gongshi"]
    assert ids(first.comparisons) == ["reg-duizhao"]
    assert [q.id for q in first.questions] == ["q-gongshi-1"]
    assert (first.bulletins, first.cited) == ((), ())


def test_provisions_are_linked_both_ways_in_their_version_in_force(linked: Services) -> None:
    found = around(linked, "wuye-2010")
    (by,) = found[f"{LAW}第一条"].citing
    assert (by.ref, by.document.document.id) == (f"{LAW}第二条", "wuye-2020"), (
        "not the gist, not the old text"
    )
    assert ids(found[f"{LAW}第二条"].cited) == [f"{LAW}第一条"]
    assert found[f"{LAW}第二条"].cited[0].document.document.id == "wuye-2020"
    (other,) = found[f"{LAW}第三条"].cited
    assert (other.ref, other.document.document.id, other.position) == (
        "民法典第二百七十八条",
        "law-minfadian",
        0,
    )
    assert ids(around(linked, "law-minfadian")["民法典第二百七十八条"].citing) == [f"{LAW}第三条"]


def test_a_range_reaches_the_provisions_inside(linked: Services) -> None:
    assert ids(around(linked, "wuye-2020")[f"{LAW}第二条"].procedures) == ["procedure-gongshi"]


def test_one_provision_looks_as_it_does_in_its_document(linked: Services) -> None:
    for ref, expected in around(linked, "wuye-2020").items():
        assert linked.links.around_ref(ref, TODAY) == expected
    assert linked.links.around_ref("没有第一条", TODAY) == linked.links.around_ref("", TODAY) == Around()


def test_only_provisions_have_surroundings_and_only_other_texts_a_basis(linked: Services) -> None:
    assert around(linked, "case-gongshi") == {}
    assert linked.links.basis(linked.library.document("wuye-2020"), TODAY) == ()
    provisions = [b.provision for b in linked.links.basis(linked.library.document("case-gongshi"), TODAY)]
    assert provisions == [f"{LAW}第一条", "民法典第二百七十八条", "某省办法第九条"]


def test_a_removed_case_is_linked_no_longer(linked: Services) -> None:
    linked.library.remove("case-gongshi")
    assert ids(around(linked, "wuye-2020")[f"{LAW}第一条"].cases) == ["case-hostile-basis"]
    linked.library.restore("case-gongshi")
    assert "case-gongshi" in ids(around(linked, "wuye-2020")[f"{LAW}第一条"].cases)


def test_a_basis_is_looked_up_again_when_the_library_changes(linked: Services) -> None:
    stored = linked.library.document("case-gongshi")
    assert linked.links.basis(stored, TODAY)[0].change is not None
    with counted(linked) as statements:
        linked.links.basis(stored, TODAY)
    assert len(statements) == 1, "the revision is asked for, the rest is remembered"
    for newer in ("wuye-2020", "wuye-gist"):
        linked.library.remove(newer)
    assert linked.links.basis(stored, TODAY)[0].change is None


def test_the_reader_gets_both(linked: Services) -> None:
    view = gather(linked.library, "wuye-2020", None, (), TODAY, linked.links)
    assert set(view.around) == {f"{LAW}第一条", f"{LAW}第二条", f"{LAW}第三条"}
    assert view.bases == ()
    view = gather(linked.library, "case-gongshi", None, (), TODAY, linked.links)
    assert len(view.bases) == 3
    assert gather(linked.library, "case-gongshi", None, (), TODAY).bases == ()


def test_a_law_whose_title_names_an_article_does_no_harm(linked: Services) -> None:
    title = "关于刑法第三十条的解释"
    provision = Passage("第一条之一", "甲。", (), Role.PROVISION, f"{title}第一条之一")
    document = replace(NEW, id="jieshi", title=title, short_title=title, passages=(provision,))
    linked.library.save_file([document], origin_path="jieshi", origin_hash="")
    assert around(linked, "jieshi") == {}
    assert linked.links.around_ref(provision.ref, TODAY) == Around()


# -- speed ------------------------------------------------------------------------------------------


@contextmanager
def counted(services: Services) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        if not str(arguments[2]).startswith(("BEGIN", "PRAGMA")):
            statements.append(str(arguments[2]))

    engine = services.library._engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


def big(count: int) -> Document:
    passages = (
        Passage(f"第{n}条", f"依照大法第{n % count + 1}条。", (), Role.PROVISION, f"大法第{n}条")
        for n in range(1, count + 1)
    )
    return replace(OLD, id=f"big-{count}", title="大法", short_title="大法", passages=tuple(passages))


def test_the_number_of_queries_does_not_grow_with_the_provisions(own_services: Services) -> None:
    tallies = []
    names = Spellings({"大法": "大法"})
    for count in (3, 300):
        document = big(count)
        own_services.library.save_file([document], origin_path="big", origin_hash=str(count), spellings=names)
        stored = next(d for d in own_services.library.documents() if d.document.title == "大法")
        whole = own_services.library.document(stored.document.id)
        with counted(own_services) as statements:
            own_services.links.around(whole, TODAY)
        tallies.append(len(statements))
    assert tallies[0] == tallies[1] < 12


def test_an_older_library_is_read_when_it_is_filled(own_services: Services) -> None:
    own_services.library.save_file([CASE], origin_path="x", origin_hash="")
    assert own_services.library.citations.cited_by(CASE.id) == []
    own_services.fill(SilentProgress())
    assert len(own_services.library.citations.cited_by(CASE.id)) >= 2


def test_what_is_brought_in_is_read_at_once(own_services: Services) -> None:
    list(own_services.ingester().ingest_documents([CASE], "测试"))
    assert "民法典第二百七十八条第二款" in [
        str(c.reference) for c in own_services.library.citations.cited_by(CASE.id)
    ]
