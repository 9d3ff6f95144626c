from hypothesis import given
from hypothesis import strategies as st

from kb.bank.duplicates import Duplicates, Likeness, wording
from kb.minhash import grams, jaccard
from tests.kb.bank.exchange.samples import OPTIONS, make

LONG = "小区业委会任期届满前多久应当书面报告街道办事处"


def test_a_question_in_nearly_the_same_words_is_found_the_nearest_first() -> None:
    same, near, other = (
        make("truefalse", id=one, stem=stem)
        for one, stem in (("q-same", LONG), ("q-near", LONG + "和居委会"), ("q-other", "遛狗要牵绳"))
    )
    known = Duplicates([other, near, same])
    found = known.like(make("truefalse", id="q-new", stem=LONG))
    assert [one.id for one in found] == ["q-same", "q-near"]
    assert found[0] == Likeness("q-same", 1.0)
    assert 0.4 <= found[1].share < 1


def test_the_order_of_options_does_not_hide_a_copy() -> None:
    known = Duplicates([make(id="q-a", options=OPTIONS)])
    assert [one.id for one in known.like(make(id="q-b", options=OPTIONS[::-1]))] == ["q-a"]


def test_a_question_is_not_its_own_duplicate_and_a_new_wording_replaces_the_old() -> None:
    known = Duplicates([make("truefalse", id="q-a", stem=LONG)])
    assert known.like(make("truefalse", id="q-a", stem=LONG)) == []
    known.add(make("truefalse", id="q-a", stem="遛狗要牵绳"))
    assert known.like(make("truefalse", id="q-b", stem=LONG)) == []


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=12), min_size=1, max_size=8), st.floats(0.01, 1))
def test_exactly_those_that_share_enough_are_found(stems: list[str], least: float) -> None:
    bank = [make("truefalse", id=f"q-{n}", stem=stem) for n, stem in enumerate(stems)]
    new = make("truefalse", id="q-new", stem="甲乙丙甲乙")
    expected = {q.id for q in bank if jaccard(grams(wording(q)), grams(wording(new))) >= least}
    assert {one.id for one in Duplicates(bank).like(new, least)} == expected
