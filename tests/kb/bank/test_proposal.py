"""Proposals for written answers: what counts, what must not, and the bounds that always hold."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.bank.likeness import Vectors
from kb.bank.proposal import LONGEST_ANSWER, Proposal, Proposer, Standing
from kb.bank.question import QUESTION, Short
from kb.bank.wordings import Wording, Wordings
from kb.errors import InputError
from kb.segment import Segmenter

HIT, PARTLY, MISSED = Standing.HIT, Standing.PARTLY, Standing.MISSED
QUESTION_TEXT = "街坊说主任不干活，要求书记当场换人，还有人想锁住会议室的门。书记怎么处理？"
POINTS = [
    ("书记不得任命业委会主任", "不得任命", 30),
    ("业主大会表决，三分之二参与", "业主大会表决", 30),
    ("结果公布，会议记录存档", "公布", 40),
]
COMMON = {
    "id": "q-huanjie-001", "topic": "换届", "difficulty": 2, "region": "上海", "department": "房办", "status": "active",
    "explanation": "因为", "refs": ["民法典第二百七十八条"], "type": "short", "answer": "范文",
}  # fmt: skip
WORDINGS = Wordings([Wording(term="公布", others=["张榜", "贴出来"]), Wording(term="表决", others=["投票"])])


@pytest.fixture(scope="module")
def question() -> Short:
    points = [
        {"text": text, "weight": weight, "dimension": "L", "accept": [accept]}
        for text, accept, weight in POINTS
    ]
    made = QUESTION.validate_python({**COMMON, "stem": QUESTION_TEXT, "points": points})
    assert isinstance(made, Short)
    return made


@pytest.fixture(scope="module")
def proposer() -> Proposer:
    return Proposer(Segmenter(["业主大会", "业委会"]), WORDINGS)


def standings(proposal: Proposal) -> list[Standing]:
    return [point.standing for point in proposal.points]


def test_a_full_answer_earns_everything(proposer: Proposer, question: Short) -> None:
    answer = "书记不能任命业委会主任。由业主大会投票，2/3参与才行。结果贴出来，会议记录存档。"
    proposal = proposer.propose(question, answer)
    assert standings(proposal) == [HIT, HIT, HIT]
    assert proposal.score == 1


def test_the_words_that_show_a_point_are_named(proposer: Proposer, question: Short) -> None:
    answer = "大家辛苦了。结果张榜，会议记录存档。"
    shown = proposer.propose(question, answer).points[2].words
    assert [answer[s.start : s.end] for s in shown] == ["结果张榜", "会议记录存档"]


@pytest.mark.parametrize(
    "answer", ["", " \n", "。，！", QUESTION_TEXT, "今天天气很好，适合去公园跑步。", "书记"]
)
def test_what_says_nothing_earns_nothing(proposer: Proposer, question: Short, answer: str) -> None:
    proposal = proposer.propose(question, answer)
    assert standings(proposal) == [MISSED] * 3
    assert proposal.score == 0
    assert all(point.words == () for point in proposal.points)


@pytest.mark.parametrize(
    "answer", ["书记可以直接任命业委会主任。", "书记有权任命业委会主任", "应当由书记任命业委会主任"]
)
def test_the_opposite_does_not_count(proposer: Proposer, question: Short, answer: str) -> None:
    point = proposer.propose(question, answer).points[0]
    assert point.standing is MISSED
    assert [answer[s.start : s.end] for s in point.against] == [answer.rstrip("。")]


def test_a_demand_that_is_waived_does_not_count(proposer: Proposer, question: Short) -> None:
    assert proposer.propose(question, "不用业主大会表决，也不必投票。").points[1].standing is MISSED


@pytest.mark.parametrize("figure", ["2/3", "三分之二", "２／３"])
def test_a_figure_counts_in_any_script(proposer: Proposer, question: Short, figure: str) -> None:
    right = proposer.propose(question, f"业主大会表决，{figure}参与").points[1]
    wrong = proposer.propose(question, "业主大会表决，一半参与").points[1]
    assert right.standing is HIT
    assert right.strength > wrong.strength


def test_half_of_a_point_earns_half(proposer: Proposer, question: Short) -> None:
    proposal = proposer.propose(question, "结果公布。")
    assert standings(proposal) == [MISSED, MISSED, PARTLY]
    assert proposal.score == pytest.approx(0.2)


def test_a_long_answer_is_refused(proposer: Proposer, question: Short) -> None:
    with pytest.raises(InputError, match="一次最多评"):
        proposer.propose(question, "字" * (LONGEST_ANSWER + 1))


class _Synonyms:
    """A model to whom 晒 and 公布, and phrases with them, are one and everything else is unrelated."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0 if "晒出" in text or "公布" in text else 1 + sum(map(ord, text)) % 63] = 1
        return vectors


def test_a_model_finds_what_words_do_not(question: Short) -> None:
    segmenter, answer = Segmenter(["晒出"]), "晒出结果"
    without = Proposer(segmenter, Wordings()).propose(question, answer).points[2]
    with_model = Proposer(segmenter, Wordings(), _Synonyms()).propose(question, answer).points[2]
    assert without.standing is MISSED
    assert with_model.standing is not MISSED


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["书记不得任命主任", "业主大会表决", "不用投票", "三分之二", "公布", "，", "。", "x", "\x1b[31m"]))
       .map("".join))  # fmt: skip
def test_any_answer_stays_in_bounds_and_is_graded_alike_twice(
    question: Short, proposer: Proposer, answer: str
) -> None:
    proposal = proposer.propose(question, answer)
    assert 0 <= proposal.score <= 1
    assert proposal == proposer.propose(question, answer)
    for point in proposal.points:
        spans = [*point.words]
        assert spans == sorted(spans)
        assert all(0 <= s.start < s.end <= len(answer) for s in (*spans, *point.against))
        assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
