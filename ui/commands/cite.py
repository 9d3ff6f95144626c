"""``andian cite check``: every reference of a text, and whether it is good law."""

import json
import sys
from argparse import Namespace
from datetime import date
from typing import Any

from kb.references.check import Checked
from kb.references.resolve import Version
from kb.references.verdict import Verdict
from kb.store.rows import StoredDocument
from ui.citing import Examination, examine, read_letter
from ui.presenters.citation_report import HEADER, STATES, abolished_lines, canonical, counts, rows, summary
from ui.reading import load
from ui.services import Services
from ui.terminal import TerminalProgress, print_table


def run(arguments: Namespace, services: Services) -> int:
    """
    Check one text.

    :returns: 1 if a reference is repealed, amended, not yet in force or does not exist, or a law is named
        that is abolished; 0 if all are in force or merely outside the library.
    :raises InputError: If the file cannot be read or is too long.
    """
    letter = read_letter(*load(arguments.file))
    services.fill(TerminalProgress())
    today = date.today()
    examination = examine(services, letter.text, arguments.as_of or today, today)
    if arguments.json:
        print(json.dumps(as_json(examination, arguments.file), ensure_ascii=False))
    else:
        for note in letter.notes:
            print(note, file=sys.stderr)
        _print(examination)
    return 1 if examination.needs_mending else 0


def as_json(examination: Examination, name: str) -> dict[str, Any]:
    """:returns: The documented JSON of a check."""
    found = zip(examination.found, rows(examination), strict=True)
    return {
        "file": name,
        "as_of": examination.day.isoformat(),
        "characters": len(examination.text),
        "counts": {state.value: n for state, n in counts(examination).items()},
        "references": [{"line": row.line, "written": row.written, **_reference(c)} for c, row in found],
        "abolished_laws": [
            {
                "law": entry.law,
                "starts": list(entry.places),
                "note": entry.gone.note,
                "replaced_by": _document(entry.gone.replaced_by),
            }
            for entry in examination.abolished
        ],
    }


def _reference(checked: Checked) -> dict[str, Any]:
    mention = checked.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "ref": canonical(checked),
        "state": checked.state.value,
        "note": checked.note,
        "misquoted": checked.misquoted,
        "provisions": [_provision(verdict) for verdict in checked.verdicts],
    }


def _provision(verdict: Verdict) -> dict[str, Any]:
    return {
        "ref": str(verdict.reference),
        "state": verdict.state.value,
        "note": verdict.note,
        "cited": _version(verdict.cited),
        "now": _version(verdict.now),
        "replaced_by": _document(verdict.replaced_by),
    }


def _version(version: Version | None) -> dict[str, Any] | None:
    if version is None:
        return None
    text = version.text or version.passage.passage.text
    return {**(_document(version.document) or {}), "position": version.passage.position, "text": text}


def _document(stored: StoredDocument | None) -> dict[str, Any] | None:
    if stored is None:
        return None
    document = stored.document
    day = document.version_date
    return {
        "document_id": document.id,
        "title": document.title,
        "origin": document.origin.value,
        "version_date": day.isoformat() if day else None,
    }


def _print(examination: Examination) -> None:
    if examination.found:
        lines = [(row.line, STATES[row.state], row.canonical, row.note) for row in rows(examination)]
        print_table(HEADER, lines)
    for line in abolished_lines(examination):
        print(line)
    print(summary(examination))
