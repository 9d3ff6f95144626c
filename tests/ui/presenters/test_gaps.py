from datetime import datetime

from kb.judging.gaps import Gap, Handled, How, Reason
from tests.ui.library_samples import CASES, HOSTILE
from ui.presenters.gaps import candidates_html, cases_markdown, chosen_html, gaps_html, handled_html
from ui.services import Services

DAY = datetime(2026, 1, 2)


def handled(how: How, *texts: str, detail: tuple[str, ...] = ()) -> Handled:
    return Handled(7, texts, how, detail, DAY)


def test_a_gap_shows_why_how_often_and_in_which_words() -> None:
    gap = Gap(("修缮款", "大修钱"), 3, DAY, (Reason.MISSED, Reason.WEAK), How.CASE)
    html = gaps_html([gap], logged=True)
    for part in (
        "待处理 1 组",
        "访客说没有找到",
        "结果不太相关",
        "3 次",
        "2026-01-02",
        "也问过：大修钱",
        "处理过（要写案例）",
    ):
        assert part in html
    assert 'data-do="handle" data-value="修缮款"' in html


def test_an_empty_list_says_if_nothing_is_noted() -> None:
    assert "log_searches" in gaps_html([], logged=False)
    assert "log_searches" not in gaps_html([], logged=True)


def test_what_was_done_can_be_undone() -> None:
    html = handled_html([handled(How.SYNONYM, "修缮款怎么动", detail=("维修资金", "修缮款"))])
    assert "加了说法" in html
    assert "维修资金 ＝ 修缮款" in html
    assert 'data-do="undo" data-value="7"' in html
    assert "还没有处理过" in handled_html([])


def test_cases_to_write_are_a_list() -> None:
    done = [handled(How.CASE, "甲", "乙"), handled(How.IGNORED, "丙")]
    assert cases_markdown(done) == "# 要写的案例\n\n- [ ] 甲（也问过：乙）\n"
    assert "（没有）" in cases_markdown([])


def test_passages_are_offered_by_reference_or_title(services: Services) -> None:
    document = services.library.document(CASES[0].id)
    passage = services.library.passages_by_id(document.passage_ids)[document.passage_ids[0]]
    html = candidates_html([(CASES[0].id, document, passage), ("民法典第二百七十八条", document, passage)])
    assert f'data-value="{CASES[0].id}">{CASES[0].title}</button>' in html
    assert ">民法典第二百七十八条</button>" in html
    assert "没有查到" in candidates_html([])


def test_hostile_text_is_escaped() -> None:
    gap = Gap((HOSTILE, HOSTILE + "二"), 1, DAY, (Reason.NOTHING,))
    pages = [
        gaps_html([gap], logged=True),
        chosen_html([HOSTILE]),
        handled_html([handled(How.LINK, HOSTILE, detail=(HOSTILE,))]),
    ]
    for html in pages:
        assert "<script" not in html
        assert "<img" not in html
