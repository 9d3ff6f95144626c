"""One training of everything that an adapter's file holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kb.documents import Kind
from kb.progress import Progress
from retrieval.index.generation import Generation
from retrieval.model.adapter import Adapter
from retrieval.model.encoder import Encoder
from retrieval.model.learned import Learned
from retrieval.model.ranker import Ranker
from retrieval.training.examples import Example, passages_of
from retrieval.training.rank import RankRecipe, train_ranker
from retrieval.training.sampling import Sampler
from retrieval.training.train import Recipe, train

FOLDS = 3
"""The ranker sees each question with an adapter that learned from the other folds only."""
LAY_SAMPLES = 700
"""Lay questions that the ranker learns from, besides all judged ones."""
_NOT_RULES = (Kind.CASE, Kind.BULLETIN, Kind.PROCEDURE)
Vectors = NDArray[np.float32]


class Course:
    """Trains on the passages of one index; equal input and seed give equal weights on one machine."""

    def __init__(
        self, generation: Generation, encoder: Encoder, progress: Progress, seed: int, runs: int
    ) -> None:
        """:param runs: Trainings whose weights are averaged."""
        self._generation = generation
        self._encoder = encoder
        self._progress = progress
        self._recipe = Recipe(seed=seed, runs=runs)

    def provisions(self, known: Sequence[Example]) -> Vectors:
        """:returns: The weights for provisions; what stands in `known` several times counts as often."""
        return self._fit(known, (Kind.REGULATION,), self._recipe, "学习找法条")

    def precedents(self, cases: Sequence[Example]) -> Vectors:
        """:returns: The weights for cases and other documents that are no rules."""
        return self._fit(cases, _NOT_RULES, replace(self._recipe, learning_rate=1e-3, epochs=8), "学习找案例")

    def learned(self, asked: Sequence[Example]) -> Learned:
        """:returns: The judged questions, to be remembered."""
        names = self._generation.catalogue.name
        refs = [list(dict.fromkeys(names[list(example.positions)].tolist())) for example in asked]
        return Learned.of(self._encode(asked), refs)

    def ranker(
        self,
        known: Sequence[Example],
        asked: Sequence[Example],
        lay: Sequence[Example],
        learned: Learned | None,
        cache_dir: str,
        day: date,
    ) -> Ranker | None:
        """
        Train the ranker on judged questions and a sample of lay ones.

        :param known: What the weights for provisions are trained on.
        :param asked: The judged questions in it.
        :param lay: Those in it that are asked as residents ask.
        :param learned: What the adapter will remember.
        :param cache_dir: See `retrieval.components.query_analyzer.QueryAnalyzer`.
        :param day: The day of the searches.
        :returns: ``None`` where no question has an answer among its candidates.
        """
        random = np.random.default_rng(self._recipe.seed)
        examples = [*asked, *(lay[n] for n in random.permutation(len(lay))[:LAY_SAMPLES])]
        fold_of = {text: int(random.integers(FOLDS)) for text in dict.fromkeys(e.text for e in known)}
        adapters = [self._without(fold, fold_of, known) for fold in range(FOLDS)]
        index = self._generation
        if learned is not None and index.entrances is not None:
            index = replace(index, entrances=index.entrances.remembering(learned, index.catalogue))
        sampler = Sampler(index, cache_dir, day)
        turned_by = [adapters[fold_of[example.text]] for example in examples]
        samples = sampler.samples(examples, self._encode(examples), turned_by, self._progress)
        recipe = RankRecipe(seed=self._recipe.seed)
        return train_ranker(samples, recipe, self._progress) if samples else None

    def _without(self, fold: int, fold_of: dict[str, int], known: Sequence[Example]) -> Adapter:
        others = [example for example in known if fold_of[example.text] != fold]
        step = f"学习找法条（为排序，第 {fold + 1} 份，共 {FOLDS} 份）"
        recipe = replace(self._recipe, runs=1)
        return Adapter(provisions=self._fit(others, (Kind.REGULATION,), recipe, step) if others else None)

    def _fit(
        self, examples: Sequence[Example], kinds: tuple[Kind, ...], recipe: Recipe, step: str
    ) -> Vectors:
        assert self._generation.vectors is not None
        among = passages_of(self._generation, kinds)
        place = np.full(int(among.max()) + 1, -1, np.int64)
        place[among] = np.arange(len(among))
        answers = [place[list(example.positions)].tolist() for example in examples]
        passages = self._generation.vectors.exact[among].astype(np.float32)
        return train(self._encode(examples), answers, passages, recipe, self._progress, step)

    def _encode(self, examples: Sequence[Example]) -> Vectors:
        """:returns: Vectors of the examples' texts, each text encoded once."""
        texts = list(dict.fromkeys(example.text for example in examples))
        with self._progress.step("计算问题的向量", len(texts)) as bar:
            vectors = self._encoder.encode(texts, bar.advance)
        row = {text: number for number, text in enumerate(texts)}
        return vectors[[row[example.text] for example in examples]]
