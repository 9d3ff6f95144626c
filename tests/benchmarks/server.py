"""
A process that starts like a server, answers questions one by one, and prints its figures as JSON.

Run by `tests.benchmarks.search`: ``python -m tests.benchmarks.server HOME QUESTIONS.json``.
"""

import time

STARTED = time.perf_counter()

import json  # noqa: E402  the clock starts before the imports it measures
import re  # noqa: E402
import sys  # noqa: E402
from collections import defaultdict  # noqa: E402
from collections.abc import Callable  # noqa: E402
from datetime import date  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from kb.settings import Settings  # noqa: E402
from retrieval.query import Filter, Query  # noqa: E402
from retrieval.search import Searcher  # noqa: E402
from ui.services import open_services  # noqa: E402

Times = dict[str, list[float]]
PARTS = {
    "analyzer": "analysis", "encoder": "embedding", "keyword": "keyword leg", "dense": "vector leg",
    "fusion": "fusion and grouping", "grouper": "fusion and grouping",
}  # fmt: skip


def main(home: Path, questions: list[str]) -> dict[str, Any]:
    """:returns: Seconds to start, peak memory in MiB, and the milliseconds of every question by part."""
    services = open_services(Settings(home=home))
    services.keeper.condition()
    services.searcher.warm_up()
    startup = time.perf_counter() - STARTED
    wanted = Filter(as_of=date.today(), home_region=services.settings.region)
    times: Times = defaultdict(list)
    watched: dict[str, float] = defaultdict(float)
    _watch(services.searcher, watched)
    for number, question in enumerate(questions):
        watched.clear()
        result = services.searcher.search(Query(question, wanted))
        if number:  # the first one fills caches
            whole = result.took_ms
            for part, took in (
                watched | {"whole": whole, "whole but embedding": whole - result.embedding_ms}
            ).items():
                times[part].append(took)
    return {"startup_s": startup, "peak_mib": _peak_mib(), "times_ms": times}


def _watch(searcher: Searcher, watched: dict[str, float]) -> None:
    """Time each component, and the reading of the rows."""
    pipeline = searcher._open().pipeline
    for name, part in PARTS.items():
        component = pipeline.get_component(name)
        component.run = _timed(component.run, part, watched)
    searcher._hits = _timed(searcher._hits, "rows", watched)  # type: ignore[method-assign]


def _timed(work: Callable[..., Any], part: str, watched: dict[str, float]) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        started = time.perf_counter()
        result = work(*args, **options)
        watched[part] += (time.perf_counter() - started) * 1000
        return result

    return run


def _peak_mib() -> float:
    """Peak of this program alone; ``getrusage`` would hand on the peak of whoever started it."""
    status = Path("/proc/self/status")
    if not status.exists():  # not Linux
        return float("nan")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))
