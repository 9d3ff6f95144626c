from hypothesis import given
from hypothesis import strategies as st

from kb.minhash import candidates, grams, jaccard


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_likeness_is_symmetric_and_one_only_for_the_same_grams(one: str, other: str) -> None:
    a, b = grams(one), grams(other)
    assert jaccard(a, b) == jaccard(b, a)
    assert (jaccard(a, b) == 1) == (a == b)
    assert list(candidates([a, a])) == [(0, 1)]


def test_texts_that_share_a_third_of_their_grams_become_candidates() -> None:
    base = [chr(0x4E00 + n) for n in range(900)]
    sets = [grams("".join(base[:200] + base[n * 100 : n * 100 + 200])) for n in range(2, 7)]
    expected = {(i, j) for i in range(5) for j in range(i + 1, 5) if jaccard(sets[i], sets[j]) >= 0.3}
    assert expected <= set(candidates(sets))
