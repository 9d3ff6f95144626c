"""Which texts name which provisions: written on saving, right after every change, mended in batches."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import Document, Kind, Passage
from kb.progress import SilentProgress, Step
from kb.references.ranges import WIDEST
from kb.references.reference import Reference
from kb.references.spellings import Spellings
from kb.store import citations
from kb.store.citations import Citation
from kb.store.library import Library
from kb.store.saving import Saved
from tests.kb.store.samples import article, rule

NAMES = Spellings({"某规定": "某规定", "甲法": "甲法", "甲规": "甲法"})
Store = Callable[..., list[Saved]]


@pytest.fixture
def store(library: Library) -> Store:
    def store(
        *documents: Document, origin: str = "文.md", spellings: Spellings | None = NAMES
    ) -> list[Saved]:
        digest = str(hash(repr(documents)))
        return library.save_file(documents, origin_path=origin, origin_hash=digest, spellings=spellings)

    return store


def case(text: str, id: str = "案") -> Document:
    return Document(
        id=id, kind=Kind.CASE, title=id, passages=(Passage("情景", "无。"), Passage("依据", text))
    )


def named(library: Library, document_id: str) -> list[str]:
    return [str(c.reference) for c in library.citations.cited_by(document_id)]


def citing(library: Library, ref: str) -> list[tuple[int, str]]:
    return [(c.position, c.ref) for c in library.citations.citing(ref)]


def test_saving_finds_the_references_and_where_they_stand(library: Library, store: Store) -> None:
    text = "先看甲规第三条第二款，再看《某规定》第一条。"
    store(case(text))
    found = library.citations.cited_by("案")
    assert [str(c.reference) for c in found] == ["甲法第三条第二款", "某规定第一条"]
    assert [text[c.start : c.end] for c in found] == ["甲规第三条第二款", "《某规定》第一条"]
    assert [(c.position, c.label, c.ref) for c in found] == [(1, "依据", "")] * 2
    assert [c.passage_id for c in found] == [library.document("案").passage_ids[1]] * 2


def test_a_provision_is_found_by_any_spelling_of_its_reference(library: Library, store: Store) -> None:
    store(case("甲法第三条第二款。"))
    for spelling in ("甲法第三条", "《甲法》第3条", "甲法第三条第一款"):
        assert citing(library, spelling) == [(1, "")]
    assert citing(library, "甲法第四条") == citing(library, "甲法") == citing(library, "") == []


def test_provisions_name_each_other_and_their_own_law(library: Library, store: Store) -> None:
    store(rule("规定", 2020, "依照甲法第三条。", "违反本规定第一条的，处理。"), origin="规定.md")
    assert citing(library, "甲法第三条") == [(0, "某规定第一条")]
    assert citing(library, "某规定第一条") == [(1, "某规定第二条")]


def test_a_removed_document_names_nothing_until_it_is_restored(library: Library, store: Store) -> None:
    store(case("甲法第三条。"))
    library.remove("案")
    assert citing(library, "甲法第三条") == list(library.citations.every()) == named(library, "案") == []
    library.restore("案")
    assert citing(library, "甲法第三条") == [(1, "")]


def test_a_changed_text_names_what_it_says_now(library: Library, store: Store) -> None:
    store(case("甲法第三条。"))
    store(case("甲法第四条、第五条。"))
    assert named(library, "案") == ["甲法第四条", "甲法第五条"]
    assert citing(library, "甲法第三条") == []
    store(article("别的", "没有引用。"))
    assert list(library.citations.every()) == [], "what left its file is removed"


def test_versions_name_on_their_own(library: Library, store: Store) -> None:
    store(rule("规定", 2020, "依照甲法第三条。"), origin="规定.md")
    store(rule("规定", 2024, "依照甲法第四条。"), origin="规定.md")
    assert named(library, "规定") == ["甲法第三条"]
    assert named(library, "规定@2024-05-01") == ["甲法第四条"]


def test_what_is_stored_already_keeps_its_citations(library: Library, store: Store) -> None:
    store(case("甲法第三条。"))
    store(case("甲法第三条。"), origin="另一份.md")
    assert citing(library, "甲法第三条") == [(1, "")]


def test_a_range_names_what_lies_inside(library: Library, store: Store) -> None:
    store(case(f"甲法第三条至第五条；某规定第一条至第{WIDEST + 1}条。"))
    for inside in ("甲法第三条", "甲法第三条之一", "甲法第四条", "甲法第五条"):
        assert citing(library, inside) == [(1, "")], inside
    for outside in ("甲法第二条", "甲法第六条", "甲法第五条之一", "某规定第二条"):
        assert citing(library, outside) == [], outside
    for end in ("某规定第一条", f"某规定第{WIDEST + 1}条"):
        assert citing(library, end) == [(1, "")], "a wide range names its ends"


def test_a_range_that_ends_in_an_inserted_article_keeps_its_end(library: Library, store: Store) -> None:
    store(case("甲法第三条之一至第三条之六。"))
    assert named(library, "案") == ["甲法第三条之一至第三条之六"]
    assert citing(library, "甲法第三条之六") == citing(library, "甲法第三条之四") == [(1, "")]
    assert citing(library, "甲法第三条之七") == citing(library, "甲法第三条") == []


def test_citations_come_for_a_law_and_for_many_documents_at_once(library: Library, store: Store) -> None:
    store(case("甲法第三条；某规定第一条。", "案一"), origin="1.md")
    store(case("甲法第九条。", "案二"), origin="2.md")
    store(article("没有", "无。"), origin="3.md")
    assert [c.reference.article for c in library.citations.of_law("甲法")] == [3, 9]
    keys = {d.document.id: d.key for d in library.documents()}
    found = library.citations.of_documents(keys.values())
    assert {key: len(c) for key, c in found.items()} == {keys["案一"]: 2, keys["案二"]: 1}
    assert len(list(library.citations.every())) == 3
    assert library.citations.of_documents([]) == {}


# -- texts that were read without names, or with other names ----------------------------------------


def test_texts_of_an_older_library_are_read_once(library: Library, store: Store) -> None:
    store(case("甲法第三条。"), spellings=None)
    store(case("甲法第四条。", "移走"), origin="b.md", spellings=None)
    library.remove("移走")
    assert list(library.citations.every()) == []
    revision = library.revision
    assert library.citations.refresh(NAMES, SilentProgress()) == 2
    assert library.citations.refresh(NAMES, SilentProgress()) == 0
    assert named(library, "案") == ["甲法第三条"]
    library.restore("移走")
    assert named(library, "移走") == ["甲法第四条"]
    assert library.revision == revision + 1, "only the restoring changed what can be found"


def test_saving_without_names_leaves_no_old_citations(library: Library, store: Store) -> None:
    store(case("甲法第三条。"))
    store(case("甲法第四条。"), spellings=None)
    assert named(library, "案") == []
    assert library.citations.refresh(NAMES, SilentProgress()) == 1
    assert named(library, "案") == ["甲法第四条"]


def test_a_new_name_is_found_in_texts_stored_before(library: Library, store: Store) -> None:
    store(case("按照新法第二条办理。"))
    more = Spellings({**NAMES.names, "新法": "新法"})
    assert citing(library, "新法第二条") == []
    library.citations.refresh(more, SilentProgress())
    assert citing(library, "新法第二条") == [(1, "")]


def test_the_names_are_those_of_all_rules_that_ever_were_here(library: Library, store: Store) -> None:
    before = library.citations.spellings({"甲规": "甲法"})
    store(rule("规定", 2020, title="乙办法", repeals=("丙办法",)), case("无。"), origin="规定.md")
    names = library.citations.spellings({"甲规": "甲法", "乙办法": "别的"})
    assert names.names == {"甲规": "甲法", "乙办法": "乙办法", "丙办法": "丙办法"}
    assert names.fingerprint != before.fingerprint
    library.remove("规定")
    after = library.citations.spellings({"甲规": "甲法", "乙办法": "别的"})
    assert after.fingerprint == names.fingerprint, "removing a rule has no text read again"


class Killed(Exception):
    pass


class KilledProgress:
    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Step]:  # noqa: ARG002
        return nullcontext(self)

    def advance(self, n: int = 1) -> None:  # noqa: ARG002
        raise Killed


def test_a_killed_run_goes_on_where_it_was(
    library: Library, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citations, "_AT_ONCE", 2)
    for number in range(5):
        store(case("甲法第三条。", f"案{number}"), origin=f"{number}.md", spellings=None)
    with pytest.raises(Killed):
        library.citations.refresh(NAMES, KilledProgress())
    assert len(citing(library, "甲法第三条")) == 2
    assert library.citations.refresh(NAMES, SilentProgress()) == 3
    assert len(citing(library, "甲法第三条")) == 5


# -- both ways agree --------------------------------------------------------------------------------

numbers = st.integers(1, 60)
written = st.builds(
    lambda law, first, span: (law, first, span),
    st.sampled_from(["甲法", "某规定"]),
    numbers,
    st.one_of(st.none(), st.integers(1, 40)),
)


def means(mention: tuple[str, int, int | None], number: int) -> bool:
    law, first, span = mention
    last = first + (span or 0)
    return law == "甲法" and (first <= number <= last if last - first < WIDEST else number in (first, last))


def text_of(mentions: list[tuple[str, int, int | None]]) -> str:
    ranges = (f"{law}第{n}条" + (f"至第{n + span}条" if span else "") for law, n, span in mentions)
    return "；".join(ranges) + "。"


@settings(deadline=None, max_examples=15)  # a database is made for each
@given(st.lists(st.lists(written, max_size=4), min_size=1, max_size=4), numbers)
def test_a_text_names_a_provision_exactly_if_the_provision_is_named_by_it(
    texts: list[list[tuple[str, int, int | None]]], number: int
) -> None:
    library = Library("sqlite://")
    documents = [case(text_of(mentions), f"案{n}") for n, mentions in enumerate(texts)]
    library.save_file(documents, origin_path="文.md", origin_hash="", spellings=NAMES)
    wanted = Reference("甲法", number)
    keys = {d.document.id: d.key for d in library.documents()}
    expected = {keys[f"案{n}"] for n, mentions in enumerate(texts) if any(means(m, number) for m in mentions)}
    backward = {c.document_key for id in keys for c in library.citations.cited_by(id) if c.names(wanted)}
    assert {c.document_key for c in library.citations.citing(wanted.provision)} == expected == backward
    library.close()


maybe = st.one_of(st.none(), numbers)


@given(numbers, maybe, st.one_of(st.just((None, None)), st.tuples(numbers, maybe)), numbers)
def test_what_a_citation_lists_is_what_it_names(
    first: int, suffix: int | None, end: tuple[int | None, int | None], other: int
) -> None:
    reference = Reference("甲法", first, suffix, last=end[0], last_suffix=end[1])
    citation = Citation(reference, 1, 1, 0, "", "", 0, 1)
    listed = citation.provisions()
    assert all(citation.names(provision) for provision in listed)
    assert all(provision.last is None for provision in listed)
    plain = Reference("甲法", other)
    assert citation.names(plain) == (plain in listed)
    assert not citation.names(replace(plain, law="乙法"))


def test_dates_play_no_part(library: Library, store: Store) -> None:
    store(replace(case("甲法第三条。"), facts_date=date(1990, 1, 1)))
    assert citing(library, "甲法第三条") == [(1, "")]
