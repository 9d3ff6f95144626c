"""The saved judgements as a gold set: what is asked, under which filter, and how well it goes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.documents import Kind
from kb.judging.judgements import right_answers
from kb.progress import Progress
from kb.store.library import Library
from retrieval.evaluate import Judged, Outcome, outcomes
from retrieval.query import Filter, Leg
from retrieval.search import Searcher

DEPTH = 100
"""How deep the rankings of an evaluation go."""


@dataclass(frozen=True)
class GoldSet:
    """
    Questions with the answers judged right.

    A question is put once for each kind of its answers, with the filter on that kind, as the search page
    does: provisions do not compete with cases for a place.
    """

    by_kind: Mapping[Kind, Sequence[Judged]]

    @property
    def queries(self) -> int:
        """How many different questions there are."""
        return len({judged.query for group in self.by_kind.values() for judged in group})

    @property
    def fingerprint(self) -> str:
        """Identifies questions and answers: figures of equal fingerprints compare directly."""
        plain = [[k.value, j.query, sorted(j.relevant)] for k, group in self.by_kind.items() for j in group]
        return hashlib.sha256(json.dumps(sorted(plain), ensure_ascii=False).encode()).hexdigest()[:16]


def gold_set(library: Library) -> GoldSet:
    """:returns: What the library's judgements make."""
    answers = right_answers(library.judgements.all())
    kinds = {d.document.id: d.document.kind for d in library.documents()} if answers else {}
    by_kind: dict[Kind, list[Judged]] = {}
    for number, (query, targets) in enumerate(answers.items(), 1):
        for kind in Kind:
            of_kind = frozenset(t for t in targets if kinds.get(t, Kind.REGULATION) is kind)
            if of_kind:
                by_kind.setdefault(kind, []).append(Judged(f"{number}-{kind}", query, of_kind))
    return GoldSet(by_kind)


def run_gold(searcher: Searcher, gold: GoldSet, wanted: Filter, progress: Progress) -> list[Outcome]:
    """
    Put every question of a gold set.

    :param wanted: Filter of all searches but for the kind.
    :raises IndexDamaged: If there is no usable index.
    """
    found: list[Outcome] = []
    with progress.step("评测", sum(map(len, gold.by_kind.values()))) as bar:
        for kind, group in gold.by_kind.items():
            found += outcomes(searcher, group, replace(wanted, kinds=(kind,)), list(Leg), DEPTH, bar)
    return found


def worst(found: Sequence[Outcome], leg: Leg, most: int) -> list[Outcome]:
    """:returns: At most `most` outcomes that are not perfect, the worst first."""

    def merit(outcome: Outcome) -> tuple[float, float, float]:
        metrics = outcome.metrics(leg)
        return metrics["mrr@10"], metrics["recall@10"], metrics["recall@100"]

    poor = [outcome for outcome in found if merit(outcome) < (1.0, 1.0, 1.0)]
    return sorted(poor, key=lambda outcome: (merit(outcome), outcome.judged.id))[:most]
