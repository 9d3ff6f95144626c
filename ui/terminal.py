"""Progress and tables on a terminal."""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import NoReturn

from tqdm import tqdm

from kb.progress import Step

_SLOW_S = 1.0


class _Bar:
    def __init__(self, bar: "tqdm[NoReturn]"):
        self._bar = bar

    def advance(self, n: int = 1) -> None:
        self._bar.update(n)


class TerminalProgress:
    """
    Steps as progress bars on standard error: what is done, how far, how long it will still take.

    Where standard error is not a terminal, steps that took more than a second leave one line each.
    """

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Step]:
        """Show one step; it disappears when it is done within a second."""
        started = perf_counter()
        live = sys.stderr.isatty() and total != 0
        with tqdm(
            total=total, desc=name, file=sys.stderr, disable=not live, leave=False, delay=0.3, ncols=78
        ) as bar:
            yield _Bar(bar)
        took = perf_counter() - started
        if took >= _SLOW_S:
            print(f"{name}：完成，用时 {took:.0f} 秒", file=sys.stderr, flush=True)


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print columns that line up although Chinese characters are two cells wide."""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(header))]
    for row in cells:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(padded).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
