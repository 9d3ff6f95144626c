"""What a benchmark reports, and how it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure; with a baseline where something else was measured in the same run."""

    part: str
    measure: str
    ours: float
    unit: str = ""
    baseline: float | None = None
    ratio: float | None = None
    """How many times better than the baseline; above 1 is better, whatever the unit."""


def to_markdown(rows: Iterable[Row]) -> str:
    """:returns: A Markdown table with one line for each row."""
    lines = ["| part | measure | ours | baseline | ratio |", "|---|---|---|---|---|"]
    for row in rows:
        baseline = "–" if row.baseline is None else f"{row.baseline:.4g} {row.unit}"
        ratio = "–" if row.ratio is None else f"{row.ratio:.2f}×"
        lines.append(f"| {row.part} | {row.measure} | {row.ours:.4g} {row.unit} | {baseline} | {ratio} |")
    return "\n".join(lines)
