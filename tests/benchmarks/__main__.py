"""
Measure the project: ``python -m tests.benchmarks speed``, ``… quality`` or ``… grading``.

``--home`` must be a copy that nobody else uses: its index is brought up to date before it is measured.

Every part is a module of this package with ``run(args) -> list[Row]``, named in `SUITES`.
"""

import argparse
import importlib
from pathlib import Path

from tests.benchmarks.table import to_markdown

PROJECT = Path(__file__).resolve().parents[2]
SUITES = {
    "speed": ("embedding", "search", "indexing"),
    "quality": ("fidelity", "legs"),
    "grading": ("grading",),
}


def main(argv: list[str] | None = None) -> None:
    """Run the parts of one suite and print their figures as a Markdown table."""
    args = _parser().parse_args(argv)
    rows = []
    for part in args.part or SUITES[args.suite]:
        rows += importlib.import_module(f"tests.benchmarks.{part}").run(args)
    print(to_markdown(rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure the project.")
    suites = parser.add_subparsers(dest="suite", required=True)
    for suite, parts in SUITES.items():
        one = suites.add_parser(suite, help=f"parts: {', '.join(parts)}")
        one.add_argument("--part", action="append", choices=parts, help="only this part; may be repeated")
        one.add_argument("--data", default=PROJECT.parent / "shared" / "data", help="folder of real data")
        one.add_argument("--cache", default=PROJECT / ".pytest_cache" / "andian-model",
                         help="home folder that keeps the model and the libraries between runs")  # fmt: skip
        one.add_argument("--home", help="home of a big library to search; made from --data if not given")
        one.add_argument("--passages", type=int, default=512, help="how many passages to measure on")
        one.add_argument("--questions", type=int, default=50, help="how many questions to measure on")
        one.add_argument("--rounds", type=int, default=3, help="how often to repeat a timing")
    return parser


if __name__ == "__main__":
    main()
