"""``andian show``: one provision in all its versions, or one document."""

import json
from argparse import Namespace
from datetime import date
from typing import Any

from kb.documents import Kind, Origin, Status
from kb.errors import NotFound
from kb.references.canonical import comparable
from kb.store.rows import StoredDocument, StoredPassage
from kb.timeline import applying
from kb.validity import is_regulation
from ui.linked import Around
from ui.named import Named, named_in
from ui.presenters.labels import KINDS, STATUSES
from ui.presenters.link_records import around_lines, around_record, basis_lines, basis_records
from ui.presenters.shortfall import shortfall
from ui.services import Services
from ui.terminal import TerminalProgress
from ui.timeline import versions_of

_Version = tuple[StoredDocument, StoredPassage]


def run(arguments: Namespace, services: Services) -> int:
    """
    Show a reference or a document.

    :raises NotFound: If the library holds neither.
    """
    services.fill(TerminalProgress())
    named = named_in(
        arguments.ref, services.library, services.spellings().names, services.lexicon.law_abbreviations
    )
    if named.asked.only:
        return _show_named(named, arguments, services)
    try:
        stored = services.library.document(arguments.ref)
    except NotFound as error:
        raise NotFound(
            f"没有找到“{arguments.ref}”；条文写成 民法典第二百七十八条 的样子，资料编号见 andian list"
        ) from error
    if arguments.as_of and is_regulation(stored.document):
        stored = _version_on(services, stored, arguments.as_of)
    bases = services.links.basis(stored, date.today())
    if arguments.json:
        print(json.dumps({**_document(stored), "basis": basis_records(bases)}, ensure_ascii=False))
    else:
        print("\n".join([_document_text(stored), *_below(basis_lines(stored, bases))]))
    return 0


def _below(lines: list[str]) -> list[str]:
    return ["", *lines] if lines else []


def _applying(versions: list[_Version], day: date) -> list[_Version]:
    """:raises NotFound: If no text with the provision is in force on `day`."""
    current = [v for v in versions if v[0].status_on(day) is Status.IN_FORCE]
    if current:
        return current
    stored, passage = versions[0]
    raise NotFound(
        f"{stored.document.short_title}{passage.passage.label}在 {day} 没有生效的文本；"
        f"去掉 --as-of 可看全部 {len(versions)} 个文本"
    )


def _version_on(services: Services, stored: StoredDocument, day: date) -> StoredDocument:
    """:raises NotFound: If no version of the rule is in force on `day`."""
    applies = applying(versions_of(services.library, stored) or [stored], day, stored.document.id)
    if applies is None:
        raise NotFound(
            f"《{stored.document.title}》在 {day} 没有生效的文本；去掉 --as-of 可看“{stored.document.id}”"
        )
    return services.library.document(applies.document.id)


def _show_named(named: Named, arguments: Namespace, services: Services) -> int:
    """Show every provision that was named; what is missing is told, and an error where nothing is left."""
    notes = [shortfall(resolution) for resolution in named.lacking]
    if not named.held:
        raise NotFound("；".join(notes))
    blocks, records = [], []
    for ref in dict.fromkeys(resolution.reference.provision for resolution in named.held):
        found = services.library.passages_of_ref(ref)
        documents = services.library.documents_by_key({p.document_key for p in found})
        versions = sorted(((documents[p.document_key], p) for p in found), key=_order)
        versions = _applying(versions, arguments.as_of) if arguments.as_of else versions
        around = services.links.around_ref(ref, date.today())
        records.append(_provision(ref, versions, around))
        blocks.append("\n".join([_provision_text(versions), *_below(around_lines(around))]))
    if arguments.json:
        shown = records[0] if len(records) == 1 else {"provisions": records}
        print(json.dumps({**shown, "notes": notes}, ensure_ascii=False))
    else:
        print("\n\n".join([*(f"注意：{note}" for note in notes), *blocks]))
    return 0


def _order(version: _Version) -> tuple[bool, bool, int]:
    """Law in force first, official text before digests, newer before older."""
    document = version[0]
    newest = document.document.version_date or date.min
    return (
        document.status_on(date.today()) is not Status.IN_FORCE,
        document.document.origin is Origin.DIGEST,
        -newest.toordinal(),
    )


def _provision(ref: str, versions: list[_Version], around: Around) -> dict[str, Any]:
    entries = [
        {
            **_meta(stored),
            "position": passage.position,
            "heading": " / ".join(passage.passage.path),
            "text": passage.passage.text,
        }
        for stored, passage in versions
    ]
    return {"ref": comparable(ref), "versions": entries, "links": around_record(around)}


def _provision_text(versions: list[_Version]) -> str:
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
