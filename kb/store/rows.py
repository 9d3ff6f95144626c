"""Database rows ↔ the nouns of `kb.documents`."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping

from kb.documents import Amendment, Document, Kind, Level, Origin, Passage, Role, Status
from kb.validity import Validity, is_regulation


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the store holds it; `document.passages` is empty unless asked for."""

    key: int
    document: Document
    validity: Validity
    collection: str
    """``shipped``, ``package`` or ``user``."""
    origin_path: str
    saved_at: datetime
    passages: int
    """How many passages it has."""
    passage_ids: tuple[int, ...] = ()
    """Ids of `document.passages`, in order, where they were asked for."""

    def status_on(self, day: date) -> Status | None:
        """:returns: Whether it applies on `day`; ``None`` for what is not a rule."""
        return self.validity.status_on(day) if is_regulation(self.document) else None


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its id and the key of its document."""

    id: int
    document_key: int
    position: int
    passage: Passage


def document_values(document: Document) -> dict[str, Any]:
    """:returns: Column values of `document`, without its passages and without what the store derives."""
    return {
        "id": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "short_title": document.short_title,
        "part": document.part,
        "level": document.level.value if document.level else None,
        "region": document.region,
        "origin": document.origin.value,
        "issuer": document.issuer,
        "source": document.source,
        "topics": list(document.topics),
        "version_date": document.version_date,
        "published": document.published,
        "facts_date": document.facts_date,
        "place": document.place,
        "effective_from": document.effective_from,
        "effective_to": document.effective_to,
        "repealed": document.repealed,
        "history": [[a.on.isoformat(), a.event] for a in document.history],
        "notes": list(document.notes),
    }


def passage_values(passages: Iterable[Passage], document_key: int) -> list[dict[str, Any]]:
    """:returns: Column values of `passages` in order."""
    return [
        {
            "document_key": document_key,
            "position": position,
            "ref": passage.ref,
            "label": passage.label,
            "path": list(passage.path),
            "role": passage.role.value,
            "text": passage.text,
        }
        for position, passage in enumerate(passages)
    ]


def content_hash(document: Document) -> str:
    """:returns: SHA-256 of everything a reader sees; where the file lies and its id do not count."""
    values = document_values(document)
    for name in ("id", "source"):
        del values[name]
    values["passages"] = passage_values(document.passages, 0)
    values["repeals"] = list(document.repeals)
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, default=str).encode()).hexdigest()


def to_document(row: RowMapping, passages: Sequence[Passage] = ()) -> Document:
    """:returns: The document of a row of ``documents``."""
    return Document(
        id=row["id"],
        kind=Kind(row["kind"]),
        title=row["title"],
        passages=tuple(passages),
        short_title=row["short_title"],
        part=row["part"],
        level=Level(row["level"]) if row["level"] else None,
        region=row["region"],
        origin=Origin(row["origin"]),
        issuer=row["issuer"],
        source=row["source"],
        topics=tuple(row["topics"]),
        version_date=row["version_date"],
        published=row["published"],
        facts_date=row["facts_date"],
        place=row["place"],
        effective_from=row["effective_from"],
        effective_to=row["effective_to"],
        repealed=row["repealed"],
        history=tuple(Amendment(date.fromisoformat(on), event) for on, event in row["history"]),
        notes=tuple(row["notes"]),
    )


def to_stored(
    row: RowMapping, count: int = 0, passages: Sequence[StoredPassage] | None = None
) -> StoredDocument:
    """:returns: The stored document of a row, with its passages when they are given."""
    return StoredDocument(
        key=row["key"],
        document=to_document(row, [p.passage for p in passages or ()]),
        validity=Validity(row["valid_since"], row["valid_until"], row["superseded"], row["replaced_by"]),
        collection=row["collection"],
        origin_path=row["origin_path"],
        saved_at=row["saved_at"],
        passages=count if passages is None else len(passages),
        passage_ids=tuple(p.id for p in passages or ()),
    )


def to_passage(row: RowMapping) -> StoredPassage:
    """:returns: The passage of a row of ``passages``."""
    passage = Passage(
        label=row["label"], text=row["text"], path=tuple(row["path"]), role=Role(row["role"]), ref=row["ref"]
    )
    return StoredPassage(row["id"], row["document_key"], row["position"], passage)
