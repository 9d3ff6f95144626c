"""The single provisions of a range (第三条至第五条)."""

from collections.abc import Callable, Iterator
from itertools import count, islice

from kb.references.reference import Reference

MOST = 50
"""Provisions of one range that are looked at."""
WIDEST = 30
"""Articles of a range that are all named by it; of a wider one only its ends are."""


def named(reference: Reference) -> tuple[Reference, ...]:
    """
    Name what a reference means, provision by provision, without looking anything up.

    :returns: All articles of a range, but for those inserted with 之 between its ends; only the ends of
        one that is wide; the reference itself where it is no range.
    """
    if reference.last is None:
        return (reference,)
    first, last = reference.provisions()
    end = last.article + 1 if last.suffix else last.article  # 第二条 comes before 第二条之一
    inner = range(first.article + 1, end) if _is_narrow(reference) else ()
    return (first, *(Reference(first.law, n, edition=first.edition) for n in inner), last)


def is_meant(reference: Reference, provision: Reference) -> bool:
    """
    Whether `reference` means `provision`, by itself or inside a range, those inserted with 之 included.

    Paragraph and item do not count, nor does the edition.
    """
    if provision.law != reference.law:
        return False
    wanted = _number(provision)
    first, *rest = (_number(end) for end in reference.provisions())
    if rest and first < rest[0] and _is_narrow(reference):
        return first <= wanted <= rest[0]
    return wanted in (first, *rest)


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
    first, end = reference.provisions()
    yield first
    last = _number(end)
    for article in range(reference.article, last[0] + 1):
        begins = (reference.suffix or 0) + 1 if article == reference.article else 0
        for suffix in count(begins):
            inserted = Reference(reference.law, article, suffix or None, edition=reference.edition)
            if (article, suffix) > last or (suffix and not holds(inserted.provision)):
                break
            yield inserted


def _is_narrow(reference: Reference) -> bool:
    return reference.last is not None and reference.last - reference.article < WIDEST


def _number(reference: Reference) -> tuple[int, int]:
    return (reference.article, reference.suffix or 0)
