import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.segment import STOP_WORDS, Segmenter, bigrams

TERMS = ("业主大会", "首次业主大会", "维修资金", "上海市住宅物业管理规定", "ETC车道", "法")


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(TERMS)


def test_dictionary_terms_stay_whole_and_are_also_split(segmenter):
    words = segmenter.words("首次业主大会动用维修资金")
    assert {"首次业主大会", "业主", "大会", "维修资金", "维修", "资金"} <= set(words)


def test_without_the_dictionary_the_term_is_not_one_word():
    assert "首次业主大会" not in Segmenter().words("首次业主大会")


def test_a_query_and_the_text_it_is_found_in_give_the_same_words(segmenter):
    text = "本小区依照上海市住宅物业管理规定，由业主大会决定动用维修资金。"
    assert set(segmenter.words("上海市住宅物业管理规定 维修资金")) <= set(segmenter.words(text))


@pytest.mark.parametrize("text", ["ＥＴＣ车道", "etc车道", "ETC车道", "Etc车道"])
def test_width_and_case_do_not_count(segmenter, text):
    assert "etc车道" in segmenter.words(text)


def test_punctuation_and_blanks_yield_nothing(segmenter):
    assert segmenter.words("，。！？ \u3000\n—…《》()_") == []
    assert segmenter.words("") == []


def test_positions_fit_the_original_text(segmenter):
    text = "《ＥＴＣ车道》：Ａ座 业主大会！"
    found = {token.word: text[token.start : token.end] for token in segmenter.tokens(text)}
    assert found["etc车道"] == "ＥＴＣ车道"
    assert found["业主大会"] == "业主大会"
    assert found["a"] == "Ａ"


@given(
    st.text(st.sampled_from("业主大会维修资金 ，ＥＴＣetcABC１2İßﬁ\U00020000\n〇"), max_size=40)
    | st.text(max_size=40)
)
@settings(deadline=None)
def test_positions_fit_any_text(segmenter, text):
    for token in segmenter.tokens(text):
        original = text[token.start : token.end]
        assert len(original) == len(token.word)
        assert normalize("NFKC", original).lower() == normalize("NFKC", token.word).lower()


def test_stop_words_are_dropped_from_queries_only(segmenter):
    assert "怎么办" in segmenter.words("维修资金怎么办")
    assert segmenter.query_words("维修资金怎么办") == ["维修", "资金", "维修资金"]


def test_a_query_of_stop_words_keeps_them(segmenter):
    words = segmenter.query_words("怎么办")
    assert words
    assert set(words) <= STOP_WORDS


def test_query_words_come_once_each(segmenter):
    assert segmenter.query_words("维修资金，维修资金") == segmenter.query_words("维修资金")


def test_fingerprint_follows_the_dictionary():
    assert Segmenter(["业主", "大会"]).fingerprint == Segmenter(["大会", "业主", "业主", "法"]).fingerprint
    assert Segmenter(["业主"]).fingerprint != Segmenter(["大会"]).fingerprint
    assert Segmenter(["ETC"]).fingerprint == Segmenter(["ｅｔｃ"]).fingerprint


def test_bigrams_are_pairs_of_neighbouring_characters():
    assert list(bigrams("业主大会，A座 楼")) == ["业主", "主大", "大会"]
    assert list(bigrams("")) == []


def test_threads_share_one_segmenter():
    segmenter = Segmenter(TERMS)
    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _: tuple(segmenter.words("首次业主大会动用维修资金")), range(32)))
    assert len(results) == 1


def test_a_cached_dictionary_gives_the_same_words_and_nothing_reaches_the_shared_folder(tmp_path):
    """Another user could plant a file in the system's temporary folder; jieba would load it."""
    shared = tmp_path / "shared"
    shared.mkdir()
    script = (
        "import sys; from pathlib import Path; from kb.segment import Segmenter\n"
        "cache = Path(sys.argv[1]) if len(sys.argv) > 1 else None\n"
        "print(' '.join(Segmenter(['首次业主大会'], cache).words('首次业主大会动用维修资金')))"
    )
    arguments = [[], [str(tmp_path / "own")], [str(tmp_path / "own")]]
    printed = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script, *some],
            env={
                "TMPDIR": str(shared),
                "TEMP": str(shared),
                "TMP": str(shared),
                "PYTHONPATH": ":".join(sys.path),
            },
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        ).stdout
        for some in arguments
    ]
    assert len(set(printed)) == 1
    assert "首次业主大会" in printed[0].split()
    assert list(shared.iterdir()) == []
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["jieba.cache"]
    assert tempfile.gettempdir() not in (str(shared), str(tmp_path / "own"))


@settings(deadline=None)
@given(st.text())
def test_pieces_joined_are_the_text(segmenter, text):
    assert "".join(segmenter.pieces(text)) == text


def test_pieces_keep_words_whole_and_all_between_them(segmenter):
    assert segmenter.pieces("动用维修资金， ＥＴＣ车道") == ["动用", "维修资金", "，", " ", "ＥＴＣ车道"]
