from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kb.judging.gaps import WEAK_SCORE, Gap, Handled, How, Reason, open_gaps, reason
from kb.judging.searches import Search

DAY = datetime(2026, 1, 1)
GOOD = Search("电梯", "", 5, 0.9, opened=False, missed=False, at=DAY)


def search(text: str, day: int = 0, **changes: object) -> Search:
    return replace(GOOD, text=text, at=DAY + timedelta(days=day), **{"hits": 0, "top_score": None} | changes)


def gaps(searches: list[Search], handled: list[Handled] | None = None) -> list[Gap]:
    return open_gaps(searches, handled or [], str.split)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"hits": 0, "top_score": None}, Reason.NOTHING),
        ({"top_score": WEAK_SCORE - 0.01}, Reason.WEAK),
        ({"top_score": WEAK_SCORE}, None),
        ({"top_score": None}, None),
        ({"top_score": 0.1, "opened": True}, None),
        ({"missed": True, "opened": True}, Reason.MISSED),
        ({"missed": True, "hits": 0}, Reason.MISSED),
    ],
)
def test_why_a_search_counts_as_unanswered(changes: dict[str, object], expected: Reason | None) -> None:
    assert reason(replace(GOOD, **changes)) is expected


def test_answered_searches_are_no_gap() -> None:
    assert gaps([GOOD]) == []


def test_like_wordings_are_one_gap_led_by_the_most_frequent() -> None:
    found = gaps([search("修缮款 动用"), search("修缮款", 1), search("修缮款", 2, missed=True)])
    assert found == [
        Gap(("修缮款", "修缮款 动用"), 3, DAY + timedelta(days=2), (Reason.MISSED, Reason.NOTHING))
    ]


def test_the_gravest_then_the_most_frequent_come_first() -> None:
    weak = {"hits": 3, "top_score": 0.1}
    found = gaps(
        [
            search("弱", **weak),
            search("弱", **weak),
            search("无"),
            search("多"),
            search("多"),
            search("诉", missed=True),
        ]
    )
    assert [gap.texts[0] for gap in found] == ["诉", "多", "无", "弱"]


def test_what_was_dealt_with_comes_back_only_when_searched_in_vain_again() -> None:
    done = Handled(1, ("修缮款",), How.SYNONYM, ("维修资金", "修缮款"), DAY + timedelta(days=3))
    before, after = search("修缮款", 2), search("修缮款", 4)
    assert gaps([before], [done]) == []
    (again,) = gaps([before, after], [done])
    assert (again.count, again.before) == (1, How.SYNONYM)
