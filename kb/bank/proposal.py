"""
Proposals for the scoring points of a written answer; a judge confirms or changes them.

A point is cut into its claims. For each claim, and for each accepted wording, the stretch of the answer that
makes it most fully is found (`kb.bank.matching`); a point's strength is

    0.6 · mean over claims + 0.4 · mean over wordings + 0.3 · best wording + 0.3 · likeness in meaning,

the last only with a model. Below `_PRESENT` the point is missed. Above, it is hit if three claims of five are
made and none is denied, else partly made. A claim is made if its match, with a model also its likeness in
meaning, is strong enough. All figures were tuned on the development half of ``tests/eval/grading.jsonl``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean as mean
from typing import NamedTuple

from kb.bank.citing import Citation, cited_for
from kb.bank.clauses import Span, claims, stretches
from kb.bank.likeness import Likeness, SentenceSimilarity
from kb.bank.matching import Match, Stretch, match, read_stretch
from kb.bank.question import Case, Point, Short
from kb.bank.terms import Terms
from kb.bank.wordings import Wordings
from kb.errors import InputError
from kb.references.check import Checked
from kb.references.wording import bare_words
from kb.segment import Segmenter

LONGEST_ANSWER = 2000
"""Characters of an answer that is graded."""
_CLAIMS, _WORDINGS, _BEST_WORDING, _MEANING = 0.6, 0.4, 0.3, 0.3
_MEANING_OF_CLAIM = 0.4
_PRESENT, _MADE = {False: 0.45, True: 0.55}, {False: 0.2, True: 0.35}
"""Limits without a model and with one."""
_CLAIMS_FOR_A_HIT = 0.6
_IN_STEM, _IN_OTHER_POINTS, _ONE_CHARACTER = 0.5, 0.6, 0.5
_SHOWN = 0.3
"""Share of a claim from which the words that make it are shown."""


class Standing(StrEnum):
    """How an answer stands to one scoring point."""

    HIT = "hit"
    PARTLY = "partly"
    MISSED = "missed"

    @property
    def share(self) -> float:
        """Share of the point's weight that it earns."""
        return {Standing.HIT: 1.0, Standing.PARTLY: 0.5, Standing.MISSED: 0.0}[self]


@dataclass(frozen=True, slots=True)
class PointProposal:
    """What is proposed for one scoring point."""

    point: Point
    standing: Standing
    strength: float
    words: tuple[Span, ...]
    """Stretches of the answer that show it, in order, none over another; none if it is missed."""
    against: tuple[Span, ...]
    """Stretches that say the opposite of the point."""
    citations: tuple[Citation, ...]

    @property
    def earned(self) -> float:
        """Part of the weight that the answer earns."""
        return self.point.weight * self.standing.share


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a written answer, point by point in the question's order."""

    points: tuple[PointProposal, ...]

    @property
    def score(self) -> float:
        """Fraction of the maximum, 0 to 1."""
        return sum(p.earned for p in self.points) / sum(p.point.weight for p in self.points)


class Proposer:
    """Grades written answers; the same answer always gets the same proposal."""

    def __init__(
        self, segmenter: Segmenter, wordings: Wordings, similarity: SentenceSimilarity | None = None
    ):
        """:param similarity: Compares meanings; without it only words count."""
        self._terms = Terms(segmenter, wordings)
        self._similarity = similarity

    def propose(self, question: Short | Case, answer: str, cited: Sequence[Checked] = ()) -> Proposal:
        """
        Propose a standing for every scoring point.

        Clauses copied from the question's stem count for nothing, and its words for half.

        :param cited: What `kb.references.check.check` says of the answer's references.
        :raises InputError: If the answer has more than `LONGEST_ANSWER` characters.
        """
        if len(answer) > LONGEST_ANSWER:
            raise InputError(
                f"作答有 {len(answer)} 字，一次最多评 {LONGEST_ANSWER} 字", remedy="请删去与题目无关的文字"
            )
        likeness = Likeness(self._similarity)
        own = self._own_stretches(question, answer)
        likeness.learn(stretch.text for stretch in own)
        weigh = self._weighing(question)
        found = [self._findings(point, own, weigh, likeness) for point in question.points]
        return Proposal(tuple(_proposal(question, n, answer, f, cited) for n, f in enumerate(found)))

    def _own_stretches(self, question: Short | Case, answer: str) -> list[Stretch]:
        stem = bare_words(question.stem)
        spans = stretches(answer)
        written = (span for span in spans if bare_words(answer[span.start : span.end]) not in stem)
        return [read_stretch(answer, span, self._terms) for span in written]

    def _weighing(self, question: Short | Case) -> Callable[[str], float]:
        """Words say less that are in the stem, or that several points have in common."""
        in_stem = {term.key for term in self._terms.of(question.stem)}
        in_points = Counter(
            key for point in question.points for key in {term.key for term in self._terms.of(point.text)}
        )

        def weigh(key: str) -> float:
            weight = 1.0 if len(key) > 1 else _ONE_CHARACTER
            weight *= _IN_STEM if key in in_stem else 1.0
            return weight * (_IN_OTHER_POINTS if in_points[key] > 1 else 1.0)

        return weigh

    def _findings(
        self, point: Point, own: Sequence[Stretch], weigh: Callable[[str], float], likeness: Likeness
    ) -> "_Findings":
        asked = claims(point.text)
        made = [match(claim, own, self._terms, weigh, likeness) for claim in asked]
        worded = [match(words, own, self._terms, _plainly, likeness) for words in point.accept]
        texts = [stretch.text for stretch in own]
        meanings = [likeness.phrases(claim, texts) for claim in asked]
        strength = (
            _CLAIMS * mean(m.share for m in made)
            + _WORDINGS * mean(m.share for m in worded)
            + _BEST_WORDING * max(m.share for m in worded)
            + _MEANING * mean(meanings)
        )
        enough = _MADE[likeness.semantic]
        sure = [
            m.share + _MEANING_OF_CLAIM * meaning >= enough for m, meaning in zip(made, meanings, strict=True)
        ]
        return _Findings(strength, strength >= _PRESENT[likeness.semantic], mean(sure), (*made, *worded))


class _Findings(NamedTuple):
    """What an answer has for one point."""

    strength: float
    present: bool
    made: float
    """Share of the point's claims that are made."""
    matches: tuple[Match, ...]

    @property
    def standing(self) -> Standing:
        if not self.present:
            return Standing.MISSED
        denied = any(m.denied for m in self.matches)
        return Standing.HIT if self.made >= _CLAIMS_FOR_A_HIT and not denied else Standing.PARTLY


def _proposal(
    question: Short | Case, number: int, answer: str, findings: _Findings, cited: Sequence[Checked]
) -> PointProposal:
    shown = _joined(m.span for m in findings.matches if m.span is not None and m.share >= _SHOWN)
    against = _joined(m.against for m in findings.matches if m.against is not None)
    citations = cited_for(question, number, answer, shown, cited)
    standing = findings.standing
    words = () if standing is Standing.MISSED else shown
    return PointProposal(question.points[number], standing, findings.strength, words, against, citations)


def _plainly(key: str) -> float:
    return 1.0 if len(key) > 1 else _ONE_CHARACTER


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """:returns: The spans in order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
