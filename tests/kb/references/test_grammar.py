"""Numbers of provisions, in lists and ranges."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.references.find import find_references
from kb.references.grammar import QUERY, TEXT, plain, read_numbers
from kb.references.in_query import read_query
from kb.references.law_names import law_names
from kb.references.reference import Reference

NAMES = law_names(
    [("中华人民共和国刑法", ()), ("最高人民法院关于适用《中华人民共和国民法典》的解释（一）", ())]
)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    article, suffix = draw(st.integers(1, 1300)), draw(st.none() | st.integers(1, 9))
    law = draw(st.sampled_from(sorted(set(NAMES.values()))))
    if draw(st.booleans()):
        last, last_suffix = draw(st.integers(article, 1400)), draw(st.none() | st.integers(1, 9))
        if (last, last_suffix or 0) > (article, suffix or 0):
            return Reference(law, article, suffix, last=last, last_suffix=last_suffix)
    paragraph, item = draw(st.none() | st.integers(1, 9)), draw(st.none() | st.integers(1, 20))
    return Reference(law, article, suffix, paragraph, item)


@given(st.lists(references(), min_size=1, max_size=4))
def test_what_is_written_is_read_again(written: list[Reference]) -> None:
    text = "；".join(map(str, written))
    assert [m.reference for m in find_references(text, NAMES)] == written
    assert read_query(text, NAMES).references == tuple(dict.fromkeys(written))


@given(references())
def test_the_script_of_the_numbers_does_not_count(written: Reference) -> None:
    suffix = f"之{written.suffix}" if written.suffix else ""
    paragraph = f"第{written.paragraph}款" if written.paragraph else ""
    item = f"第{written.item}项" if written.item else ""
    last = f"-第{written.last}条" if written.last else ""
    if written.last and written.last_suffix:
        last += f"之{written.last_suffix}"
    text = f"《{written.law}》{written.article}条{suffix}{paragraph}{item}{last}"
    wide = text.translate(str.maketrans("0123456789-", "０１２３４５６７８９～"))
    for spelling in (text, wide):
        assert [m.reference for m in find_references(spelling, NAMES)] == [written]
        assert read_query(spelling, NAMES).references == (written,)


@given(st.text(alphabet="刑法第一二百0９条款项（）()《》〈〉、，至到和-~.之的本 \n年", max_size=80))
def test_any_text_is_read_without_error_and_in_order(text: str) -> None:
    for grammar in (TEXT, QUERY):
        for head in grammar.head.finditer(plain(text)):
            try:
                found = read_numbers(plain(text), head, grammar)
            except ValueError:
                continue
            assert all(n.start < n.end for n in found)
            assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    asked = read_query(text, NAMES)
    assert asked.only == (bool(asked.references) and not asked.rest)


@pytest.mark.parametrize(
    "part",
    [
        "一", "1", "第", "第一", "一、", "第一、", "（一）", "第一条", "第一条之一、", "刑法第一条、", "《", "〈刑法〉", "（2020", " ",
        "中华人民共和国", "刑法1-", "（以下简称", "（以下简称《条例》）", "条例", "《刑法》（2020年修正）", "1.1", "法和", "依据",
    ],
)  # fmt: skip
@pytest.mark.parametrize("tail", ["", "x", "条", "刑法第二条"])
def test_twenty_thousand_hostile_characters_are_read_in_a_moment(part: str, tail: str) -> None:
    text = (part * 20_000)[:20_000] + tail
    started = time.process_time()
    list(find_references(text, NAMES, "刑法"))
    read_query(text, NAMES)
    assert time.process_time() - started < 3
