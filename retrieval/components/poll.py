"""Asking the known questions nearest to a query what they lead to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.entrances import Source
from retrieval.index.generation import Generation

Votes = dict[int, float]
"""Group of a provision → sum of votes."""
VOTERS = 12
"""How many entrances vote unless somebody says otherwise."""
CLOSEST = 1.3
"""An entrance that is nearer than the nearest provision counts for more, up to this."""
_SAME = 0.995
"""Cosine from which a query is the linked search put again."""
_FARTHEST_SEEN = 1.6
_LAW_VOTERS, _LAW_TEMPERATURE = 30, 0.05


@dataclass(frozen=True, slots=True)
class Scale:
    """How near a known question is: 0 as far as the farthest candidate of the vector leg, 1 as the nearest."""

    far: float
    near: float

    def nearness(self, cosine: float, most: float) -> float:
        """:returns: Between 0 and `most`."""
        return float(np.clip((cosine - self.far) / max(self.near - self.far, 1e-6), 0, most))


@dataclass(frozen=True, slots=True)
class Poll:
    """What the known questions say of one query."""

    votes: Votes
    """Of all entrances."""
    aside: Votes
    """Of those on law beside the trade, which are part of `votes`."""
    leads: list[int]
    """Entrances that voted, nearest first."""
    linked: Votes
    """1 for each provision that an administrator linked this very search to."""
    learned: Votes
    """Of the questions that the adapter learned from."""
    laws: NDArray[np.float32]
    """Share of each work in what the nearest questions of either sort lead to, shape ``(works,)``."""
    nearest: float
    """Nearness of the nearest entrance."""


def poll(index: Generation, cosines: NDArray[np.float32], scale: Scale, voters: int) -> Poll:
    """
    Collect the votes.

    A vote is as strong as its nearness and falls with the root of its rank. Lay words tell the law that
    governs before they tell the article, hence the shares of laws: a softmax over the nearest questions.

    :param cosines: Of every text of the index's entrances with the query; what must not vote has -1.
    :param voters: How many questions of each sort vote: entrances, those aside, learned questions.
    """
    assert index.entrances is not None
    most = max(voters, _LAW_VOTERS)
    sorts = (None, Source.ASIDE, Source.LEARNED)
    told, beside, learned = (index.entrances.nearest(cosines, most, sort) for sort in sorts)
    votes, aside = (_ballot(index, nearest[:voters], scale) for nearest in (told, beside))
    known = sorted([*told, *beside], key=lambda found: -found[1])
    return Poll(
        {group: votes.get(group, 0.0) + aside.get(group, 0.0) for group in votes | aside},
        aside,
        [source for source, cosine in known[:voters] if scale.nearness(cosine, CLOSEST) > 0],
        _linked(index, told),
        _ballot(index, learned[:voters], scale),
        _laws(index, sorted([*known, *learned], key=lambda found: -found[1])[:_LAW_VOTERS]),
        scale.nearness(known[0][1], _FARTHEST_SEEN) if known else 0.0,
    )


def _ballot(index: Generation, nearest: list[tuple[int, float]], scale: Scale) -> Votes:
    assert index.entrances is not None
    votes: Votes = {}
    for place, (source, cosine) in enumerate(nearest, 1):
        nearness = scale.nearness(cosine, CLOSEST)
        if nearness > 0:
            for group in index.entrances.provisions(source).tolist():
                votes[group] = votes.get(group, 0.0) + nearness / place**0.5
    return votes


def _linked(index: Generation, nearest: list[tuple[int, float]]) -> Votes:
    assert index.entrances is not None
    entrances = index.entrances
    same = [s for s, cosine in nearest if cosine > _SAME and entrances.labels[s][0] == Source.LINKED]
    return {group: 1.0 for source in same for group in entrances.provisions(source).tolist()}


def _laws(index: Generation, nearest: list[tuple[int, float]]) -> NDArray[np.float32]:
    assert index.entrances is not None
    works = index.catalogue.group_work
    shares = np.zeros(int(index.catalogue.work.max(initial=-1)) + 1, np.float32)
    if not nearest:
        return shares
    cosines = np.array([cosine for _, cosine in nearest])
    weights = np.exp((cosines - cosines.max()) / _LAW_TEMPERATURE)
    for (source, _), weight in zip(nearest, (weights / weights.sum()).tolist(), strict=True):
        led_to = np.unique(works[index.entrances.provisions(source)])
        shares[led_to] += weight / len(led_to)
    return shares
