"""Searching: one query through the pipeline, and back to the library's rows."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from threading import Lock
from time import perf_counter
from typing import Any

from haystack import Pipeline

from kb.documents import Kind, Status
from kb.entrances import Source
from kb.errors import ModelUnavailable
from kb.lexicon import load_lexicon
from kb.settings import Settings
from kb.store.library import Library
from retrieval.components.ranking import GroupedRanking, unfused
from retrieval.index.generation import Generation
from retrieval.index.serving import Generations
from retrieval.pipelines import CANDIDATES, search_pipeline
from retrieval.query import Facets, Filter, Hit, Lead, Leg, Mode, Query, SearchResult

MAX_QUERY_CHARACTERS = 500
_FACET_DEPTH = 100
_OUTPUTS = ("analyzer", "encoder", "keyword", "dense", "entrances")
_MOST_LEADS = 2
_NEAREST_AMONG = 50
_REMEMBERED = 256
"""Searches whose result is kept as long as the index is the same."""


@dataclass(frozen=True)
class _Opened:
    """One generation with the pipeline over it."""

    generation: Generation
    pipeline: Pipeline
    hybrid: bool

    @cached_property
    def ask(self) -> Callable[..., dict[str, Any]]:
        """Puts a query to the pipeline; asked the same again, it answers from memory."""
        return lru_cache(maxsize=_REMEMBERED)(partial(_run, self.pipeline))


@dataclass(frozen=True)
class Trace:
    """What one query went through."""

    hits: tuple[Hit, ...]
    generation: Generation
    outputs: dict[str, dict[str, Any]]
    """Component → output → value; see `retrieval.pipelines`."""
    mode: Mode


class Searcher:
    """
    Answers queries from the current index generation; follows it when a new one is published.

    Without the model that made the index's vectors it searches by keywords, and says so in the result's
    mode. Safe to use from several threads. Raises `kb.errors.IndexDamaged` when there is no usable index.
    """

    def __init__(
        self, library: Library, keeper: Generations, settings: Settings, candidates: int = CANDIDATES
    ):
        """
        :param keeper: Where the index comes from; an `IndexKeeper` or one fixed generation.
        :param candidates: How many passages each leg hands to the fusion.
        """
        self._library = library
        self._keeper = keeper
        self._settings = settings
        self._candidates = candidates
        self._opened: _Opened | None = None
        self._opening = Lock()

    def warm_up(self) -> None:
        """Open the index and load the model now rather than at the first query."""
        self._open()

    def search(self, query: Query) -> SearchResult:
        """
        Find what answers a query, best first.

        :returns: At most ``query.top_k`` hits; none for a query without any word.
        """
        started = perf_counter()
        opened = self._open()
        found = opened.ask(query.text, query.filter, query.top_k)
        hits = self._hits(found, opened.generation, query.filter.as_of)
        return SearchResult(
            query=query,
            hits=hits,
            mode=Mode.HYBRID if opened.hybrid else Mode.LEXICAL,
            took_ms=(perf_counter() - started) * 1000,
            embedding_ms=found["encoder"]["took_ms"],
            words=tuple(found["analyzer"]["words"]),
            nearest=_nearest(found, opened.generation),
        )

    def trace(self, query: Query) -> Trace:
        """Run one query and keep what every component put out, for looking at how the hits came about."""
        opened = self._open()
        components = list(opened.pipeline.graph.nodes)
        found = opened.ask(query.text, query.filter, query.top_k, tuple(components))
        hits = self._hits(found, opened.generation, query.filter.as_of)
        outputs = {name: found[name] for name in components if name in found}
        return Trace(hits, opened.generation, outputs, Mode.HYBRID if opened.hybrid else Mode.LEXICAL)

    def facets(self, query: Query) -> Facets:
        """Count how the best matches fall into the values of each filter, the filter not applied."""
        opened = self._open()
        catalogue = opened.generation.catalogue
        everything = query.filter.unrestricted()
        ranking = opened.ask(query.text, everything, _FACET_DEPTH)["grouper"]["ranking"]
        rows = catalogue.passage_row[ranking.positions]
        statuses = catalogue.statuses(query.filter.as_of)[rows][catalogue.kind[rows] == Kind.REGULATION.value]
        topics = [topic for joined in catalogue.topics[rows] for topic in joined.split("|") if topic]
        return Facets(
            kinds={Kind(k): n for k, n in Counter(catalogue.kind[rows].tolist()).items()},
            regions=dict(Counter(catalogue.region[rows].tolist())),
            topics=dict(Counter(topics)),
            statuses={Status(s): n for s, n in Counter(statuses.tolist()).items()},
            hidden=int((~catalogue.allowed(query.filter)[rows]).sum()),
        )

    def rankings(self, text: str, wanted: Filter, top_k: int) -> dict[Leg, list[str]]:
        """
        Rank by each leg alone and by both, for evaluation.

        :returns: References (provisions) or document ids, best first, at most `top_k` for each leg.
        """
        opened = self._open()
        found = opened.ask(text, wanted, top_k)
        grouper = opened.pipeline.get_component("grouper")
        names: dict[Leg, list[str]] = {}
        for leg in (Leg.KEYWORD, Leg.DENSE):
            alone = unfused(found[leg.value]["ranking"])
            names[leg] = self._names(grouper.run(alone, wanted, top_k)["ranking"], opened.generation)
        names[Leg.FUSED] = self._names(found["grouper"]["ranking"], opened.generation)
        return names

    def _open(self) -> _Opened:
        """:returns: The current generation with its pipeline, opened anew when another was published."""
        with self._opening:
            generation = self._keeper.generation()
            if self._opened is None or self._opened.generation is not generation:
                self._opened = self._join(generation)
            return self._opened

    def _join(self, generation: Generation) -> _Opened:
        join = partial(search_pipeline, self._settings, generation.folder, candidates=self._candidates)
        if generation.vectors is not None and self._keeper.wants_vectors:
            with suppress(ModelUnavailable):
                return _Opened(generation, join(hybrid=True), hybrid=True)
        return _Opened(generation, join(hybrid=False), hybrid=False)

    def _hits(self, found: dict[str, Any], generation: Generation, day: date) -> tuple[Hit, ...]:
        ranking: GroupedRanking = found["grouper"]["ranking"]
        catalogue = generation.catalogue
        leads = _leads(found["entrances"]["leads"], generation)
        shown = catalogue.passage_id[ranking.positions].tolist()
        gists = [int(catalogue.passage_id[p]) if p >= 0 else None for p in ranking.gists]
        passages = self._library.passages_by_id([*shown, *(g for g in gists if g is not None)])
        documents = self._library.documents_by_key({p.document_key for p in passages.values()})
        hits = []
        for number, (identifier, gist) in enumerate(zip(shown, gists, strict=True)):
            passage = passages.get(identifier)
            if passage is None:  # removed since the index was built
                continue
            document = documents[passage.document_key]
            hits.append(
                Hit(
                    ref=passage.passage.ref or document.document.id,
                    document=document,
                    passage=passage,
                    score=float(ranking.scores[number]),
                    keyword_rank=int(ranking.keyword_ranks[number]) or None,
                    dense_rank=int(ranking.dense_ranks[number]) or None,
                    status=document.status_on(day),
                    led_by=leads.get(int(catalogue.group[ranking.positions[number]]), ()),
                    gist=passages[gist].passage.text if gist in passages and gist != identifier else "",
                )
            )
        return tuple(hits)

    def _names(self, ranking: GroupedRanking, generation: Generation) -> list[str]:
        return [str(name) for name in generation.catalogue.name[ranking.positions]]


def _nearest(found: dict[str, Any], generation: Generation) -> float | None:
    """:returns: Cosine of the query as typed to the nearest of the best hits of the vector leg."""
    vector, ranking = found["encoder"]["vector"], found["dense"]["ranking"]
    if vector is None or generation.vectors is None or not len(ranking):
        return None
    return float(generation.vectors.cosines(ranking.positions[:_NEAREST_AMONG], vector).max())


def _leads(sources: list[int], generation: Generation) -> dict[int, tuple[Lead, ...]]:
    """:returns: Group of each provision led to → what led there, nearest first."""
    leads: dict[int, tuple[Lead, ...]] = {}
    if generation.entrances is not None:
        for source in sources:
            kind, text = generation.entrances.labels[source]
            for group in generation.entrances.provisions(source).tolist():
                known = leads.get(group, ())
                if len(known) < _MOST_LEADS:
                    leads[group] = (*known, Lead(Source(kind), text))
    return leads


def _run(
    pipeline: Pipeline, text: str, wanted: Filter, top_k: int, outputs: tuple[str, ...] = _OUTPUTS
) -> dict[str, Any]:
    meant = load_lexicon().corrected(text[:MAX_QUERY_CHARACTERS])
    return pipeline.run(
        {
            "analyzer": {"text": meant},
            "encoder": {"text": meant},
            "keyword": {"filter": wanted},
            "dense": {"filter": wanted},
            "entrances": {"filter": wanted},
            "references": {"text": meant, "filter": wanted},
            "fusion": {"text": meant},
            "grouper": {"filter": wanted, "top_k": top_k},
        },
        include_outputs_from=set(outputs),
    )
