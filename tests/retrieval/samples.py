"""Documents in one line, a model without weights, and what a filter means, in plain Python."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np
from haystack import default_from_dict

from kb.documents import NATIONWIDE, Document, Kind, Level, Origin, Passage, Role
from kb.segment import bigrams
from kb.store.library import Library
from kb.store.rows import StoredDocument
from retrieval.components.query_adapter import QueryVectors
from retrieval.model.encoder import OnProgress, Vectors
from retrieval.model.ranker import FEATURES, Ranker
from retrieval.query import Filter

TODAY = date(2024, 6, 1)
EVERYTHING = Filter(as_of=TODAY, statuses=())


def make_statute(
    name: str,
    *articles: str,
    id: str = "",
    region: str = NATIONWIDE,
    level: Level = Level.LAW,
    topics: Sequence[str] = (),
    digest: bool = False,
    since: date | None = date(2000, 1, 1),
    until: date | None = None,
    version: date | None = None,
) -> Document:
    """:returns: A rule whose articles are numbered from 一."""
    labels = [f"第{'一二三四五六七八九'[n]}条" for n in range(len(articles))]
    return Document(
        id=id or name + ("-digest" if digest else ""), kind=Kind.REGULATION, title=name, short_title=name,
        level=level, region=region, topics=tuple(topics), effective_from=since, effective_to=until,
        version_date=version, origin=Origin.DIGEST if digest else Origin.OFFICIAL,
        passages=tuple(
            Passage(label, text, role=Role.PROVISION, ref=name + label)
            for label, text in zip(labels, articles, strict=True)
        ),
    )  # fmt: skip


def make_case(
    id: str, *sections: str, kind: Kind = Kind.CASE, region: str = NATIONWIDE, topics: Sequence[str] = ()
) -> Document:
    """:returns: A case, or another document that is not a rule, with one passage a section."""
    passages = tuple(Passage(f"之{number}", text) for number, text in enumerate(sections, 1))
    return Document(id=id, kind=kind, title=id, region=region, topics=tuple(topics), passages=passages)


def save(library: Library, *documents: Document) -> None:
    """Store each document as if it came from a file of its own."""
    for document in documents:
        library.save_file([document], origin_path=document.id, origin_hash=document.id)


class FakeEncoder:
    """
    Turns texts into sums of fixed random directions, one for each character pair.

    Texts that share words are alike; the same text has the same vector in every process.
    """

    name = "fake"
    fingerprint = "fake-1"

    def __init__(self, dimension: int = 16) -> None:
        self.dimension = dimension
        self.seen: list[str] = []
        """Every text ever encoded, in order."""

    def encode(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        self.seen += texts
        rows = [self._vector(text) for text in texts]
        if on_progress is not None:
            on_progress(len(rows))
        return np.array(rows, np.float32).reshape(len(rows), self.dimension)

    def _vector(self, text: str) -> Vectors:
        total = sum(self._direction(pair) for pair in [*bigrams(text), text[:1]])
        unit: Vectors = (total / np.linalg.norm(total)).astype(np.float32)
        return unit

    def _direction(self, pair: str) -> Vectors:
        seed = int.from_bytes(blake2b(pair.encode(), digest_size=4).digest())
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)


def query_vectors(text: str) -> QueryVectors:
    """:returns: A query of the `FakeEncoder` as an adapter without weights leaves it."""
    vector = FakeEncoder().encode([text])[0]
    return QueryVectors(vector, vector, vector)


def passes(stored: StoredDocument, wanted: Filter) -> bool:
    """:returns: Whether a document may be found under `wanted`, worked out from the promise of `Filter`."""
    document = stored.document
    rule = document.kind is Kind.REGULATION
    return (
        (not wanted.kinds or document.kind in wanted.kinds)
        and (not wanted.regions or document.region in (NATIONWIDE, *wanted.regions))
        and (not wanted.topics or bool(set(document.topics) & set(wanted.topics)))
        and (not wanted.levels or document.level in wanted.levels)
        and (not (rule and wanted.home_region) or document.region in (NATIONWIDE, wanted.home_region))
        and (not (rule and wanted.statuses) or stored.validity.status_on(wanted.as_of) in wanted.statuses)
    )


def round_trip(component: Any) -> Any:
    """:returns: A component made from nothing but the JSON of `component`, equal to it in all parameters."""
    data = json.loads(json.dumps(component.to_dict()))
    again = default_from_dict(type(component), data)
    assert again.to_dict() == component.to_dict()
    assert all(getattr(again, name) == value for name, value in data["init_parameters"].items())
    return again


def make_ranker(**weights: float) -> Ranker:
    """:returns: A ranker that adds up features by weight, nothing standardised."""
    line = np.array([weights.get(name, 0.0) for name in FEATURES], np.float32)
    width = len(FEATURES)
    none = np.zeros(1, np.float32)
    return Ranker(
        np.zeros(width, np.float32), np.ones(width, np.float32), line, np.zeros((1, width), np.float32), none, none
    )  # fmt: skip
