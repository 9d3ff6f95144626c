"""What the ranker learns from: candidates of real questions, with the right ones marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kb.documents import Kind
from kb.progress import Progress
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.entrance_voter import scale, spread
from retrieval.components.keyword_retriever import KeywordRetriever
from retrieval.components.poll import VOTERS, poll
from retrieval.components.provision_candidates import Asking, ProvisionCandidates
from retrieval.components.query_adapter import QueryVectors
from retrieval.components.query_analyzer import QueryAnalyzer
from retrieval.components.ranking import Likeness
from retrieval.index.generation import Generation
from retrieval.model.adapter import Adapter
from retrieval.pipelines import CANDIDATES
from retrieval.query import Filter
from retrieval.training.examples import Example

_ITSELF = 0.9995
"""Cosine from which a known question is the one asked; bytes keep that much of a learned one."""
_KEYWORD_WEIGHT = 0.23


@dataclass(frozen=True, slots=True)
class Sample:
    """One question's candidates."""

    features: NDArray[np.float32]
    """Shape ``(candidates, features)``."""
    right: NDArray[np.bool_]
    """Which candidates answer it, shape ``(candidates,)``."""


class Sampler:
    """Collects the candidates of questions as a search would, but without what it knows of the question itself."""

    def __init__(self, index: Generation, cache_dir: str, day: date) -> None:
        """:param index: Its entrances hold the learned questions too."""
        folder = str(index.folder)
        self._index = index
        self._analyzer = QueryAnalyzer(folder, cache_dir)
        self._keyword = KeywordRetriever(folder, CANDIDATES)
        self._dense = DenseRetriever(folder, CANDIDATES)
        self._filter = Filter(as_of=day, kinds=(Kind.REGULATION,), statuses=())

    def samples(
        self,
        examples: Sequence[Example],
        vectors: NDArray[np.float32],
        turned_by: Sequence[Adapter],
        progress: Progress,
    ) -> list[Sample]:
        """
        :param vectors: Of the examples' texts, shape ``(examples, dimension)``.
        :param turned_by: For each example, an adapter that did not learn from it.
        :returns: One sample for each example some of whose answers are among its candidates.
        """
        found = []
        with progress.step("收集候选条文", len(examples)) as bar:
            for example, vector, adapter in zip(examples, vectors, turned_by, strict=True):
                sample = self._sample(example, vector, adapter)
                if sample.right.any():
                    found.append(sample)
                bar.advance()
        return found

    def _sample(self, example: Example, vector: NDArray[np.float32], adapter: Adapter) -> Sample:
        index = self._index
        assert index.entrances is not None
        vectors = QueryVectors(vector, adapter.to_provisions(vector), vector)
        analysis = self._analyzer.run(example.text)
        keyword = self._keyword.run(filter=self._filter, **analysis)["ranking"]
        dense = self._dense.run(vectors, self._filter)["ranking"]
        measure = scale(index, vectors, dense)
        assert measure is not None
        cosines = index.entrances.cosines(vector)
        cosines[cosines > _ITSELF] = -1.0
        told = poll(index, cosines, measure, VOTERS)
        ballots = (told.votes, told.aside, told.learned)
        votes, aside, learned = (spread(index, ballot, self._filter) for ballot in ballots)
        legs = (keyword, dense, votes, learned)
        asking = Asking(
            example.text, vectors, keyword, votes, Likeness(aside, learned, told.laws, told.nearest)
        )
        positions = np.unique(np.concatenate([leg.positions for leg in legs]))
        candidates = ProvisionCandidates(index, positions, asking, _KEYWORD_WEIGHT)
        groups = index.catalogue.group
        right = np.isin(groups[candidates.firsts], groups[list(example.positions)])
        return Sample(candidates.features(), right)
