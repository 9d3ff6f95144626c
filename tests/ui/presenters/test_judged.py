import json
from datetime import datetime

from kb.judging.judgements import Judgement, Verdict
from ui.presenters.judged import jsonl, judged_html, taken_back_html

DAY = datetime(2026, 1, 1)


def judgement(query: str, target: str, right: bool = True) -> Judgement:
    return Judgement(query, target, Verdict.RIGHT if right else Verdict.WRONG, DAY)


SAVED = [
    judgement("一", "甲"),
    judgement("二", "乙", False),
    judgement("一", "丙", False),
    judgement("<b>", '"丁'),
]


def test_the_list_counts_and_shows_the_latest_question_first() -> None:
    html = judged_html(SAVED)
    assert "3 个问题，4 个判断；有正确答案、可以评测的 2 个" in html
    assert html.index("二") < html.index('<a href="hits?q=%E4%B8%80">一')
    assert "&lt;b&gt;" in html
    assert 'data-target="&quot;丁"' in html


def test_an_empty_list_says_where_to_begin() -> None:
    assert "还没有标注" in judged_html([])


def test_the_file_holds_what_can_be_evaluated() -> None:
    lines = [json.loads(line) for line in jsonl(SAVED).splitlines()]
    assert lines == [
        {"id": "gold-1", "query": "一", "relevant": ["甲"], "wrong": ["丙"]},
        {"id": "gold-3", "query": "<b>", "relevant": ['"丁'], "wrong": []},
    ]


def test_what_was_taken_back_can_be_restored() -> None:
    html = taken_back_html(SAVED[2])
    assert 'data-do="restore"' in html
    assert 'data-verdict="wrong"' in html
