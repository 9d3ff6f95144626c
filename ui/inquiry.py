"""What a visitor asks of the search page, and how it stands in the page's address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from time import perf_counter
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from kb.documents import Kind, Status
from retrieval.query import Facets, Filter, Hit, Mode, Query, SearchResult

LONGEST = 500
"""Characters of a question that are looked up."""
PAGE_SIZE, MOST_SHOWN = 10, 50
ALL = "all"
_LONGEST_ADDRESS, _MOST_FIELDS = 10_000, 30
_NAMES = {"q": "text", "n": "shown"}


class Answers(Protocol):
    """What a question is put to; `retrieval.search.Searcher` is one."""

    def search(self, query: Query) -> SearchResult:
        """Find what answers a query, best first."""

    def facets(self, query: Query) -> Facets:
        """Count how the best matches fall into the values of each filter."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question with its filters; the default values are what a new visitor gets."""

    text: str = ""
    kind: Kind | None = None
    """``None``: every kind, each in a section of its own."""
    topic: str = ""
    region: str = ""
    """Empty: rules of the whole country and the home region; ``all``: everything; else one place."""
    status: str = ""
    """Empty: rules in force; ``all``: all; else a value of `kb.documents.Status`."""
    as_of: date | None = None
    """``None``: today."""
    shown: int = PAGE_SIZE
    """Hits of each kind."""
    cut: bool = False
    """The question was longer than `LONGEST` and lost its end."""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Inquiry":
        """
        Take the values of a form or an address; whatever makes no sense counts as not given.

        :param values: By the names used in addresses: ``q kind topic region status as_of n``.
        """
        given = {name: value.strip() for name, value in values.items() if isinstance(value, str)}
        text = " ".join(given.get("q", "").split())
        status = given.get("status", "")
        return cls(
            text=text[:LONGEST],
            kind=Kind(given["kind"]) if given.get("kind") in set(Kind) else None,
            topic=given.get("topic", "")[:50],
            region=given.get("region", "")[:50],
            status=status if status in {ALL, *Status} - {Status.IN_FORCE} else "",
            as_of=_day(given.get("as_of", "")),
            shown=_number(given.get("n", "")),
            cut=len(text) > LONGEST,
        )

    @classmethod
    def from_address(cls, address: str) -> "Inquiry":
        """:param address: The part of an address from ``?`` on; a fragment does not count."""
        pairs = address[:_LONGEST_ADDRESS].partition("#")[0].removeprefix("?").split("&", _MOST_FIELDS)
        return cls.read(dict(parse_qsl("&".join(pairs[:_MOST_FIELDS]))))

    def address(self, **changes: Any) -> str:
        """:returns: The address (from ``?`` on) of this inquiry with some fields changed."""
        changed = replace(self, **changes)
        by_field = {field: name for name, field in _NAMES.items()}
        values = {f.name: getattr(changed, f.name) for f in fields(self) if f.name != "cut"}
        if changed.shown == PAGE_SIZE:
            del values["shown"]
        return "?" + urlencode(
            {by_field.get(field, field): str(value) for field, value in values.items() if value}
        )

    def filter(self, home_region: str, today: date) -> Filter:
        """
        Translate into the filter of a search over all kinds.

        :param home_region: Region whose rules are shown by default.
        """
        return Filter(
            as_of=self.as_of or today,
            home_region="" if self.region else home_region,
            regions=(self.region,) if self.region not in ("", ALL) else (),
            topics=(self.topic,) if self.topic else (),
            statuses=_statuses(self.status),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one kind, best first."""

    kind: Kind
    hits: tuple[Hit, ...]
    more: bool
    """There are more than were asked for."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that answers one inquiry."""

    inquiry: Inquiry
    sections: tuple[Section, ...]
    """One for each kind, also where nothing was found."""
    facets: Facets
    words: tuple[str, ...]
    mode: Mode
    took_ms: float
    nearest: float | None = None
    """Cosine of the nearest passage; ``None`` without vectors."""
    changed: Mapping[int, str] = field(default_factory=dict)
    """What changed in the bases of documents found, by document key, in Chinese."""
    home_region: str = ""
    today: date = field(default_factory=date.today)

    @property
    def visible(self) -> tuple[Section, ...]:
        """Sections of the kind asked for that hold something."""
        wanted = self.inquiry.kind
        return tuple(s for s in self.sections if s.hits and wanted in (None, s.kind))


def look_up(searcher: Answers, inquiry: Inquiry, home_region: str, today: date) -> Findings:
    """
    Search every kind on its own, so that the many provisions do not crowd out the few cases.

    :raises IndexDamaged: If there is no usable index.
    """
    started = perf_counter()
    wanted = inquiry.filter(home_region, today)
    results = [
        searcher.search(Query(inquiry.text, replace(wanted, kinds=(kind,)), inquiry.shown + 1))
        for kind in Kind
    ]
    sections = tuple(
        Section(kind, result.hits[: inquiry.shown], len(result.hits) > inquiry.shown)
        for kind, result in zip(Kind, results, strict=True)
    )
    facets = searcher.facets(Query(inquiry.text, replace(wanted, topics=())))
    took = (perf_counter() - started) * 1000
    nearest = max((r.nearest for r in results if r.nearest is not None), default=None)
    return Findings(
        inquiry,
        sections,
        facets,
        results[0].words,
        results[0].mode,
        took,
        nearest,
        home_region=home_region,
        today=today,
    )


def _statuses(status: str) -> tuple[Status, ...]:
    return () if status == ALL else (Status(status or Status.IN_FORCE),)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(text: str) -> int:
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else PAGE_SIZE
    return min(max(asked, PAGE_SIZE), MOST_SHOWN)
