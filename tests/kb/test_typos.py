import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lexicon import Lexicon, corpus_folder, load_lexicon


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("物业飞太贵", "物业费太贵"),
        ("有人群阻怎么办", "有人群租怎么办"),
        ("能不能砸承重强", "能不能砸承重墙"),
        ("楼道对物谁来清", "楼道堆物谁来清"),
        ("楼道对物品", "楼道堆物品"),
        ("信防范围", "信访范围"),
        ("文明养全", "文明养犬"),
        ("物业飞县充电", "物业飞线充电"),
        ("专向维修资近", "专项维修资金"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert load_lexicon().corrected(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "物业飞线充电",
        "人群阻拦施工",
        "承重强度不够",
        "楼道对物业有意见",
        "短信防骗",
        "营养全面",
        "公共受益人",
    ],
)
def test_a_slip_inside_real_words_is_none(text: str) -> None:
    assert load_lexicon().corrected(text) == text


def test_a_word_within_a_slip_does_not_spare_it_and_one_beside_it_neither() -> None:
    lexicon = Lexicon(frozenset(), (), {}, {}, {"物业飞": "物业费"}, frozenset({"物业", "飞线", "涨价"}))
    assert lexicon.corrected("物业飞涨价") == "物业费涨价"
    assert lexicon.corrected("物业飞和物业飞线") == "物业费和物业飞线"


def test_without_exceptions_every_slip_is_put_right() -> None:
    assert Lexicon(frozenset(), (), {}, {}, {"养全": "养犬"}).corrected("营养全面") == "营养犬面"


def pieces() -> st.SearchStrategy[str]:
    lexicon = load_lexicon()
    slips = sorted(lexicon.typos)
    parts = {slip[:cut] for slip in slips for cut in (1, -1)} | {
        slip[cut:] for slip in slips for cut in (1, -1)
    }
    return st.sampled_from([*slips, *sorted({*lexicon.typos.values(), *lexicon.typo_exceptions, *parts})])


@given(st.lists(pieces(), max_size=6).map("".join))
def test_correcting_twice_is_correcting_once(text: str) -> None:
    once = load_lexicon().corrected(text)
    assert load_lexicon().corrected(once) == once


def test_terms_and_the_shipped_texts_are_left_alone() -> None:
    lexicon = load_lexicon()
    pages = (page.read_text(encoding="utf-8") for page in corpus_folder().rglob("*.md"))
    assert [text for text in (*lexicon.terms, *pages) if lexicon.corrected(text) != text] == []


def test_corrections_come_to_an_end() -> None:
    """A character put right is never itself the wrong one of another slip."""
    pairs = [(s, m) for s, m in load_lexicon().typos.items() if len(s) == len(m)]
    changes = [(wrong, right) for s, m in pairs for wrong, right in zip(s, m, strict=True) if wrong != right]
    assert {right for _, right in changes} & {wrong for wrong, _ in changes} == set()
