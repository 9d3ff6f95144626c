"""``andian search``: one query, on the terminal or as JSON."""

import json
from argparse import Namespace
from datetime import date
from typing import Any

from kb.documents import Kind
from retrieval.query import Filter, Hit, Query, SearchResult
from ui.named import Named, named_in, ordered
from ui.presenters.highlight import best_window
from ui.presenters.labels import KINDS, STATUSES
from ui.presenters.leads import lead_line
from ui.presenters.marking import marker
from ui.presenters.shortfall import shortfall
from ui.region import home_region
from ui.services import Services
from ui.terminal import TerminalProgress

EVERYWHERE = "全部"


def run(arguments: Namespace, services: Services) -> int:
    """:returns: 0, also when nothing was found."""
    services.prepare(TerminalProgress())
    services.searcher.warm_up()
    query = Query(arguments.query, filter_of(arguments, services), arguments.top_k)
    result = services.searcher.search(query)
    names, abbreviations = services.spellings().names, services.lexicon.law_abbreviations
    named = named_in(arguments.query, services.library, names, abbreviations)
    if arguments.json:
        also = {"named": _named_json(named)} if named.resolutions else {}
        print(json.dumps({**as_json(result), **also}, ensure_ascii=False))
    else:
        _print_named(named, query.filter.as_of)
        _print(result)
    return 0


def filter_of(arguments: Namespace, services: Services) -> Filter:
    """:returns: The filter the options ask for: by default law in force, nationwide and of the region."""
    from kb.documents import Status

    everywhere = EVERYWHERE in arguments.region
    regions = () if everywhere else tuple(arguments.region)
    return Filter(
        as_of=arguments.as_of or date.today(),
        home_region="" if everywhere or regions else home_region(services),
        kinds=tuple(Kind(kind) for kind in arguments.kind),
        regions=regions,
        topics=tuple(arguments.topic),
        statuses=() if arguments.all_status else (Status.IN_FORCE,),
    )


def as_json(result: SearchResult) -> dict[str, Any]:
    """:returns: The documented JSON of a search."""
    return {
        "query": result.query.text,
        "took_ms": round(result.took_ms, 2),
        "mode": result.mode.value,
        "hits": [_hit(hit, result) for hit in result.hits],
    }


def _hit(hit: Hit, result: SearchResult) -> dict[str, Any]:
    document, passage = hit.document.document, hit.passage.passage
    return {
        "ref": hit.ref,
        "kind": document.kind.value,
        "document_id": document.id,
        "title": document.title,
        "heading": " / ".join(part for part in (*passage.path, passage.label) if part),
        "text": passage.text,
        "snippet": _excerpt(passage.text, result),
        "gist": hit.gist,
        "score": round(hit.score, 4),
        "ranks": {"keyword": hit.keyword_rank, "dense": hit.dense_rank},
        "led_by": [{"source": lead.source.value, "text": lead.text} for lead in hit.led_by],
        "status": hit.status.value if hit.status else None,
        "status_today": _today(hit),
        "region": document.region,
        "effective_from": document.effective_from.isoformat() if document.effective_from else None,
        "source": document.source or hit.document.origin_path,
    }


def _named_json(named: Named) -> list[dict[str, Any]]:
    """:returns: One entry for each provision that the query names."""
    return [
        {
            "ref": str(r.reference),
            "outcome": r.outcome.value,
            "note": shortfall(r),
            "texts": [{"document_id": v.document.document.id, "text": v.text} for v in r.versions],
        }
        for r in named.resolutions
    ]


def _print_named(named: Named, day: date) -> None:
    """Show what the query names before what it finds: the text if nothing else was asked."""
    for note in map(shortfall, named.lacking):
        print(f"注意：{note}")
    for resolution in named.held:
        best = ordered(resolution, day)[0]
        stored, passage = best.document, best.passage.passage
        status = stored.status_on(day)
        standing = f" [{STATUSES[status]}]" if status else ""
        print(f"《{stored.document.title}》{passage.label}{standing}")
        if named.asked.only:
            print(best.text or passage.text)
    if named.held:
        print()


def _print(result: SearchResult) -> None:
    if not result.hits:
        print("没有找到。可以换个说法、少写几个词，或加 --all-status、--region 全部 放宽范围")
        return
    for number, hit in enumerate(result.hits, 1):
        document = hit.document.document
        name = hit.ref if hit.passage.passage.ref else f"{document.title}（{document.id}）"
        print(f"{number}. {KINDS[document.kind]} {name}{_standing(hit)} {document.region}")
        print(f"   {_excerpt(hit.passage.passage.text, result)}")
        if hit.gist:
            print(f"   要点：{hit.gist.splitlines()[0]}")
        if hit.led_by:
            print(f"   {lead_line(hit.led_by, 1)}")
    mode = (
        ""
        if result.mode.value == "hybrid"
        else "；没有向量模型，只按关键词检索，运行 andian doctor 看怎样安装"
    )
    print(f"共 {len(result.hits)} 条，用时 {result.took_ms:.0f} 毫秒{mode}")


def _standing(hit: Hit) -> str:
    """:returns: The status on the day searched, and today's where it is another."""
    if hit.status is None:
        return ""
    now = hit.document.status_on(date.today())
    changed = f"，今天{STATUSES[now]}" if now is not None and now is not hit.status else ""
    return f" [{STATUSES[hit.status]}{changed}]"


def _today(hit: Hit) -> str | None:
    now = hit.document.status_on(date.today())
    return now.value if now else None


def _excerpt(text: str, result: SearchResult) -> str:
    """:returns: One line around the densest matches, ``…`` where something is left out."""
    start, end = best_window(text, marker(result.words))
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")
