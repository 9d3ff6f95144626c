"""Questions of all seven types: one of each, and any that the model allows."""

from typing import Any

from hypothesis import strategies as st

from kb.bank.question import BLANK, LETTERS, QUESTION, Question

COMMON: dict[str, Any] = {
    "id": "q-huanjie-001", "topic": "换届", "difficulty": 2, "region": "上海", "department": "房办", "status": "draft",
    "stem": "业委会几日内组建", "explanation": "先组建再公告", "refs": ["民法典第二百七十八条", "测试法第一条"],
}  # fmt: skip
OPTIONS = ["三十日", "十五日", "六十日", "九十日"]


def point(n: int, weight: int, **more: Any) -> dict[str, Any]:
    return {
        "text": f"第{n}点",
        "weight": weight,
        "dimension": "L",
        "refs": [],
        "accept": [f"写到{n}"],
        **more,
    }


TYPED: dict[str, dict[str, Any]] = {
    "single": {"options": OPTIONS, "answer": "D"},
    "multiple": {"options": [*OPTIONS, "百日"], "answer": ["A", "E"]},
    "truefalse": {"answer": False},
    "fill": {"stem": "先 ____ 再 ____ 。", "answer": [["组建", "成立"], ["公告"]]},
    "ordering": {"options": OPTIONS, "answer": ["C", "A", "D", "B"]},
    "short": {"answer": "范文", "points": [point(1, 60, refs=["测试法第二条"]), point(2, 40)]},
    "case": {"answer": "范文\n第二段", "points": [point(n, 25) for n in range(1, 5)]},
}


def make(kind: str = "single", **fields: Any) -> Question:
    """:returns: A question of a type."""
    question: Question = QUESTION.validate_python({**COMMON, **TYPED[kind], **fields, "type": kind})
    return question


EACH = [make(kind, id=f"q-a-00{n}") for n, kind in enumerate(TYPED, start=1)]

_CHARACTERS = st.one_of(
    st.sampled_from(list("~=#{}:：；;\\%<>&\"'/*[]()-+@_ \t\n\r,，→。甲乙丙丁1nA")),
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
)
texts = st.one_of(
    st.text(_CHARACTERS, min_size=1, max_size=24),
    st.sampled_from(
        [
            "=1+1",
            "%50%半",
            "// 注",
            "a -> 3",
            "::x::",
            "{1:SHORTANSWER:=x}",
            "得分点：假的",
            "####",
            "\\n",
            "&#123;",
            "<br>",
            "$CATEGORY: x",
            "[tag:主题：假]",
            "T",
            "\x85甲\u2028乙",
            "TRUE",
            "_x000D_",
            "#2",
        ]
    ),  # fmt: skip
).filter(lambda text: bool(text.strip()))
_references = st.lists(
    st.sampled_from(["民法典第二百七十八条", "测试法第一条第二款", "上海市某规定第3条", "甲；乙法第五条"]),
    min_size=1, max_size=3,
)  # fmt: skip
_distinct = {"unique_by": str.strip}


@st.composite
def questions(draw: st.DrawFn, kind: str) -> Question:
    """Any question of a type."""
    fields: dict[str, Any] = {
        "id": draw(st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)),
        "topic": draw(texts),
        "difficulty": draw(st.integers(1, 5)),
        "region": draw(texts),
        "department": draw(st.sampled_from(["党建办", "自治办", "司法所", "房办", "律师"])),
        "status": draw(st.sampled_from(["draft", "active", "retired"])),
        "stem": draw(texts),
        "explanation": draw(texts),
        "refs": draw(_references),
    }
    return make(kind, **fields | draw(_OWN[kind]))


@st.composite
def _choices(draw: st.DrawFn, most: int, single: bool) -> dict[str, Any]:
    options = draw(st.lists(texts.map(_portable), min_size=4, max_size=most, unique_by=str.strip))
    letters = list(LETTERS[: len(options)])
    chosen = (
        st.sampled_from(letters) if single else st.lists(st.sampled_from(letters), min_size=1, unique=True)
    )
    return {"options": options, "answer": draw(chosen)}


@st.composite
def _blanks(draw: st.DrawFn) -> dict[str, Any]:
    pieces = [piece.replace("_", "＿") for piece in draw(st.lists(texts, min_size=2, max_size=4))]
    answer = st.lists(
        st.lists(texts, min_size=1, max_size=3), min_size=len(pieces) - 1, max_size=len(pieces) - 1
    )
    return {"stem": BLANK.join(pieces), "answer": draw(answer)}


@st.composite
def _steps(draw: st.DrawFn) -> dict[str, Any]:
    options = draw(st.lists(texts.map(_portable), min_size=3, max_size=8, unique_by=str.strip))
    letters = list(LETTERS[: len(options)])
    return {"options": options, "answer": draw(st.permutations(letters).filter(lambda p: list(p) != letters))}


@st.composite
def _written(draw: st.DrawFn, least: int, most: int) -> dict[str, Any]:
    cuts = sorted(draw(st.sets(st.integers(1, 99), min_size=least - 1, max_size=most - 1)))
    weights = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    points = [
        {
            "text": draw(texts), "weight": weight, "dimension": draw(st.sampled_from("PLCD")),
            "refs": draw(st.one_of(st.just([]), _references)),
            "accept": draw(st.lists(texts, min_size=1, max_size=3)),
        }
        for weight in weights
    ]  # fmt: skip
    return {"answer": draw(texts), "points": points}


def _portable(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


_OWN = {
    "single": _choices(4, True), "multiple": _choices(6, False),
    "truefalse": st.fixed_dictionaries({"answer": st.booleans()}), "fill": _blanks(), "ordering": _steps(),
    "short": _written(2, 4), "case": _written(4, 6),
}  # fmt: skip
