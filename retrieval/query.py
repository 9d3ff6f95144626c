"""What is asked and what is found: plain values, free of any engine."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kb.documents import Kind, Level, Status
from kb.entrances import Source
from kb.store.rows import StoredDocument, StoredPassage


class Leg(StrEnum):
    """One way of finding passages, or their combination."""

    KEYWORD = "keyword"
    DENSE = "dense"
    FUSED = "fused"


class Mode(StrEnum):
    """Whether the vector leg took part."""

    HYBRID = "hybrid"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Filter:
    """
    Which documents may be found. Empty values mean no restriction.

    What is nationwide passes every region. `home_region` and `statuses` restrict regulations only: a
    case from elsewhere is still a precedent, while another place's rules do not bind.
    """

    as_of: date
    home_region: str = ""
    kinds: tuple[Kind, ...] = ()
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    statuses: tuple[Status, ...] = (Status.IN_FORCE,)

    def unrestricted(self) -> "Filter":
        """:returns: The filter that lets everything through on the same day."""
        return Filter(as_of=self.as_of, statuses=())


@dataclass(frozen=True, slots=True)
class Query:
    """
    One search.

    :raises ValueError: If `top_k` is not positive.
    """

    text: str
    filter: Filter
    top_k: int = 10

    def __post_init__(self) -> None:
        """Reject a search that could return nothing by construction."""
        if self.top_k < 1:
            raise ValueError(f"top_k must be at least 1, got {self.top_k}")


@dataclass(frozen=True, slots=True)
class Lead:
    """A question, term or case like the query, which leads to a provision."""

    source: Source
    text: str
    """The question or term; a document's title."""


@dataclass(frozen=True, slots=True)
class Hit:
    """
    One thing found: a provision, or a document that is not a rule, at its best passage.

    Official text and digest of one provision are one hit: `passage` is official where the library has
    it, `gist` is the digest's text.
    """

    ref: str
    """Canonical reference of a provision; the document's id elsewhere."""
    document: StoredDocument
    passage: StoredPassage
    score: float
    """Fused score, 0–1, comparable within one search only."""
    keyword_rank: int | None
    """1-based rank in the keyword leg, or ``None`` if it was not among its candidates."""
    dense_rank: int | None
    status: Status | None
    gist: str = ""
    led_by: tuple[Lead, ...] = ()
    """What led to a provision besides its own text, nearest first."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the best matches fall into each value of a filter, the filter itself not applied."""

    kinds: dict[Kind, int] = field(default_factory=dict)
    regions: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    statuses: dict[Status, int] = field(default_factory=dict)
    hidden: int = 0
    """Matches that the filter of the search kept out."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of one query, best first, and what it took."""

    query: Query
    hits: tuple[Hit, ...]
    mode: Mode
    took_ms: float
    embedding_ms: float = 0.0
    """Part of `took_ms` spent on embedding the query."""
    words: tuple[str, ...] = ()
    """Words of the query to mark in the texts."""
    nearest: float | None = None
    """Cosine of the nearest passage, comparable between searches; ``None`` without vectors."""
