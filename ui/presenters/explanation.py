"""How the hits of one query came about, as a table with the marks for right and wrong."""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from kb.judging.judgements import Verdict
from kb.references.canonical import comparable
from retrieval.explain import Explanation, Standing
from retrieval.query import Hit, Mode
from ui.presenters.highlight import snippet
from ui.presenters.hits import citation
from ui.presenters.labels import KINDS
from ui.presenters.leads import lead_line
from ui.presenters.marking import marker
from ui.presenters.view import address

LEGS = {
    "keyword": "关键词",
    "dense": "语义",
    "entrances": "相似问法",
    "references": "点名",
    "fusion": "融合",
}
"""What the pipeline's legs are called; a leg that is not here goes by its own name."""
_MOST_LEADS = 3
_MARKS = ((Verdict.RIGHT, "✓", "对"), (Verdict.WRONG, "✗", "不对"))


def explanation_html(explanation: Explanation, verdicts: Mapping[str, Verdict]) -> str:
    """
    Draw the way to the result.

    :param verdicts: Reference or document id in comparable form → what was said of it for this query.
    """
    text = explanation.query.text
    head = f'<div class="ht" data-query="{escape(text)}">{_looked_up(explanation)}'
    if not explanation.hits:
        return f'{head}<p class="lb-none" role="status">没有查到。可以放宽筛选，或在下面补一个正确答案。</p></div>'
    pattern = marker(explanation.words)
    rows = "".join(
        _row(rank, hit, explanation, verdicts.get(comparable(hit.ref)), pattern)
        for rank, hit in enumerate(explanation.hits, 1)
    )
    heads = "".join(f'<th scope="col" class="ht-leg">{_leg(leg)}</th>' for leg in explanation.legs)
    table = (
        f'<table class="ht-table"><thead><tr><th scope="col">名次</th><th scope="col">结果</th>{heads}'
        f'<th scope="col">判断</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    return f"{head}{_KEYS}{table}{_absent(explanation, verdicts)}</div>"


_KEYS = (
    '<p class="ht-keys">每一路写名次和得分，“–”是这一路没有找到。键盘：上下键选行，<kbd>1</kbd> 或 <kbd>→</kbd> 判对，'
    "<kbd>0</kbd> 或 <kbd>←</kbd> 判错，再按一次取消。</p>"
)


def _looked_up(explanation: Explanation) -> str:
    facts = []
    if explanation.meant != explanation.query.text:
        facts.append(("改正为", escape(explanation.meant)))
    facts.append(("查的词", "、".join(escape(word) for word in explanation.words) or "没有可查的词"))
    if explanation.expansion:
        added = "、".join(f"{escape(term)}×{weight:.2g}" for term, weight in explanation.expansion)
        facts.append(("扩展", added))
    leads = dict.fromkeys(lead for hit in explanation.hits for lead in hit.led_by)
    if leads:
        facts.append(("相似问法", escape(lead_line(list(leads), _MOST_LEADS))))
    if explanation.mode is Mode.LEXICAL:
        facts.append(("方式", "只有关键词"))
    listed = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="ht-facts">{listed}</dl>'


def _row(
    rank: int,
    hit: Hit,
    explanation: Explanation,
    verdict: Verdict | None,
    pattern: re.Pattern[str] | None,
) -> str:
    link = address(hit.document.document.id, hit.passage.position)
    link += f"&amp;q={quote(explanation.query.text, safe='')}"
    found = explanation.standings(hit.ref)
    legs = "".join(_cell(leg, found.get(leg)) for leg in explanation.legs)
    kind = KINDS[hit.document.document.kind]
    said = f" ht-{verdict.value}" if verdict else ""
    return (
        f'<tr class="ht-row{said}" tabindex="0" data-target="{escape(hit.ref)}"><td class="ht-rank">{rank}</td>'
        f'<td class="ht-what"><a href="{link}" target="_blank" rel="noopener">{escape(citation(hit))}</a>'
        f"<small>{kind} · {snippet(hit.passage.passage.text, pattern)}</small></td>"
        f'{legs}<td class="ht-marks">{_marks(hit.ref, verdict)}</td></tr>'
    )


def _cell(leg: str, standing: Standing | None) -> str:
    shown = f"<b>{standing.rank}</b> <small>{standing.score:.3g}</small>" if standing else "–"
    return f'<td class="ht-leg" data-name="{_leg(leg)}">{shown}</td>'


def _marks(target: str, verdict: Verdict | None) -> str:
    return "".join(
        f'<button type="button" data-do="judge" data-verdict="{mark.value}" data-target="{escape(target)}" '
        f'aria-pressed="{str(verdict is mark).lower()}" aria-label="{name}：{escape(target)}">{sign}</button>'
        for mark, sign, name in _MARKS
    )


def _absent(explanation: Explanation, verdicts: Mapping[str, Verdict]) -> str:
    """:returns: What was judged right and is not among the hits, with where each leg has it."""
    shown = {comparable(hit.ref) for hit in explanation.hits}
    missing = [t for t, v in verdicts.items() if v is Verdict.RIGHT and t not in shown]
    lines = []
    for target in missing:
        found = explanation.standings(target)
        where = "，".join(f"{_leg(leg)}第 {s.rank}" for leg, s in found.items()) or "各路都没有找到"
        lines.append(f"<li><b>{escape(target)}</b>：{where} {_marks(target, Verdict.RIGHT)}</li>")
    if not lines:
        return ""
    return f'<div class="ht-absent"><h3>判为正确、没有进入上表的</h3><ul>{"".join(lines)}</ul></div>'


def _leg(name: str) -> str:
    return escape(LEGS.get(name, name))
