from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kb.entrances import Entrance, Source
from kb.lexicon import load_lexicon
from kb.store.library import Library
from retrieval.index.catalogue import Catalogue
from retrieval.index.entrances import Entrances
from retrieval.model.learned import Learned
from tests.retrieval.samples import FakeEncoder, make_case, make_statute, save

RULE = "物业管理条例"


def built(
    library: Library, shipped: Sequence[Entrance] = (), outdated: frozenset[str] = frozenset()
) -> tuple[Catalogue, Entrances]:
    passages = list(library.all_passages())
    documents = {d.key: d for d in library.documents()}
    names = [p.passage.ref or documents[p.document_key].document.id for p in passages]
    keys = [p.document_key for p in passages]
    catalogue = Catalogue.build(list(documents.values()), [p.id for p in passages], keys, names)
    encode = FakeEncoder().encode
    vectors, laws = encode([p.passage.text for p in passages]), load_lexicon().law_names
    made = Entrances.build(catalogue, shipped, documents, passages, vectors, laws, outdated, encode)
    return catalogue, made


def led(catalogue: Catalogue, entrances: Entrances) -> dict[tuple[str, str], list[str]]:
    """:returns: Label of each source → provisions that it leads to."""
    name_of = dict(zip(catalogue.group.tolist(), catalogue.name.tolist(), strict=True))
    return {
        label: [name_of[group] for group in entrances.provisions(source).tolist()]
        for source, label in enumerate(entrances.labels)
    }


def test_references_of_cases_in_any_spelling(library: Library) -> None:
    rule = make_statute(RULE, "甲", "乙", "丙")
    text = "按《物业管理条例》第2条，并看物业条例第一条；民法典第一条不在库里。"
    save(library, rule, make_case("案", text))
    assert led(*built(library)) == {("document", "案"): [f"{RULE}第二条", f"{RULE}第一条"]}


def test_cross_references_inside_provisions_do_not_count(library: Library) -> None:
    save(library, make_statute(RULE, "甲", "依照物业管理条例第一条"))
    _, entrances = built(library)
    assert entrances.vectors.shape == (0, 16)
    assert entrances.labels == ()
    assert entrances.nearest(entrances.cosines(FakeEncoder().encode(["甲"])[0]), 5) == []


def test_all_passages_of_a_citing_document_stand_for_it(library: Library) -> None:
    rule = make_statute(RULE, "甲")
    save(library, rule, make_case("案", "情景", f"{RULE}第一条"), make_case("别", "无关"))
    _, entrances = built(library)
    assert entrances.source.tolist() == [0, 0]
    assert entrances.vectors == pytest.approx(FakeEncoder().encode(["情景", f"{RULE}第一条"]), abs=1e-3)


def test_shipped_entrances_are_encoded_only_if_the_library_holds_their_provisions(library: Library) -> None:
    save(library, make_statute(RULE, "甲", "乙"))
    shipped = [
        Entrance(Source.QUERY, "没有的", ("别的条例第一条",)),
        Entrance(Source.TERM, "一半", ("别的条例第一条", f"{RULE}第二条")),
        Entrance(Source.QUESTION, "都有", (f"{RULE}第二条", f"{RULE}第一条")),
        Entrance(Source.QUERY, "没有依据", ()),
    ]
    catalogue, entrances = built(library, shipped)
    assert led(catalogue, entrances) == {
        ("term", "一半"): [f"{RULE}第二条"],
        ("question", "都有"): [f"{RULE}第二条", f"{RULE}第一条"],
    }
    assert entrances.vectors == pytest.approx(FakeEncoder().encode(["一半", "都有"]), abs=1e-3)


def test_of_an_outdated_law_only_what_was_linked_by_hand_counts(library: Library) -> None:
    """Who links a search looks at the articles of this library; what is shipped counts by other numbers."""
    save(library, make_statute(RULE, "甲", "乙"))
    shipped = [Entrance(source, source.value, (f"{RULE}第一条",)) for source in (Source.LINKED, Source.QUERY)]
    assert list(led(*built(library, shipped, frozenset({RULE})))) == [("linked", "linked")]


