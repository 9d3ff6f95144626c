"""How alike words and phrases are: by their characters, and by their vectors where there is a model."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_SAME_WORD = 0.72
"""Cosine from which two words begin to mean the same."""
_UNRELATED, _SAME_PHRASE = 0.70, 0.85
"""Cosines of phrases between which likeness grows from 0 to 1; of short Chinese phrases even strangers have 0.7."""
_NEVER_QUITE = 0.9


class SentenceSimilarity(Protocol):
    """What grading needs of an embedding model."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """:returns: One unit vector for each text, in order; the same text always gets the same."""


class Likeness:
    """Compares words and phrases; every text is encoded once."""

    def __init__(self, similarity: SentenceSimilarity | None = None):
        """:param similarity: Without it only characters count."""
        self._similarity = similarity
        self._vectors: dict[str, Vectors] = {}

    @property
    def semantic(self) -> bool:
        """Whether meaning is compared, not only characters."""
        return self._similarity is not None

    def learn(self, texts: Iterable[str]) -> None:
        """Encode texts that will be compared, all at once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if self._similarity is not None and new:
            self._vectors.update(zip(new, self._similarity.encode(new), strict=True))

    def words(self, wanted: str, offered: Sequence[str]) -> float:
        """:returns: How well the best of the `offered` terms stands for the one that is `wanted`, 0 to 1."""
        if wanted in offered:
            return 1.0
        spelt = max((_spelt_alike(wanted, word) for word in offered), default=0.0)
        if self._similarity is None or not offered:
            return spelt
        grown = (self._cosine(wanted, offered) - _SAME_WORD) / (1 - _SAME_WORD) * 1.2
        return max(spelt, min(_NEVER_QUITE, max(0.0, grown)))

    def phrases(self, wanted: str, offered: Sequence[str]) -> float:
        """:returns: How near in meaning the nearest of the `offered` phrases is, 0 to 1; 0 without a model."""
        if self._similarity is None or not offered:
            return 0.0
        grown = (self._cosine(wanted, offered) - _UNRELATED) / (_SAME_PHRASE - _UNRELATED)
        return min(1.0, max(0.0, grown))

    def _cosine(self, wanted: str, offered: Sequence[str]) -> float:
        self.learn((wanted, *offered))
        matrix = np.stack([self._vectors[text] for text in offered])
        return float((matrix @ self._vectors[wanted]).max())


def _spelt_alike(one: str, other: str) -> float:
    long = min(len(one), len(other)) > 1
    if one in other or other in one:
        return 0.8 if long else 0.5
    return 0.35 if long and set(one) & set(other) else 0.0
