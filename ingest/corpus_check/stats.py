"""How much there is, by topic and by sort."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.corpus_check.folder import Folder
from kb.documents import Kind


@dataclass(frozen=True, slots=True)
class TopicCount:
    """What one topic has."""

    topic: str
    cases: int
    questions: int
    queries: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over a folder; a case with two topics counts under both, but once in the totals."""

    topics: tuple[TopicCount, ...]
    totals: dict[str, int]
    types: dict[str, int]
    difficulties: dict[str, int]
    departments: dict[str, int]
    styles: dict[str, int]


def count(folder: Folder, shipped: Folder) -> Stats:
    """
    Count what is valid in a folder.

    :param shipped: Gives the topics where `folder` lists none.
    """
    order = [p.value.name for p in (folder.topics or shipped.topics)]
    cases = Counter(t for _, d in folder.documents if d.kind is Kind.CASE for t in d.topics)
    questions = Counter(q.value.topic for q in folder.questions)
    queries = Counter(q.value.topic for q in folder.queries)
    rest = sorted((cases | questions | queries).keys() - set(order))
    kinds = Counter(d.kind for _, d in folder.documents)
    return Stats(
        topics=tuple(TopicCount(t, cases[t], questions[t], queries[t]) for t in [*order, *rest]),
        totals={
            **{kind.value: kinds[kind] for kind in Kind},
            "questions": len(folder.questions),
            "queries": len(folder.queries),
            "terms": len(folder.terms),
        },
        types=_sorted(q.value.type for q in folder.questions),
        difficulties=_sorted(str(q.value.difficulty) for q in folder.questions),
        departments=_sorted(q.value.department for q in folder.questions),
        styles=_sorted(q.value.style for q in folder.queries),
    )


def _sorted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
