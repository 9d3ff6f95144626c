"""The single provisions of a range (第三条至第五条)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, islice

from kb.references.reference import Reference

MOST = 50
"""Provisions of one range that are looked at."""


def spread(reference: Reference, holds: Callable[[str], bool], most: int = MOST) -> list[Reference]:
    """
    Name every provision of a range.

    :param holds: Whether there is a provision of this canonical reference; asked for articles with 之 only.
    :param most: How many provisions at most, from the beginning.
    :returns: The reference itself where it is no range.
    """
    if reference.last is None:
        return [reference]
    return list(islice(_within(reference, holds), most))


def _within(reference: Reference, holds: Callable[[str], bool]) -> Iterator[Reference]:
    first = replace(reference, last=None, last_suffix=None)
    yield first
    last = (reference.last or 0, reference.last_suffix or 0)
    for article in range(reference.article, last[0] + 1):
        begins = (reference.suffix or 0) + 1 if article == reference.article else 0
        for suffix in count(begins):
            inserted = Reference(reference.law, article, suffix or None, edition=reference.edition)
            if (article, suffix) > last or (suffix and not holds(inserted.provision)):
                break
            yield inserted
