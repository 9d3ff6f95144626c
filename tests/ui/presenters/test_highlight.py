from hypothesis import given
from hypothesis import strategies as st

from ui.presenters.highlight import best_window, snippet
from ui.presenters.marking import marker

FILLER = "本款另有规定的除外"


def test_short_text_is_shown_whole() -> None:
    assert snippet("业主共同决定", marker(["业主"])) == "<mark>业主</mark>共同决定"


def test_window_holds_the_densest_matches() -> None:
    text = "业主。" + FILLER * 30 + "。维修资金由业主共同决定。" + FILLER * 30
    start, end = best_window(text, marker(["业主", "维修资金"]))
    assert "维修资金由业主共同决定" in text[start:end]
    assert end - start == 120


def test_different_words_count_more_than_repetition() -> None:
    text = "业主业主业主业主。" + FILLER * 30 + "。业主动用维修资金。" + FILLER * 30
    start, end = best_window(text, marker(["业主", "维修资金"]))
    assert "维修资金" in text[start:end]


def test_window_begins_with_the_sentence_of_the_match() -> None:
    text = FILLER * 30 + "。决定动用维修资金。" + FILLER * 30
    assert snippet(text, marker(["维修资金"])).startswith("…决定动用<mark>维修资金</mark>")


def test_without_matches_the_text_begins_at_its_beginning() -> None:
    shown = snippet(FILLER * 30, marker(["业主"]))
    assert shown == (FILLER * 30)[:120] + "…"


def test_text_and_matches_are_escaped() -> None:
    shown = snippet('<script>"a"</script>&业主', marker(["<script>"]))
    assert shown == "<mark>&lt;script&gt;</mark>&quot;a&quot;&lt;/script&gt;&amp;业主"


@given(
    st.text(alphabet="业主维修资金。\n<>&a ", max_size=400),
    st.lists(st.text(alphabet="业主维修资金<", max_size=3), max_size=4),
)
def test_window_lies_in_the_text_and_nothing_escapes_unescaped(text: str, words: list[str]) -> None:
    pattern = marker(words)
    start, end = best_window(text, pattern)
    assert 0 <= start <= end <= len(text)
    assert end - start == min(len(text), 120)
    bare = snippet(text, pattern).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
