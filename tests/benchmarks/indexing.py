"""How long an index takes to build: from nothing, and with the words and vectors already known."""

import shutil
import tempfile
import time
from argparse import Namespace
from pathlib import Path

from kb.progress import SilentProgress
from kb.settings import Settings
from retrieval.index.builder import build_index
from retrieval.index.directory import IndexDirectory
from retrieval.model.resolve import resolve
from tests.benchmarks import homes
from tests.benchmarks.table import Row
from ui.services import open_services


def run(args: Namespace) -> list[Row]:
    """
    Build into a scratch folder; the big library only from known features.

    How long its features take follows from the passages per second of the part ``embedding``.
    """
    small, big = homes.both(args)
    return _build(small, known=False) + _build(big, known=True)


def _build(settings: Settings, *, known: bool) -> list[Row]:
    services = open_services(settings)
    encoder = resolve(settings, SilentProgress(), fetch_allowed=False)
    count = sum(document.passages for document in services.library.documents())
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        directory = IndexDirectory(Path(folder))
        if known:
            shutil.copy(IndexDirectory(settings.index_dir).features, directory.features)
        for state in ("all features known",) if known else ("from nothing", "all features known"):
            started = time.perf_counter()
            build_index(services.library, services.segmenter, encoder, directory, SilentProgress())
            rows.append(
                Row(f"index, {count:,} passages", f"build, {state}", time.perf_counter() - started, "s")
            )
    services.library.close()
    return rows
