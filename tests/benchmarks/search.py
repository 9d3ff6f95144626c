"""How long a question takes, part by part; how long a start; and how much memory it needs."""

import json
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from kb.settings import Settings
from tests.benchmarks import homes, samples
from tests.benchmarks.table import Row


def run(args: Namespace) -> list[Row]:
    """Measure a small and a big library, each in a process of its own that starts for the second time."""
    asked = samples.questions(Path(args.data), max(args.questions, 2))
    return [row for settings in homes.both(args) for row in _measure(settings, asked)]


def _measure(settings: Settings, asked: list[str]) -> list[Row]:
    with homes.opened(settings) as library:
        size = f"search, {sum(document.passages for document in library.documents()):,} passages"
    _serve(settings, asked[:2])
    figures = _serve(settings, asked)
    rows = [
        Row(size, "start until the first question", figures["startup_s"], "s"),
        Row(size, "peak memory", figures["peak_mib"], "MiB"),
    ]
    for part, times in figures["times_ms"].items():
        rows += [Row(size, f"{part}, p{p}", float(np.percentile(times, p)), "ms") for p in (50, 95)]
    return rows


def _serve(settings: Settings, asked: list[str]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        questions = Path(folder) / "questions.json"
        questions.write_text(json.dumps(asked), encoding="utf-8")
        command = [sys.executable, "-m", "tests.benchmarks.server", str(settings.home), str(questions)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)
