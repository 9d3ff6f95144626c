"""Measuring retrieval against judged queries."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from kb.errors import InputError
from kb.progress import Progress, Step
from kb.references.canonical import comparable
from retrieval.metrics import query_metrics
from retrieval.query import Filter, Leg
from retrieval.search import Searcher


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the provisions or documents that answer it, in comparable form."""

    id: str
    query: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one judged query found."""

    judged: Judged
    ranked: Mapping[Leg, Sequence[str]]
    """What each leg found, best first, in comparable form."""
    took_ms: float

    def metrics(self, leg: Leg) -> dict[str, float]:
        """:returns: The metrics of one leg; see `query_metrics`."""
        return query_metrics(self.ranked[leg], self.judged.relevant)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of one run: metric → mean by leg, and latency of a whole search in milliseconds."""

    n: int
    unknown_refs: tuple[str, ...]
    """References in the file that the library does not hold; they count as not found."""
    legs: dict[Leg, dict[str, Any]]


def read_judged(path: Path) -> list[Judged]:
    """
    Read judged queries, one JSON object a line: ``{"id", "query", "relevant": [ref…]}``.

    :raises InputError: On the first line that is not such an object, with its number.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("读不了评测文件", remedy="请检查路径，文件应为 UTF-8 的 JSONL", path=path) from error
    judged = [_parse(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not judged:
        raise InputError("评测文件是空的", remedy="每行写一个问题", path=path)
    return judged


def evaluate(
    searcher: Searcher,
    queries: Sequence[Judged],
    known: set[str],
    wanted: Filter,
    legs: Sequence[Leg],
    top_k: int,
    progress: Progress,
) -> Evaluation:
    """
    Run every query and average the metrics of each leg.

    :param known: Every reference and document id of the library.
    :param wanted: Filter of all searches.
    :param top_k: Depth of the rankings; metrics beyond it see nothing more.
    """
    with progress.step("评测", len(queries)) as bar:
        found = list(outcomes(searcher, queries, wanted, legs, top_k, bar))
    return summary(found, known, legs)


def outcomes(
    searcher: Searcher,
    queries: Iterable[Judged],
    wanted: Filter,
    legs: Sequence[Leg],
    top_k: int,
    bar: Step,
) -> Iterator[Outcome]:
    """Run queries one by one; parameters as of `evaluate`, and the step to report to."""
    for judged in queries:
        started = perf_counter()
        rankings = searcher.rankings(judged.query, wanted, top_k)
        took = (perf_counter() - started) * 1000
        yield Outcome(judged, {leg: [comparable(name) for name in rankings[leg]] for leg in legs}, took)
        bar.advance()


def summary(found: Sequence[Outcome], known: Iterable[str], legs: Sequence[Leg]) -> Evaluation:
    """
    Average over the outcomes of queries.

    :param found: At least one outcome.
    :param known: Every reference and document id of the library.
    """
    comparable_known = {comparable(name) for name in known}
    unknown = sorted({ref for outcome in found for ref in outcome.judged.relevant} - comparable_known)
    latencies = [outcome.took_ms for outcome in found]
    latency = {f"p{p}": round(float(np.percentile(latencies, p)), 2) for p in (50, 95)}
    return Evaluation(
        n=len(found),
        unknown_refs=tuple(unknown),
        legs={leg: _means([o.metrics(leg) for o in found]) | {"latency_ms": latency} for leg in legs},
    )


def _means(rows: Sequence[dict[str, float]]) -> dict[str, Any]:
    return {name: round(sum(row[name] for row in rows) / len(rows), 4) for name in rows[0]}


def _parse(line: str, path: Path, number: int) -> Judged:
    try:
        entry = json.loads(line)
        relevant = list(_strings(entry["relevant"]))
        judged = Judged(str(entry["id"]), _string(entry["query"]), frozenset(map(comparable, relevant)))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "这一行不是一条评测问题",
            remedy='应为 {"id": …, "query": …, "relevant": [编号…]}',
            path=path,
            line=number,
        ) from error
    if not judged.relevant or not judged.query.strip():
        raise InputError("query 和 relevant 都不能为空", remedy="请补上", path=path, line=number)
    return judged


def _strings(values: Any) -> Iterator[str]:
    if not isinstance(values, list):
        raise TypeError
    for value in values:
        yield _string(value)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
