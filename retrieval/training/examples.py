"""What a query adapter learns from: questions with the passages that answer them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kb.documents import Kind
from kb.entrances import Entrance, law_of
from kb.references.canonical import comparable
from retrieval.evaluate import Judged
from retrieval.index.generation import Generation


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the positions of the passages that it should be near to."""

    text: str
    positions: tuple[int, ...]


def provision_examples(
    generation: Generation,
    entrances: Iterable[Entrance],
    judged: Iterable[Judged],
    outdated: frozenset[str] = frozenset(),
) -> list[Example]:
    """
    Join questions with the provisions that answer them; what the index does not hold is left out.

    :param outdated: Laws that `entrances` cite by other numbers than the index's.
    """
    catalogue = generation.catalogue
    groups = {
        comparable(n): g for n, g in zip(catalogue.name.tolist(), catalogue.group.tolist(), strict=True)
    }
    pairs = [(e.text, [r for r in e.refs if law_of(r) not in outdated]) for e in entrances]
    pairs += [(judged_one.query, sorted(judged_one.relevant)) for judged_one in judged]
    return _joined(generation, ((text, [groups[r] for r in refs if r in groups]) for text, refs in pairs))


def case_examples(generation: Generation, entrances: Iterable[Entrance]) -> list[Example]:
    """Join questions with cases like them."""
    catalogue = generation.catalogue
    case = catalogue.kind[catalogue.passage_row] == Kind.CASE.value
    groups = dict(zip(catalogue.name[case].tolist(), catalogue.group[case].tolist(), strict=True))
    return _joined(generation, ((e.text, [groups[c] for c in e.cases if c in groups]) for e in entrances))


def passages_of(
    generation: Generation, kinds: Sequence[Kind]
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """:returns: Positions of all passages of documents of some kinds."""
    catalogue = generation.catalogue
    member = np.isin(catalogue.kind, [kind.value for kind in kinds])
    return np.flatnonzero(member[catalogue.passage_row])


def _joined(generation: Generation, pairs: Iterable[tuple[str, list[int]]]) -> list[Example]:
    return [
        Example(text, tuple(int(p) for group in groups for p in generation.catalogue.members(group)))
        for text, groups in pairs
        if groups
    ]
