"""``andian list``: what the library holds."""

import json
from argparse import Namespace
from datetime import date

from kb.documents import Kind
from ui.presenters.labels import KINDS, STATUSES
from ui.services import Services
from ui.terminal import TerminalProgress, print_table


def run(arguments: Namespace, services: Services) -> int:
    """:returns: 0."""
    services.fill(TerminalProgress())
    kind = Kind(arguments.kind) if arguments.kind else None
    found = services.library.documents(kind, removed=arguments.removed)
    found.sort(key=lambda d: (list(Kind).index(d.document.kind), d.document.title, d.document.id))
    rows = []
    for stored in found:
        document, status = stored.document, stored.status_on(date.today())
        rows.append(
            {
                "document_id": document.id,
                "kind": document.kind.value,
                "title": document.title + (f"·{document.part}" if document.part else ""),
                "status": status.value if status else None,
                "region": document.region,
                "version_date": document.version_date.isoformat() if document.version_date else None,
                "passages": stored.passages,
                "collection": stored.collection,
                "source": document.source or stored.origin_path,
            }
        )
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    labels = {kind.value: label for kind, label in KINDS.items()}
    labels |= {status.value: label for status, label in STATUSES.items()}
    print_table(
        ("编号", "种类", "状态", "地区", "段", "标题"),
        [
            (
                row["document_id"],
                labels[str(row["kind"])],
                labels.get(str(row["status"]), ""),
                row["region"],
                row["passages"],
                row["title"],
            )
            for row in rows
        ],
    )
    print(f"共 {len(rows)} 份")
    return 0
