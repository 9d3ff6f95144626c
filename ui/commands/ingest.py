"""``andian ingest``: files, folders and national statutes into the library."""

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from ingest.pipeline import Outcome, Reading, Report
from kb.documents import Kind
from ui.presenters.labels import KINDS, OUTCOMES
from ui.services import Services
from ui.terminal import TerminalProgress


def run(arguments: Namespace, services: Services) -> int:
    """:returns: 1 if a file was refused or nothing was asked for that exists, else 0."""
    if not arguments.paths and not arguments.package_laws:
        print("请给出要收录的文件或文件夹，或用 --package-laws；用法见 andian ingest --help", file=sys.stderr)
        return 2
    reports = []
    for report in _reports(arguments, services):
        reports.append(report)
        if not arguments.json:
            print(_line(report), flush=True)
    counts = Counter(report.outcome for report in reports)
    if arguments.json:
        summary = {outcome.value: counts[outcome] for outcome in Outcome}
        print(
            json.dumps(
                {"files": [asdict(r) for r in reports], "summary": summary, "dry_run": arguments.dry_run},
                ensure_ascii=False,
            )
        )
    else:
        print(_summary(counts, dry_run=arguments.dry_run))
    return 1 if counts[Outcome.REFUSED] else 0


def _reports(arguments: Namespace, services: Services) -> Iterator[Report]:
    progress = TerminalProgress()
    if arguments.package_laws:
        every = arguments.package_laws == "all"
        yield from services.ingest_package_laws(progress, every=every, dry_run=arguments.dry_run)
    if arguments.paths:
        kind = None if arguments.kind == "auto" else Kind(arguments.kind)
        ingester = services.ingester(Reading(kind, arguments.region))
        yield from ingester.ingest(arguments.paths, progress, dry_run=arguments.dry_run)


def _line(report: Report) -> str:
    if report.kind is None:
        return f"{OUTCOMES[report.outcome]}  {report.source}：{report.note}"
    note = f"（{report.note}）" if report.note else ""
    return (
        f"{OUTCOMES[report.outcome]}  {KINDS[report.kind]}《{report.title}》"
        f" {report.passages} 段  编号 {report.document_id}  ← {report.source}{note}"
    )


def _summary(counts: Counter[Outcome], *, dry_run: bool) -> str:
    parts = [f"{label} {counts[outcome]}" for outcome, label in OUTCOMES.items() if counts[outcome]]
    text = "、".join(parts) or "没有找到可以收录的文件"
    if dry_run:
        return f"（试运行，没有保存）{text}"
    changed = counts[Outcome.NEW] + counts[Outcome.CHANGED]
    return text + ("。下次检索前会自动更新索引，也可以现在运行 andian index" if changed else "")
