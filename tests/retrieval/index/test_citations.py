import numpy as np

from kb.lexicon import load_lexicon
from kb.store.library import Library
from retrieval.index.catalogue import Catalogue
from retrieval.index.citations import Citations
from tests.retrieval.samples import make_case, make_statute, save


def built(library: Library) -> tuple[Catalogue, Citations]:
    passages, documents = list(library.all_passages()), library.documents()
    ids = {d.key: d.document.id for d in documents}
    names = [p.passage.ref or ids[p.document_key] for p in passages]
    keys = [p.document_key for p in passages]
    catalogue = Catalogue.build(documents, [p.id for p in passages], keys, names)
    return catalogue, Citations.build(catalogue, passages, load_lexicon().law_names)


def cited(catalogue: Catalogue, citations: Citations) -> dict[str, list[str]]:
    name_of = dict(zip(catalogue.group.tolist(), catalogue.name.tolist(), strict=True))
    rows = {int(row): str(catalogue.name[p]) for p, row in enumerate(catalogue.passage_row)}
    return {
        rows[row]: [name_of[g] for g in citations.cited_by(row).tolist()]
        for row in set(citations.row.tolist())
    }


def test_references_of_cases_in_any_spelling(library: Library) -> None:
    rule = make_statute("物业管理条例", "甲", "乙", "丙")
    save(
        library, rule, make_case("案", "按《物业管理条例》第2条，并看物业条例第一条；民法典第一条不在库里。")
    )
    assert cited(*built(library)) == {"案": ["物业管理条例第一条", "物业管理条例第二条"]}


def test_cross_references_inside_provisions_do_not_count(library: Library) -> None:
    save(library, make_statute("物业管理条例", "甲", "依照物业管理条例第一条"))
    catalogue, citations = built(library)
    assert len(citations.row) == 0
    assert not citations.citing(catalogue).any()


def test_all_passages_of_a_citing_document_are_entrances(library: Library) -> None:
    rule = make_statute("物业管理条例", "甲")
    save(library, rule, make_case("案", "情景", "物业管理条例第一条"), make_case("别", "无关"))
    catalogue, citations = built(library)
    assert catalogue.name[citations.citing(catalogue)].tolist() == ["案", "案"]
    assert citations.cited_by(99).tolist() == []
    assert np.array_equal(citations.cited_by(int(citations.row[0])), citations.group)


def test_an_empty_library(library: Library) -> None:
    catalogue, citations = built(library)
    assert len(citations.row) == len(citations.citing(catalogue)) == 0
