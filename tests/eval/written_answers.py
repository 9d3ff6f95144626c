"""Written answers with the key of every scoring point, and how well proposals agree with it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.bank.catalogue import written_question
from kb.bank.likeness import SentenceSimilarity
from kb.bank.proposal import Proposer, Standing
from kb.bank.wordings import shipped_wordings
from kb.lexicon import corpus_folder, load_lexicon
from kb.segment import Segmenter

ANSWERS = Path(__file__).with_name("grading.jsonl")
"""
One answer a line: ``question``, ``split`` (``dev`` or ``test``), ``answer``, ``key`` (one standing for each point).

The keys were decided from the points' texts before any program saw them: a point is hit if at least two
thirds of its claims are made, partly made from a third on or where only a figure is wrong, else missed.
Limits and wordings may be tuned on ``dev`` only; one hand wrote all answers and the wordings, so rare sayings
found in ``test`` alone were struck from the wordings before anything was tuned.
"""
SPLITS = ("dev", "test")


@dataclass(frozen=True)
class Agreement:
    """Proposals against the key, over the points of one split."""

    n: int
    accuracy: float
    f1: dict[Standing, float]

    @property
    def macro_f1(self) -> float:
        return sum(self.f1.values()) / len(self.f1)


def agreement(split: str, similarity: SentenceSimilarity | None = None) -> Agreement:
    """Grade the answers of one split and compare."""
    segmenter = Segmenter(load_lexicon().terms)
    pairs = list(_pairs(split, Proposer(segmenter, shipped_wordings(), similarity)))
    right = sum(given == key for given, key in pairs)
    return Agreement(len(pairs), right / len(pairs), {s: _f1(pairs, s) for s in Standing})


def _pairs(split: str, proposer: Proposer) -> Iterator[tuple[Standing, Standing]]:
    for line in ANSWERS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            question = written_question(corpus_folder() / "questions", row["question"])
            proposal = proposer.propose(question, row["answer"])
            keys = (Standing(key) for key in row["key"])
            yield from zip((p.standing for p in proposal.points), keys, strict=True)


def _f1(pairs: Sequence[tuple[Standing, Standing]], standing: Standing) -> float:
    both = sum(given == key == standing for given, key in pairs)
    either = sum((given == standing) + (key == standing) for given, key in pairs)
    return 2 * both / either if either else 0.0
