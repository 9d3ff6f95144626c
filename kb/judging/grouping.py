"""Texts that ask the same thing in nearly the same words, put together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

ALIKE = 0.5
"""Share of common words (Jaccard) from which on two texts count as alike."""


def grouped(
    texts: Iterable[str], words: Callable[[str], Iterable[str]], alike: float = ALIKE
) -> list[tuple[str, ...]]:
    """
    Put every text to the first text before it that shares enough words, or begin a group with it.

    :param texts: The texts, the most important first; repeated ones count once.
    :param words: Splits a text; `kb.segment.Segmenter.query_words`.
    :returns: Groups in the order of their first texts; every text is in exactly one.
    """
    groups: list[list[str]] = []
    leaders: list[frozenset[str]] = []
    holding: dict[str, list[int]] = defaultdict(list)
    for text in dict.fromkeys(texts):
        own = frozenset(words(text)) or frozenset([text])
        number = _nearest(own, leaders, holding, alike)
        if number is None:
            number = len(groups)
            groups.append([])
            leaders.append(own)
            for word in own:
                holding[word].append(number)
        groups[number].append(text)
    return [tuple(group) for group in groups]


def _nearest(
    own: frozenset[str],
    leaders: Sequence[frozenset[str]],
    holding: dict[str, list[int]],
    alike: float,
) -> int | None:
    common = Counter(number for word in own for number in holding.get(word, ()))
    shares = [
        (count / (len(own) + len(leaders[number]) - count), -number) for number, count in common.items()
    ]
    best = max(shares, default=(0.0, 0))
    return -best[1] if shares and best[0] >= alike else None
