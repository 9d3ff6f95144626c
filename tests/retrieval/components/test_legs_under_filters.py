"""Both legs against plain Python: always the best allowed passages, and as many as there are."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import NATIONWIDE, Document, Kind, Level, Status
from kb.segment import Segmenter, bigrams
from kb.store.library import Library
from kb.store.rows import StoredDocument
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.keyword_retriever import KeywordRetriever
from retrieval.components.ranking import Ranking
from retrieval.index.generation import Generation
from retrieval.query import Filter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, FakeEncoder, make_case, make_statute, passes, query_vectors

REGIONS = (NATIONWIDE, "上海", "浙江")
TOPICS = ("物业", "电梯", "养犬")
DAYS = [date(2000 + n, 1, 1) for n in range(6)]
PHRASES = ("楼道堆物", "电梯加装", "物业费", "养犬扰民", "业主大会", "维修资金")
QUESTIONS = ("楼道堆物", "业主不交物业费", "电梯", "狗叫")

texts = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4).map("".join)
bodies = st.lists(texts, min_size=1, max_size=3)
topics = st.lists(st.sampled_from(TOPICS), unique=True, max_size=2)


@st.composite
def libraries(draw: st.DrawFn) -> list[Document]:
    made: list[Document] = []
    for number in range(draw(st.integers(3, 14))):
        shared = {"region": draw(st.sampled_from(REGIONS)), "topics": draw(topics)}
        if draw(st.booleans()):
            kind = draw(st.sampled_from([Kind.CASE, Kind.BULLETIN, Kind.PROCEDURE]))
            made.append(make_case(f"文{number}", *draw(bodies), kind=kind, **shared))
        else:
            made.append(
                make_statute(
                    draw(st.sampled_from(["甲条例", "乙条例"])), *draw(bodies), id=f"规{number}",
                    level=draw(st.sampled_from([Level.LAW, Level.LOCAL_REGULATION])),
                    since=draw(st.sampled_from(DAYS)), version=draw(st.none() | st.sampled_from(DAYS)),
                    until=draw(st.none() | st.sampled_from(DAYS)), **shared,
                )
            )  # fmt: skip
    return made


filters = st.builds(
    Filter,
    as_of=st.sampled_from(DAYS),
    home_region=st.sampled_from(("", "上海")),
    kinds=st.lists(st.sampled_from(Kind), unique=True, max_size=3).map(tuple),
    regions=st.lists(st.sampled_from(REGIONS), unique=True, max_size=2).map(tuple),
    topics=topics.map(tuple),
    levels=st.sampled_from(((), (), (Level.LAW,))),
    statuses=st.lists(st.sampled_from(Status), unique=True, max_size=2).map(tuple),
)


def held_by(generation: Generation) -> tuple[list[str], list[StoredDocument]]:
    """:returns: Text and document of every passage, by index position, read from the library itself."""
    library = Library(f"sqlite:///{generation.folder.parents[1] / 'andian.db'}")
    documents = {document.key: document for document in library.documents()}
    passages = list(library.all_passages())
    library.close()
    return [p.passage.text for p in passages], [documents[p.document_key] for p in passages]


def check(found: Ranking, scores: np.ndarray, members: list[int], top_k: int) -> None:
    """Assert that `found` holds the best of `members` by `scores`, and `top_k` of them or all."""
    assert len(found) == min(top_k, len(members))
    assert len(set(found.positions.tolist())) == len(found)
    assert set(found.positions.tolist()) <= set(members)
    assert found.scores == pytest.approx(scores[found.positions], abs=1e-4)
    assert found.scores == pytest.approx(sorted(scores[members], reverse=True)[:top_k], abs=1e-4)


@given(st.data())
@settings(max_examples=12, deadline=None)
def test_both_legs_return_the_best_allowed_passages(
    build: Build, segmenter: Segmenter, data: st.DataObject
) -> None:
    generation = build(*data.draw(libraries()))
    folder = str(generation.folder)
    held, documents = held_by(generation)
    vectors = FakeEncoder().encode(held).astype(np.float16).astype(np.float32)
    for _ in range(8):
        wanted, top_k = data.draw(filters), data.draw(st.sampled_from((1, 3, 200)))
        question = data.draw(st.sampled_from(QUESTIONS))
        members = [position for position, document in enumerate(documents) if passes(document, wanted)]

        asked_for = query_vectors(question)
        dense = DenseRetriever(folder, top_k).run(asked_for, wanted)["ranking"]
        rules = {p for p, document in enumerate(documents) if document.document.kind is Kind.REGULATION}
        for sort in (rules, set(range(len(held))) - rules):
            part = np.isin(dense.positions, list(sort))
            found = Ranking(dense.positions[part], dense.scores[part])
            check(found, vectors @ asked_for.plain, [p for p in members if p in sort], top_k)

        words, pairs = segmenter.query_words(question), list(bigrams(question))
        everything = KeywordRetriever(folder, len(held)).run(words, pairs, EVERYTHING)["ranking"]
        scores = np.zeros(len(held), np.float32)
        scores[everything.positions] = everything.scores
        asked = {*words, *pairs}
        matching = [p for p in members if asked & {*segmenter.words(held[p]), *bigrams(held[p])}]
        keyword = KeywordRetriever(folder, top_k).run(words, pairs, wanted)["ranking"]
        check(keyword, scores, matching, top_k)
