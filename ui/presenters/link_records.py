"""Links as plain records for scripts, and as short lines for the terminal."""

from collections.abc import Sequence
from typing import Any

from kb.references.basis import Basis
from kb.references.resolve import Version
from kb.references.verdict import Verdict
from kb.store.rows import StoredDocument
from ui.linked import Around, Place
from ui.presenters.labels import full_title
from ui.presenters.links import GROUPS, STATES, basis_name, changes_heading

_SHOWN = 5


def around_record(around: Around) -> dict[str, Any]:
    """:returns: Everything linked with a provision, by the fields of `Around`."""
    places = {
        field: [_place(p) for p in getattr(around, field)] for field, _ in GROUPS if field != "questions"
    }
    questions = [
        {"id": q.id, "type": q.type, "topic": q.topic, "stem": q.stem, "refs": list(q.refs)}
        for q in around.questions
    ]
    return {**places, "questions": questions}


def basis_records(found: Sequence[Basis]) -> list[dict[str, Any]]:
    """:returns: What a document rests on: each provision, how it stands today, and how it changed since."""
    return [
        {
            "ref": basis.provision,
            "named": [str(reference) for reference in basis.references],
            "position": basis.position,
            "state": basis.today.state.value,
            "note": basis.today.note,
            "change": _change(basis.change),
        }
        for basis in found
    ]


def around_lines(around: Around) -> list[str]:
    """:returns: One line for each kind of link, the first few by name."""
    lines = []
    for field, name in GROUPS:
        found = getattr(around, field)
        shown = "；".join(_name(one) for one in found[:_SHOWN])
        if found:
            lines.append(f"{name} {len(found)}：{shown}{'……' if len(found) > _SHOWN else ''}")
    return lines


def basis_lines(stored: StoredDocument, found: Sequence[Basis]) -> list[str]:
    """:returns: One line on all that stands, and one for each provision that needs a look."""
    if not found:
        return []
    lines = [f"依据 {len(found)}：" + "；".join(f"{basis_name(b)}（{STATES[b.today.state]}）" for b in found)]
    changes = [(basis_name(b), b.change.note) for b in found if b.change is not None]
    return lines + [f"{changes_heading(stored)}：{name}，{note}" for name, note in changes]


def _place(place: Place) -> dict[str, Any]:
    document = place.document.document
    return {
        "document_id": document.id,
        "title": full_title(place.document),
        "position": place.position,
        "label": place.label,
        "ref": place.ref,
    }


def _name(one: Any) -> str:
    if isinstance(one, Place):
        return one.ref or full_title(one.document)
    return str(one.id)


def _change(change: Verdict | None) -> dict[str, Any] | None:
    if change is None:
        return None
    replaced = change.replaced_by.document.id if change.replaced_by else None
    return {
        "state": change.state.value,
        "note": change.note,
        "then": _version(change.cited),
        "now": _version(change.now),
        "replaced_by": replaced,
    }


def _version(version: Version | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {"document_id": version.document.document.id, "position": version.passage.position}
