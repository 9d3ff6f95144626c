"""What a reading page shows, gathered before anything is drawn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from urllib.parse import quote

from kb.store.rows import StoredDocument


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


def address(document_id: str, position: int | None = None) -> str:
    """:returns: Escaped address of a document in the reader, relative to the application's root."""
    shown = "".join(c if c.isalnum() or ord(c) > 127 else quote(c, safe="") for c in document_id)
    return escape(f"read?doc={shown}" + ("" if position is None else f"&at={position}"))


def shown_source(source: str) -> str:
    """:returns: Where a text came from; of a file on the server only its name."""
    is_path = re.match(r"^(?:/|[A-Za-z]:[\\/]|corpus/)", source)
    return re.split(r"[\\/]", source)[-1] if is_path else source
