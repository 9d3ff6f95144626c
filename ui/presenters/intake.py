"""Uploads: what was understood before anything is saved, and what became of it afterwards."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from ingest.pipeline import Report, Understood
from kb.documents import Document, Passage
from kb.errors import InputError
from ui.presenters.labels import KINDS, OUTCOMES, day_label

MOST_SHOWN = 60
"""Documents that a preview describes one by one."""
_EXCERPT = 90


def preview_html(found: Sequence[Understood | InputError]) -> str:
    """:returns: The documents that saving would bring in, and the files that are refused with the reason."""
    if not found:
        return ""
    refused = [f for f in found if isinstance(f, InputError)]
    read = [f for f in found if not isinstance(f, InputError)]
    documents = [(u.source.source, d) for u in read for d in u.documents]
    cards = "".join(_card(source, document) for source, document in documents[:MOST_SHOWN])
    rest = len(documents) - MOST_SHOWN
    more = f'<p class="lb-more">另有 {rest} 份没有列出，保存时一并收录。</p>' if rest > 0 else ""
    blank = [u.source.source for u in read if not u.documents]
    head = (
        f"读出 {len(documents)} 份资料"
        + (f"，{len(refused)} 个文件不能用" if refused else "")
        + "；还没有保存。"
    )
    empty = "".join(_refusal(name, "里面没有可以收录的正文", "请检查是否选错了文件") for name in blank)
    errors = "".join(_refusal(str(e.path or ""), e.problem, e.remedy, e.line) for e in refused)
    return f'<div class="lb lb-preview"><p class="lb-lead">{head}</p>{errors}{empty}{cards}{more}</div>'


def summary_html(reports: Sequence[Report]) -> str:
    """:returns: How many documents were new, changed, unchanged or refused, and which."""
    tally = Counter(r.outcome for r in reports)
    counts = "　".join(
        f"{name} <b>{tally[outcome]}</b>" for outcome, name in OUTCOMES.items() if tally[outcome]
    )
    lines = "".join(_report(r) for r in reports[:MOST_SHOWN])
    return f'<div class="lb lb-summary"><p class="lb-lead">{counts or "没有可以保存的资料"}</p><ul>{lines}</ul></div>'


def _card(source: str, document: Document) -> str:
    first = next((p for p in document.passages if p.text), None)
    days = (
        ("公布", document.version_date or document.published),
        ("施行", document.effective_from),
        ("事实", document.facts_date),
    )
    facts = [
        KINDS[document.kind],
        document.level.value if document.level else "",
        document.region,
        f"{len(document.passages):,} 条（段）",
        *(f"{day_label(day)}{name}" for name, day in days if day),
    ]
    line = " · ".join(escape(fact) for fact in facts if fact)
    title = document.title + (f"·{document.part}" if document.part else "")
    return (
        f'<article class="lb-card"><h3>{escape(title)}</h3><p class="lb-facts">{line}</p>'
        f'<p class="lb-excerpt">{escape(_excerpt(first))}</p><p class="lb-source">文件：{escape(source)}</p></article>'
    )


def _excerpt(passage: Passage | None) -> str:
    if passage is None:
        return ""
    text = " ".join(f"{passage.label} {passage.text}".split())
    return text[:_EXCERPT] + ("…" if len(text) > _EXCERPT else "")


def _refusal(source: str, problem: str, remedy: str, line: int | None = None) -> str:
    place = escape(source) + (f" 第 {line} 行" if line is not None else "")
    help_text = f"；{escape(remedy)}" if remedy else ""
    return f'<p class="lb-refused"><b>{place}</b>：{escape(problem)}{help_text}。</p>'


def _report(report: Report) -> str:
    name = report.title or report.source
    note = f"（{escape(report.note)}）" if report.note else ""
    return f"<li><b>{OUTCOMES[report.outcome]}</b> {escape(name)}{note}</li>"
