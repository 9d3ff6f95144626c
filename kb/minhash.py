"""MinHash: candidates for similar texts without comparing every pair."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

GRAM = 4
BANDS, ROWS = 96, 2
"""Texts that share 30 % of their grams meet in some band with a chance of 99.99 %."""
_PRIME = 4_294_967_311
"""The first prime above 2^32, so that every CRC has its own place."""


def grams(text: str) -> frozenset[str]:
    """:returns: The character 4-grams of the letters and digits of `text`; the whole of a shorter text."""
    plain = "".join(c for c in text if c.isalnum())
    return frozenset(plain[i : i + GRAM] for i in range(max(1, len(plain) - GRAM + 1)))


def candidates(sets: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """:returns: Pairs ``i < j`` of sets that are likely to be similar, each once, in order."""
    random = np.random.default_rng(20_261_122)
    factors = random.integers(1, 2**31, size=(BANDS * ROWS, 1), dtype=np.uint64)
    offsets = random.integers(0, 2**31, size=(BANDS * ROWS, 1), dtype=np.uint64)
    buckets: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    for index, members in enumerate(sets):
        signature = _signature(members, factors, offsets).reshape(BANDS, ROWS)
        for band in range(BANDS):
            buckets[band, signature[band].tobytes()].append(index)
    yield from sorted({pair for members in buckets.values() for pair in combinations(members, 2)})


def _signature(
    members: frozenset[str], factors: NDArray[np.uint64], offsets: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    hashes = np.array([crc32(gram.encode()) for gram in members], dtype=np.uint64)
    result: NDArray[np.uint64] = ((factors * hashes + offsets) % np.uint64(_PRIME)).min(axis=1)
    return result


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """:returns: The share of common grams among all grams of both, 0–1."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)
