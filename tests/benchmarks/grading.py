"""How well proposals for written answers agree with the hand-made key; the baseline compares words only."""

import argparse
from pathlib import Path

from kb.progress import SilentProgress
from kb.settings import Settings
from retrieval.model.resolve import resolve
from tests.benchmarks.table import Row
from tests.eval.written_answers import SPLITS, Agreement, agreement

PART = "grading"


def run(args: argparse.Namespace) -> list[Row]:
    """Grade both halves with the default model and without one."""
    encoder = resolve(Settings(home=Path(args.cache).absolute()), SilentProgress())
    rows = []
    for split in SPLITS:
        ours, words = agreement(split, encoder), agreement(split)
        for measure, one in _figures(ours).items():
            other = _figures(words)[measure]
            rows.append(Row(PART, f"{split} (n={ours.n}): {measure}", one, "", other, one / other))
    return rows


def _figures(found: Agreement) -> dict[str, float]:
    f1 = {f"F1 {standing.value}": value for standing, value in found.f1.items()}
    return {"macro-F1": found.macro_f1, "accuracy": found.accuracy, **f1}
