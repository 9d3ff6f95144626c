"""Runs of characters in common with other people's texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.corpus_check.copying import RUN, _codes, _rolling, check_copying
from tests.ingest.corpus_check.conftest import Checker
from tests.ingest.corpus_check.samples import bank, case, question

SOURCE = "业主大会会议可以采用集体讨论的形式也可以采用书面征求意见的形式但是应当有物业管理区域内的业主参加"
RUN_20, RUN_19 = SOURCE[3 : 3 + RUN], SOURCE[3 : 2 + RUN]


def test_twenty_characters_are_copied_and_nineteen_are_chance(checked: Checker) -> None:
    texts = {"data/某法.txt": SOURCE}
    assert checked(check_copying, {"a.md": case(f"甲{RUN_19}乙。")}, texts=texts) == []
    assert checked(check_copying, {"a.md": case(f"好。\n甲{RUN_20}乙。")}, texts=texts) == [
        ("a.md", 10, f"连续 20 字与 某法.txt 相同：“{RUN_20}”；请改写")
    ]


@pytest.mark.parametrize("changed", ["，".join(RUN_20), RUN_20[:9] + "\n" + RUN_20[9:]])
def test_punctuation_and_line_ends_do_not_hide_it(checked: Checker, changed: str) -> None:
    assert len(checked(check_copying, {"a.md": case(f"甲{changed}乙。")}, texts={"某法.txt": SOURCE})) == 1


def test_a_longer_run_is_one_finding_with_its_length(checked: Checker) -> None:
    ((_, line, message),) = checked(
        check_copying, {"q.yaml": bank(question(stem=SOURCE))}, texts={"某法.md": SOURCE}
    )
    assert line == 9
    assert message.startswith(f"连续 {len(SOURCE)} 字")


def test_references_long_titles_and_listed_phrases_do_not_count(checked: Checker) -> None:
    title = "最高人民法院关于审理各种小区纠纷案件的解释"
    refs = "测试法第一条第二款、测试法第二条第一款、测试法第一条"
    body = f"{refs}与{title}和{RUN_20}"
    phrases = f"phrases:\n  - {{text: {RUN_20}, why: 固定说法}}\n"
    from tests.ingest.corpus_check.conftest import LAWS, make_law

    texts = {"某法.txt": body}
    laws = (*LAWS, make_law(title, "一。"))
    assert checked(check_copying, {"a.md": case(body), "p.yaml": phrases}, texts=texts, laws=laws) == []
    assert len(checked(check_copying, {"a.md": case(body), "p.yaml": "phrases: []\n"}, texts=texts)) == 1


def test_facts_of_the_front_matter_are_not_sentences(checked: Checker) -> None:
    text = case("正文。", issuer=SOURCE[:30])
    assert checked(check_copying, {"a.md": text}, texts={"某法.txt": SOURCE}) == []
    assert (
        len(checked(check_copying, {"a.md": case("正文。", title=SOURCE[:30])}, texts={"某法.txt": SOURCE}))
        == 1
    )


def test_without_other_peoples_texts_there_is_nothing_to_compare(checked: Checker) -> None:
    assert checked(check_copying, {"a.md": case(SOURCE)}) == []


@settings(max_examples=60)
@given(
    st.text(alphabet="甲乙丙丁", min_size=0, max_size=60),
    st.text(alphabet="甲乙丙丁", min_size=0, max_size=60),
)
def test_hashes_agree_exactly_where_the_characters_do(one: str, other: str) -> None:
    windows = [[text[i : i + RUN] for i in range(len(text) - RUN + 1)] for text in (one, other)]
    hashes = [_rolling(_codes(text)).tolist() for text in (one, other)]
    assert list(map(len, hashes)) == list(map(len, windows))
    assert all(
        (a == b) == (x == y)
        for a, x in zip(windows[0], hashes[0], strict=True)
        for b, y in zip(windows[1], hashes[1], strict=True)
    )
