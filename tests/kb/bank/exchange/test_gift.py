"""GIFT of other programs, and what is wrong with a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.bank.exchange.gift_read import read_gift
from kb.bank.exchange.gift_write import write_gift
from kb.bank.exchange.record import Defaults
from kb.errors import UnreadableFile
from tests.kb.bank.exchange.samples import EACH, make

NOTES = "// [tag:主题：换届] [tag:难度：2] [tag:部门：房办] [tag:依据：测试法第一条]\n"


def one(body: str) -> dict:
    read = read_gift((NOTES + body).encode(), "q.gift")
    assert read.problems == ()
    ((_, question),) = read.questions
    return question.model_dump()


def problem(body: str) -> tuple[int, str, str]:
    read = read_gift((NOTES + body).encode(), "q.gift")
    assert read.questions == ()
    (found,) = read.problems
    return found.place, found.column, found.message


def test_choices_of_other_programs() -> None:
    question = one("::题::几日{=三十日#对 ~十五日#错 ~六十日 ~九十日 #### 三十日}")
    assert (question["type"], question["options"], question["answer"]) == (
        "single", ["三十日", "十五日", "六十日", "九十日"], "A",
    )  # fmt: skip
    assert (question["explanation"], question["region"]) == ("三十日", "全国")
    question = one("[html]<p>哪些&amp;<b>几项</b></p>{~%50%甲 ~%50%乙 ~%-100%丙 ~丁####因为}")
    assert (question["type"], question["stem"], question["answer"]) == ("multiple", "哪些&几项", ["A", "B"])


@pytest.mark.parametrize(("mark", "answer"), [("T", True), ("FALSE#错了", False), (" f ", False)])
def test_true_and_false(mark: str, answer: bool) -> None:
    assert one(f"狗要牵绳{{{mark}####因为}}")["answer"] is answer


def test_a_missing_word_becomes_a_blank() -> None:
    question = one("遛狗要{=牵绳 =系绳 ####规定}才行")
    assert (question["stem"], question["answer"]) == ("遛狗要____才行", [["牵绳", "系绳"]])
    assert one("遛狗要{=牵绳####规定}")["stem"] == "遛狗要____"


def test_a_matching_of_places_is_an_ordering() -> None:
    question = one("排一排{\n=公告 -> 2\n=组建 -> 1\n=备案 -> 3\n####先组建}")
    assert (question["options"], question["answer"]) == (["公告", "组建", "备案"], ["B", "A", "C"])


_scraps = st.lists(
    st.one_of(
        st.sampled_from(
            ["{", "}", "=", "~", "->", "####", "::", "\\", "\n\n", "// ", "[tag:主题：", "%50%", "T"]
        ),
        st.text(max_size=4),
    )
).map("".join)


@given(_scraps)
def test_any_text_is_read_or_told_wrong_and_never_fails(text: str) -> None:
    read = read_gift(text.encode("utf-8", "ignore"), "q.gift", Defaults("换届", 1, "房办"))
    assert all(problem.message and problem.place >= 1 for problem in read.problems)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("配一配{=猫 -> 喵 =狗 -> 汪 =牛 -> 哞}", "配对题不在题型之内"),
        ("几日{#30}", "数值题不在题型之内"),
        ("只是一段话", "没有用 { } 写出答案"),
        ("几日{=三十日 =一个月 ~六十日 ~九十日}", "单选"),
    ],
)
def test_what_our_types_do_not_hold_is_told_with_its_line(body: str, message: str) -> None:
    place, column, told = problem(body)
    if "单选" in message:
        assert place == 2
        return
    assert (place, column) == (2, "答案")
    assert message in told


def test_what_the_file_does_not_say_is_named_or_taken_from_the_defaults() -> None:
    text = "// 别处来的题\n\n$CATEGORY: 换届\n\n狗要牵绳{T####因为}\n\n猫要牵绳{F}\n".encode()
    read = read_gift(text, "q.gift")
    assert [(p.place, p.column) for p in read.problems] == [
        *((5, name) for name in ("主题", "难度", "供题部门", "依据")),
        *((7, name) for name in ("主题", "难度", "供题部门", "解析", "依据")),
    ]
    filled = read_gift(text, "q.gift", Defaults("养犬", 1, "律师"))
    assert [(p.place, p.column) for p in filled.problems] == [(5, "依据"), (7, "解析"), (7, "依据")]
    assert filled.unnamed == {5, 7}


def test_the_file_is_gift_that_others_read() -> None:
    text = write_gift(EACH).decode()
    assert "// [id:q-a-001] [tag:主题：换届]" in text
    assert (
        "::q-a-001::[plain]业委会几日内组建{\n\t~三十日\n\t~十五日\n\t~六十日\n\t=九十日\n\t####先组建再公告\n}"
        in text
    )
    assert "\t~%50.00000%三十日\n\t~%-100%十五日" in text
    assert "\t=三十日 -> 2" in text
    assert "// 填空：组建；成立\n// 填空：公告\n" in text
    assert "// 参考答案：范文\\n第二段\n// 得分点：第1点\n// 权重：25\n// 维度：L\n// 认可：写到1\n" in text


def test_marks_in_texts_are_escaped() -> None:
    text = write_gift([make(stem="a=b~c#d{e}f:g\\h\ni")]).decode()
    assert r"[plain]a\=b\~c\#d\{e\}f\:g\\h\ni{" in text


@pytest.mark.parametrize(
    ("data", "message"),
    [("题".encode("gb18030"), "不是 UTF-8"), (b"0" * (10 * 1024 * 1024 + 1), "超过 10 MB")],
)
def test_files_that_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read_gift(data, "q.gift")
