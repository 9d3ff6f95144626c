"""``andian compare``: two versions of a rule, provision by provision, with the changed words marked."""

import json
import sys
from argparse import Namespace
from datetime import date
from typing import Any

from kb.comparison.compare import Change, Comparison, Row
from kb.comparison.differ import Edit, Piece
from kb.documents import Passage
from kb.store.rows import StoredDocument
from ui.pages.comparing import Wanted, gather_comparison
from ui.presenters.comparison import SideBySide
from ui.presenters.comparison_row import CHANGES
from ui.presenters.labels import STATUSES
from ui.services import Services
from ui.terminal import TerminalProgress

_PLAIN = {Edit.SAME: "{}", Edit.REMOVED: "[-{}-]", Edit.ADDED: "{{+{}+}}"}
_COLOURED = {Edit.SAME: "{}", Edit.REMOVED: "\x1b[31;9m{}\x1b[0m", Edit.ADDED: "\x1b[32;4m{}\x1b[0m"}


def run(arguments: Namespace, services: Services) -> int:
    """
    Compare two documents.

    :raises NotFound: If the library does not hold one of them.
    :raises InputError: If only one is named and its rule has no other text.
    """
    services.fill(TerminalProgress())
    wanted = Wanted(old=arguments.old, new=arguments.new or "")
    sides = gather_comparison(services.library, services.segmenter, wanted, date.today())
    if arguments.json:
        print(json.dumps(_as_json(sides, every=arguments.all), ensure_ascii=False))
    else:
        _print(sides, every=arguments.all)
    return 0


def _as_json(sides: SideBySide, *, every: bool) -> dict[str, Any]:
    found = sides.comparison
    return {
        "old": _side(sides.old, sides.today),
        "new": _side(sides.new, sides.today),
        "counts": {
            **{change.value: found.count(change) for change in Change},
            "moved": found.moved,
            "renumbered": found.renumbered,
        },
        "rows": [_row(row, found) for row in found.rows if every or row.differs],
    }


def _side(stored: StoredDocument, today: date) -> dict[str, Any]:
    document, status = stored.document, stored.status_on(today)
    return {
        "document_id": document.id,
        "title": document.title,
        "status": status.value if status else None,
        "version_date": document.version_date.isoformat() if document.version_date else None,
    }


def _row(row: Row, found: Comparison) -> dict[str, Any]:
    return {
        "change": row.change.value,
        "moved": row.moved,
        "renumbered": row.renumbered,
        "old": _passage(found.old[row.old]) if row.old is not None else None,
        "new": _passage(found.new[row.new]) if row.new is not None else None,
        "pieces": [{"edit": p.edit.value, "old": p.old, "new": p.new} for p in row.pieces],
    }


def _passage(passage: Passage) -> dict[str, str]:
    return {"label": passage.label, "ref": passage.ref, "text": passage.text}


def _print(sides: SideBySide, *, every: bool) -> None:
    found = sides.comparison
    styles = _COLOURED if sys.stdout.isatty() else _PLAIN
    for name, stored in (("旧", sides.old), ("新", sides.new)):
        status = stored.status_on(sides.today)
        print(
            f"{name}：《{stored.document.title}》{stored.document.version_date or ''} {STATUSES[status] if status else ''}"
        )
    for row in found.rows:
        if every or row.differs:
            print(f"\n{_heading(row, found)}\n{_marked(row.pieces, styles)}")
    counts = "、".join(f"{name} {found.count(change)}" for change, name in CHANGES.items())
    print(f"\n{counts}、换了位置 {found.moved}、换了条号 {found.renumbered}")


def _heading(row: Row, found: Comparison) -> str:
    labels = [
        side[position].label
        for side, position in ((found.old, row.old), (found.new, row.new))
        if position is not None
    ]
    name = " → ".join(labels if row.renumbered else labels[-1:])
    return f"{name}  [{CHANGES[row.change]}{'，换了位置' if row.moved else ''}]"


def _marked(pieces: tuple[Piece, ...], styles: dict[Edit, str]) -> str:
    return "".join(styles[p.edit].format(p.old if p.edit is Edit.REMOVED else p.new) for p in pieces)
