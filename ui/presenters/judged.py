"""The saved judgements: as a list on the page, and as the file that ``andian eval`` reads."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from kb.judging.judgements import Judgement, Verdict

MOST_SHOWN = 300
_NAMES = {Verdict.RIGHT: "对", Verdict.WRONG: "不对"}


def judged_html(judgements: Sequence[Judgement]) -> str:
    """:returns: The judgements by question, the latest question first, each with a button to take it back."""
    if not judgements:
        return (
            '<p class="lb lb-none">还没有标注。到“试问”里查一个问题，给结果判对、判错；'
            "攒够 20 个问题，换模型、改权重时就会自动比较。</p>"
        )
    questions = by_question(judgements)
    right = sum(any(j.verdict is Verdict.RIGHT for j in group) for group in questions.values())
    latest = list(questions.items())[::-1][:MOST_SHOWN]
    rows = "".join(_question(query, group) for query, group in latest)
    rest = f"，只列最近 {MOST_SHOWN} 个" if len(questions) > MOST_SHOWN else ""
    return (
        f'<div class="lb"><p class="lb-count" role="status">{len(questions)} 个问题，{len(judgements)} 个判断；'
        f"有正确答案、可以评测的 {right} 个{rest}</p>{rows}</div>"
    )


def by_question(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """:returns: The judgements of each question, in order."""
    questions: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        questions.setdefault(judgement.query, []).append(judgement)
    return questions


def jsonl(judgements: Iterable[Judgement]) -> str:
    """
    Write judged questions one a line, for ``andian eval`` and for another machine's import.

    :returns: Lines ``{"id", "query", "relevant", "wrong"}``; questions without a right answer are left out.
    """
    lines = []
    for number, (query, group) in enumerate(by_question(judgements).items(), 1):
        relevant, wrong = ([j.target for j in group if j.verdict is v] for v in Verdict)
        if relevant:
            line = {"id": f"gold-{number}", "query": query, "relevant": relevant, "wrong": wrong}
            lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return "".join(lines)


def taken_back_html(judgement: Judgement) -> str:
    """:returns: A line that says what was taken back, with the button that restores it."""
    return (
        f'<p class="lb lb-done" role="status">已删去：“{escape(judgement.query)}”的 {escape(judgement.target)} '
        f"{_button(judgement, 'restore', '撤销')}</p>"
    )


def _question(query: str, group: Sequence[Judgement]) -> str:
    items = "".join(
        f'<li class="jd-{j.verdict.value}"><span>{_NAMES[j.verdict]}</span> {escape(j.target)} '
        f"{_button(j, 'drop', '删去')}</li>"
        for j in group
    )
    link = f"hits?q={quote(query, safe='')}"
    return f'<div class="jd"><h3><a href="{link}">{escape(query)}</a></h3><ul>{items}</ul></div>'


def _button(judgement: Judgement, event: str, name: str) -> str:
    return (
        f'<button type="button" data-do="{event}" data-query="{escape(judgement.query)}" '
        f'data-target="{escape(judgement.target)}" data-verdict="{judgement.verdict.value}" '
        f'aria-label="{name} {escape(judgement.target)}">{name}</button>'
    )
