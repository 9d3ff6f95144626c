"""What a reading page shows, gathered before anything is drawn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from urllib.parse import quote

from kb.references.basis import Basis
from kb.store.rows import StoredDocument
from ui.linked import Around
from ui.timeline import Counterpart


@dataclass(frozen=True, slots=True)
class View:
    """A document and what stands around it; only `stored` carries passages."""

    stored: StoredDocument
    today: date
    versions: Sequence[StoredDocument] = ()
    """All documents of the same rule, this one included, oldest first."""
    parts: Sequence[StoredDocument] = ()
    """The parts of this version in statute order, where one statute spans documents."""
    replacement: StoredDocument | None = None
    digests: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Our gists by canonical reference."""
    official: StoredDocument | None = None
    """The official text of a document that is a digest."""
    official_positions: Mapping[str, int] = field(default_factory=dict)
    """Where the official text has a provision, by canonical reference."""
    at: int | None = None
    """Position of the passage that was asked for."""
    words: Sequence[str] = ()
    """Words to mark."""
    around: Mapping[str, Around] = field(default_factory=dict)
    """What is linked with the provisions, by canonical reference."""
    bases: Sequence[Basis] = ()
    """What a document that is no rule rests on."""
    counterparts: Mapping[int, Sequence[Counterpart]] = field(default_factory=dict)
    """The same provisions in the other versions, oldest first, by position."""
    day: date | None = None
    """Day whose law was asked for."""
    asked_for: StoredDocument | None = None
    """The document that was asked for, where the one of that day stands in its place."""


def address(document_id: str, position: int | None = None) -> str:
    """:returns: Escaped address of a document in the reader, relative to the application's root."""
    return escape(f"read?doc={_quoted(document_id)}" + ("" if position is None else f"&at={position}"))


def comparison_address(old: str, new: str, position: int | None = None, *, in_old: bool = False) -> str:
    """
    Give the escaped address of two documents side by side.

    :param position: Place of a passage to begin at, counted in the new document or in the old one.
    """
    place = "" if position is None else f"&at={'old' if in_old else 'new'}-{position}"
    return escape(f"compare?old={_quoted(old)}&new={_quoted(new)}{place}")


def _quoted(text: str) -> str:
    return "".join(c if c.isalnum() or ord(c) > 127 else quote(c, safe="") for c in text)


def shown_source(source: str) -> str:
    """:returns: Where a text came from; of a file on the server only its name."""
    is_path = re.match(r"^(?:/|[A-Za-z]:[\\/]|corpus/)", source)
    return re.split(r"[\\/]", source)[-1] if is_path else source
