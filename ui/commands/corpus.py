"""``andian corpus``: check a folder of texts, and count what is in it."""

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from ingest.corpus_check.finding import Finding, Severity
from ingest.corpus_check.folder import read_folder
from ingest.corpus_check.run import check_corpus
from ingest.corpus_check.stats import Stats, count
from kb.bank.names import TYPES
from kb.lexicon import corpus_folder
from ui.services import Services
from ui.terminal import TerminalProgress

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
_TOTALS = {
    "regulation": "法规要点", "case": "案例", "bulletin": "通报", "procedure": "办事流程",
    "questions": "试题", "queries": "问法", "terms": "词条",
}  # fmt: skip
_STYLES = {"complaint": "诉苦", "keywords": "关键词", "situation": "情形", "typo": "错别字"}


def run(arguments: Namespace, services: Services) -> int:  # noqa: ARG001 - every command gets the services
    """
    Check or count.

    :returns: 1 if the check found errors, else 0; warnings do not count.
    :raises InputError: If a folder does not exist.
    """
    shipped = corpus_folder()
    root = arguments.folder or shipped
    return (
        _check(arguments, root, shipped) if arguments.action == "check" else _stats(arguments, root, shipped)
    )


def _check(arguments: Namespace, root: Path, shipped: Path) -> int:
    texts = arguments.texts or _texts_nearby(shipped)
    day = arguments.date or date.today()
    found = check_corpus(root, shipped, day, TerminalProgress(), texts)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    if arguments.json:
        summary = {"errors": errors, "warnings": len(found) - errors, "date": day.isoformat()}
        print(json.dumps({"findings": [asdict(f) for f in found], "summary": summary}, ensure_ascii=False))
    else:
        for finding in found:
            print(_line(root, finding))
        print(f"错误 {errors} 处，提醒 {len(found) - errors} 处（按 {day} 有效的法规）")
    return 1 if errors else 0


def _line(root: Path, finding: Finding) -> str:
    return f"{root / finding.path}:{finding.line}：{_SEVERITIES[finding.severity]}：{finding.message}"


def _texts_nearby(shipped: Path) -> list[Path]:
    """Folders beside the project that hold official texts and the sources of the corpus."""
    shared = shipped.parent.parent / "shared"
    return [folder for folder in (shared / "data", shared / "domain") if folder.is_dir()]


def _stats(arguments: Namespace, root: Path, shipped: Path) -> int:
    folder = read_folder(root)
    stats = count(folder, folder if root == shipped else read_folder(shipped))
    print(json.dumps(asdict(stats), ensure_ascii=False) if arguments.json else _markdown(stats))
    return 0


def _markdown(stats: Stats) -> str:
    tables = [
        _table(
            ("主题", "案例", "试题", "问法"),
            [(t.topic, t.cases, t.questions, t.queries) for t in stats.topics],
        ),
        _counts("资料", stats.totals, _TOTALS),
        _counts("题型", stats.types, TYPES),
        _counts("难度", stats.difficulties, {}),
        _counts("供题部门", stats.departments, {}),
        _counts("问法", stats.styles, _STYLES),
    ]
    return "\n\n".join(table for table in tables if table)


def _counts(header: str, counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    if not counts:
        return ""
    return _table((header, *(names.get(key, key) for key in counts)), [("数量", *counts.values())])


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
