"""``andian show``: one provision in all its versions, or one document."""

import json
from argparse import Namespace
from datetime import date
from typing import Any

from kb.documents import Kind, Origin, Status
from kb.errors import NotFound
from kb.references.canonical import comparable
from kb.store.rows import StoredDocument, StoredPassage
from ui.presenters.labels import KINDS, STATUSES
from ui.services import Services
from ui.terminal import TerminalProgress


def run(arguments: Namespace, services: Services) -> int:
    """
    Show a reference or a document.

    :raises NotFound: If the library holds neither.
    """
    services.fill(TerminalProgress())
    found = services.library.passages_of_ref(arguments.ref)
    if found:
        documents = services.library.documents_by_key({p.document_key for p in found})
        versions = sorted(((documents[p.document_key], p) for p in found), key=_order)
        print(_provision_json(arguments.ref, versions) if arguments.json else _provision_text(versions))
        return 0
    try:
        stored = services.library.document(arguments.ref)
    except NotFound as error:
        raise NotFound(
            f"没有找到“{arguments.ref}”；条文写成 民法典第二百七十八条 的样子，资料编号见 andian list"
        ) from error
    print(json.dumps(_document(stored), ensure_ascii=False) if arguments.json else _document_text(stored))
    return 0


def _order(version: tuple[StoredDocument, StoredPassage]) -> tuple[bool, bool, int]:
    """Law in force first, official text before digests, newer before older."""
    document = version[0]
    newest = document.document.version_date or date.min
    return (
        document.status_on(date.today()) is not Status.IN_FORCE,
        document.document.origin is Origin.DIGEST,
        -newest.toordinal(),
    )


def _provision_json(ref: str, versions: list[tuple[StoredDocument, StoredPassage]]) -> str:
    entries = [
        {
            **_meta(stored),
            "position": passage.position,
            "heading": " / ".join(passage.passage.path),
            "text": passage.passage.text,
        }
        for stored, passage in versions
    ]
    return json.dumps({"ref": comparable(ref), "versions": entries}, ensure_ascii=False)


def _provision_text(versions: list[tuple[StoredDocument, StoredPassage]]) -> str:
    blocks = []
    for stored, passage in versions:
        document = stored.document
        origin = "要点（案典整理，非法条原文）" if document.origin is Origin.DIGEST else "原文"
        head = f"《{document.title}》{passage.passage.label}  {origin}  {_facts(stored)}"
        where = " / ".join(passage.passage.path)
        blocks.append("\n".join(part for part in (head, where, passage.passage.text) if part))
    return "\n\n".join(blocks)


def _meta(stored: StoredDocument) -> dict[str, Any]:
    document, validity = stored.document, stored.validity
    status = stored.status_on(date.today())
    return {
        "document_id": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "origin": document.origin.value,
        "level": document.level.value if document.level else None,
        "region": document.region,
        "issuer": document.issuer,
        "status": status.value if status else None,
        "replaced_by": validity.replaced_by or None,
        "version_date": _iso(document.version_date),
        "effective_from": _iso(document.effective_from),
        "published": _iso(document.published),
        "facts_date": _iso(document.facts_date),
        "place": document.place,
        "topics": list(document.topics),
        "source": document.source or stored.origin_path,
        "notes": list(document.notes),
    }


def _document(stored: StoredDocument) -> dict[str, Any]:
    passages = [
        {"position": i, "ref": p.ref, "label": p.label, "heading": " / ".join(p.path), "text": p.text}
        for i, p in enumerate(stored.document.passages)
    ]
    return {**_meta(stored), "passages": passages}


def _document_text(stored: StoredDocument) -> str:
    document = stored.document
    lines = [f"{KINDS[document.kind]}《{document.title}》{document.part}  {_facts(stored)}"]
    lines += [f"注意：{note}" for note in document.notes]
    above: tuple[str, ...] = ()
    for passage in document.passages:
        lines += [f"\n{heading}" for heading in passage.path if heading not in above]
        above = passage.path
        lines.append(f"\n{passage.label}　{passage.text}".rstrip() if passage.label else f"\n{passage.text}")
    return "\n".join(lines)


def _facts(stored: StoredDocument) -> str:
    document = stored.document
    status = stored.status_on(date.today())
    parts = [
        STATUSES[status] if status else "",
        document.level.value if document.level else "",
        document.place or document.region,
        document.issuer if document.kind is not Kind.REGULATION else "",
        f"{document.published} 发布" if document.published else "",
        f"{document.version_date} 版本" if document.version_date else "",
        f"{document.effective_from} 起施行" if document.effective_from else "",
        f"来源：{document.source or stored.origin_path}",
    ]
    return "，".join(part for part in parts if part)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
