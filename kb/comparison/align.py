"""Which provision of one version became which provision of another."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.documents import Passage
from kb.segment import folded

SURE, AKIN, LIKELY = 0.55, 0.4, 0.25
"""
Similarity from which two provisions belong together out of turn; do so if neither has more in common
with any other, and are worth a mention; and may belong together in turn.
"""
_SAME_NUMBER, _SAME_PLACE = 0.12, 0.05  # what an equal label or heading adds
_DIMENSIONS = 4096
_MOST_CELLS = 9_000_000  # 3,000 provisions on each side; beyond it only labels and equal texts count
_NUMBERING = re.compile(r"第[零〇一二三四五六七八九十百千\d]+[编章节分条]")

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alignment:
    """
    Pairs of positions ``(old, new)``; no position occurs twice on its side.

    `in_turn` keeps the order of both texts, `moved` are the pairs that break it. `akin` names for a
    provision without a partner the one on the other side it has most in common with.
    """

    in_turn: tuple[tuple[int, int], ...]
    moved: tuple[tuple[int, int], ...]
    akin_of_old: dict[int, int]
    akin_of_new: dict[int, int]


def align(old: Sequence[Passage], new: Sequence[Passage]) -> Alignment:
    """
    Pair the provisions of two versions of one rule.

    The pairs in turn are the best chain that keeps the order of both, weighed by similar wording, equal
    label and equal heading; what is left over is paired where the wording leaves little doubt.
    """
    if not old or not new:
        return Alignment((), (), {}, {})
    if len(old) * len(new) > _MOST_CELLS:
        return _by_label(old, new)
    likeness = _likeness(old, new)
    weights = likeness + _SAME_NUMBER * _equal([p.label for p in old], [p.label for p in new])
    weights += _SAME_PLACE * _equal([_place(p) for p in old], [_place(p) for p in new])
    chain = _best_chain(np.where(likeness >= LIKELY, weights - LIKELY, 0))
    moved = _left_over(likeness, chain)
    pairs = [*chain, *moved]
    alone_old = set(range(len(old))) - {i for i, _ in pairs}
    alone_new = set(range(len(new))) - {j for _, j in pairs}
    return Alignment(
        tuple(chain),
        tuple(moved),
        {i: int(likeness[i].argmax()) for i in alone_old if likeness[i].max() >= AKIN},
        {j: int(likeness[:, j].argmax()) for j in alone_new if likeness[:, j].max() >= AKIN},
    )


def _likeness(old: Sequence[Passage], new: Sequence[Passage]) -> Matrix:
    """:returns: Cosine of pairs of neighbouring characters, rare pairs counting more; (old, new), 0–1."""
    counts = np.zeros((len(old) + len(new), _DIMENSIONS), np.float32)
    for row, passage in enumerate((*old, *new)):
        bare = "".join(folded(passage.text).split())
        for pair, count in Counter(map(str.__add__, bare, bare[1:])).items():
            counts[row, crc32(pair.encode()) % _DIMENSIONS] += count
    rarity = np.log1p(len(counts) / (1 + (counts > 0).sum(axis=0)))
    counts *= rarity.astype(np.float32)
    counts /= np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
    likeness: Matrix = counts[: len(old)] @ counts[len(old) :].T
    # Texts too short for a pair of characters have no direction; equal ones are alike all the same.
    equal = _equal([p.text for p in old], [p.text for p in new])
    combined: Matrix = np.maximum(likeness, equal)
    return combined


def _equal(old: Sequence[str], new: Sequence[str]) -> Matrix:
    numbers = {text: n for n, text in enumerate({*old, *new})}
    before, after = (np.array([numbers[text] for text in side]) for side in (old, new))
    equal: Matrix = (before[:, None] == after[None, :]).astype(np.float32)
    return equal


def _place(passage: Passage) -> str:
    return _NUMBERING.sub("", passage.path[-1]).strip() if passage.path else ""


def _best_chain(weights: Matrix) -> list[tuple[int, int]]:
    """:returns: Pairs, rising on both sides, with the greatest sum of weights; zeros are never paired."""
    rows, columns = weights.shape
    best = np.zeros((rows + 1, columns + 1), np.float32)
    for i in range(rows):
        paired = best[i, :-1] + weights[i]
        best[i + 1, 1:] = np.maximum.accumulate(np.maximum(paired, best[i, 1:]))
    chain = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            chain.append((i, j))
    return chain[::-1]


def _left_over(likeness: Matrix, chain: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """:returns: Pairs among what the chain leaves alone, most alike first taken, by position."""
    nearest = (likeness == likeness.max(axis=0)) & (likeness == likeness.max(axis=1, keepdims=True))
    free = np.where(likeness >= np.where(nearest, AKIN, SURE), likeness, 0)
    for i, j in chain:
        free[i, :] = free[:, j] = 0
    found = []
    candidates = np.argwhere(free).tolist()
    for i, j in sorted(candidates, key=lambda at: (-free[at[0], at[1]], abs(at[0] - at[1]))):
        if free[i, j]:
            found.append((i, j))
            free[i, :] = free[:, j] = 0
    return sorted(found)


def _by_label(old: Sequence[Passage], new: Sequence[Passage]) -> Alignment:
    places = {p.label: j for j, p in reversed(list(enumerate(new)))}
    chain: list[tuple[int, int]] = []
    for i, passage in enumerate(old):
        j = places.get(passage.label, -1)
        if j > (chain[-1][1] if chain else -1):
            chain.append((i, j))
    return Alignment(tuple(chain), (), {}, {})