def test_nearest_sources_come_once_by_their_nearest_text(library: Library) -> None:
    texts = ("楼道堆物没人管", f"电动车进楼，{RULE}第一条", "楼道里堆物")
    save(library, make_statute(RULE, "甲"), make_case("案", *texts))
    shipped = [Entrance(Source.QUERY, text, (f"{RULE}第一条",)) for text in ("养犬扰民", "楼道堆物")]
    _, entrances = built(library, shipped)
    encode = FakeEncoder().encode
    vector = encode(["楼道堆物"])[0]
    cosines = {0: encode(["养犬扰民"]) @ vector, 1: encode(["楼道堆物"]) @ vector, 2: encode(texts) @ vector}
    expected = sorted(((n, float(c.max())) for n, c in cosines.items()), key=lambda pair: -pair[1])
    found = entrances.nearest(entrances.cosines(vector), 5)
    assert [n for n, _ in found] == [n for n, _ in expected]
    assert [c for _, c in found] == pytest.approx([c for _, c in expected], abs=2e-3)
    assert entrances.nearest(entrances.cosines(vector), 1) == found[:1]


def test_written_and_opened_again(library: Library, tmp_path: Path) -> None:
    save(library, make_statute(RULE, "甲"), make_case("案", f"{RULE}第一条"))
    _, entrances = built(library, [Entrance(Source.QUERY, "问", (f"{RULE}第一条",))])
    entrances.write(tmp_path)
    again = Entrances.open(tmp_path)
    assert again.labels == entrances.labels
    for name in ("vectors", "source", "pair_source", "pair_group"):
        assert np.array_equal(getattr(again, name), getattr(entrances, name))


@pytest.mark.parametrize("text", ["", "{", "[1]", "null"])
def test_broken_texts_are_refused(library: Library, tmp_path: Path, text: str) -> None:
    built(library)[1].write(tmp_path)
    (tmp_path / "entrances.json").write_text(text)
    with pytest.raises((OSError, ValueError, TypeError)):
        Entrances.open(tmp_path)


def test_an_empty_library(library: Library) -> None:
    _, entrances = built(library)
    assert len(entrances.source) == len(entrances.labels) == len(entrances.pair_group) == 0


def remembered(*questions: tuple[str, tuple[str, ...]]) -> Learned:
    return Learned.of(FakeEncoder().encode([text for text, _ in questions]), [refs for _, refs in questions])


def test_learned_questions_are_kept_apart_from_the_others(library: Library) -> None:
    save(library, make_statute(RULE, "甲", "乙"))
    catalogue, told = built(library, [Entrance(Source.QUERY, "楼道堆物", (f"{RULE}第一条",))])
    learned = remembered(("电梯坏了", (f"{RULE}第二条", "别的条例第一条")), ("没有的", ("别的条例第一条",)))
    entrances = told.remembering(learned, catalogue)
    assert list(led(catalogue, entrances).items()) == [
        (("query", "楼道堆物"), [f"{RULE}第一条"]),
        (("learned", ""), [f"{RULE}第二条"]),
    ]
    cosines = entrances.cosines(FakeEncoder().encode(["电梯坏了"])[0])
    assert [source for source, _ in entrances.nearest(cosines, 5)] == [0]
    [(source, cosine)] = entrances.nearest(cosines, 5, Source.LEARNED)
    assert (source, cosine) == (1, pytest.approx(1.0, abs=0.01))


def test_remembering_again_forgets_what_was_learned_before(library: Library) -> None:
    save(library, make_statute(RULE, "甲", "乙"))
    catalogue, told = built(library, [Entrance(Source.QUERY, "楼道堆物", (f"{RULE}第一条",))])
    first, second = (remembered((text, (f"{RULE}第二条",))) for text in ("甲乙", "丙丁"))
    again = told.remembering(first, catalogue).remembering(second, catalogue)
    once = told.remembering(second, catalogue)
    assert again.labels == once.labels
    for name in ("vectors", "source", "pair_source", "pair_group"):
        assert np.array_equal(getattr(again, name), getattr(once, name))


def test_learned_questions_about_an_outdated_law_are_left_out(library: Library) -> None:
    save(library, make_statute(RULE, "甲"))
    catalogue, told = built(library)
    learned = remembered(("电梯坏了", (f"{RULE}第一条",)))
    assert told.remembering(learned, catalogue, frozenset({RULE})).labels == ()
