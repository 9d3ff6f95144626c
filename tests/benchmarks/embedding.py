"""How fast passages and questions become vectors, against plain sentence-transformers."""

import statistics
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import model, samples
from tests.benchmarks.table import Row


def run(args: Namespace) -> list[Row]:
    """Measure both in turn, round by round, so that a busy machine slows both; ratios are medians."""
    passages = samples.provisions(Path(args.data), args.passages)
    asked = samples.questions(Path(args.data), args.questions)
    ours, plain = model.ours(args), model.plain(args)
    many = _rounds(args.rounds, lambda: ours.encode(passages), lambda: plain.encode(passages))
    single = _rounds(
        args.rounds, lambda: [ours.encode([q]) for q in asked], lambda: [plain.encode([q]) for q in asked]
    )
    return [
        Row("embedding", "passages", len(passages) / many[0], "/s", len(passages) / many[1], many[2]),
        Row("embedding", "one question", 1e3 * single[0] / len(asked), "ms", 1e3 * single[1] / len(asked),
            single[2]),
    ]  # fmt: skip


def _rounds(
    count: int, first: Callable[[], object], second: Callable[[], object]
) -> tuple[float, float, float]:
    """:returns: Median seconds of both, and the median of second/first within a round."""
    times = [(_seconds(first), _seconds(second)) for _ in range(count)]
    return (
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(b / a for a, b in times),
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
