"""Where in an answer a claim is made, how fully, and whether the answer says the opposite."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.bank.clauses import Span
from kb.bank.figures import Figure, figures
from kb.bank.likeness import Likeness
from kb.bank.polarity import allows, denies, waives
from kb.bank.terms import Term, Terms

_FIGURE_WEIGHT = 1.5
"""A figure counts for one and a half words: 六十日 is what is asked, 书面通知 how."""
_WRONG_FIGURE = 0.5
_NOT_DENIED, _ALLOWED, _DENIED, _WAIVED = 0.45, 0.2, 0.8, 0.3
"""What is left of a match where a denial is not repeated, is turned into leave, or a demand into a denial."""
_LENGTH = 0.0005
"""Taken off for each character, so that of two stretches that say the same the shorter is shown."""
_SPEAKS_OF_IT = 0.35
"""Share of a claim from which a stretch is about it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some clauses of an answer, read once."""

    span: Span
    text: str
    terms: tuple[Term, ...]
    keys: tuple[str, ...]
    figures: frozenset[Figure]
    denies: bool
    allows: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The best that an answer has for one claim."""

    share: float
    """How much of the claim it makes, 0 to 1."""
    span: Span | None = None
    against: Span | None = None
    """Words that say the opposite."""

    @property
    def denied(self) -> bool:
        """Whether the answer says the opposite and does not make the claim elsewhere."""
        return self.against is not None and self.share < _SPEAKS_OF_IT


def read_stretch(text: str, span: Span, terms: Terms) -> Stretch:
    """:returns: The stretch ``text[span]`` with all that matching asks of it."""
    words = text[span.start : span.end]
    found = tuple(terms.of(words))
    keys = tuple(dict.fromkeys(term.key for term in found))
    return Stretch(span, words, found, keys, figures(words), denies(words), allows(words))


def match(
    claim: str, stretches: Sequence[Stretch], terms: Terms, weigh: Callable[[str], float], likeness: Likeness
) -> Match:
    """
    Find the stretch that makes a claim most fully.

    :param weigh: How much a term says in this question.
    """
    keys = tuple(dict.fromkeys(term.key for term in terms.of(claim)))
    weights = {key: weigh(key) for key in keys}
    asked, says_no = figures(claim), denies(claim)
    total = sum(weights.values()) + (_FIGURE_WEIGHT if asked else 0)
    best, against = Match(0.0), Match(0.0)
    for stretch in stretches if total else ():
        likes = {key: likeness.words(key, stretch.keys) for key in keys}
        plain = sum(weights[key] * like for key, like in likes.items())
        share = _with_figures(plain, asked, stretch.figures) / total
        kept, opposed = _polarity(says_no, stretch, [k for k, like in likes.items() if like == 1.0])
        if not says_no and stretch.denies and not asked:
            kept = min(kept, _DENIED)
        if opposed and share >= max(_SPEAKS_OF_IT, against.share):
            against = Match(share, stretch.span)
        share = share * kept - _LENGTH * len(stretch.text)
        if share > best.share:
            best = Match(share, stretch.span)
    return Match(best.share, best.span, against.span)


def _with_figures(plain: float, asked: frozenset[Figure], given: frozenset[Figure]) -> float:
    if not asked:
        return plain
    if right := asked & given:
        return plain + _FIGURE_WEIGHT * len(right) / len(asked)
    units = {unit for _, unit in asked}
    return plain * _WRONG_FIGURE if any(unit in units for _, unit in given) else plain


def _polarity(says_no: bool, stretch: Stretch, meant: Sequence[str]) -> tuple[float, bool]:
    """:returns: What is left of a match, and whether the stretch says the opposite of the claim."""
    if says_no:
        if stretch.denies:
            return 1.0, False
        return (_NOT_DENIED * _ALLOWED, True) if stretch.allows else (_NOT_DENIED, False)
    waived = any(term.key in meant and waives(stretch.text, term.start) for term in stretch.terms)
    return (_WAIVED, True) if waived else (1.0, False)
