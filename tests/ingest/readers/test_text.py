import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.text import plausibility, read_text
from kb.errors import UnreadableFile

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
COMMON = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell)).decode(
    "gb2312", "ignore"
)
STATUTE = "第一条　为了规范物业管理活动，维护业主的合法权益，制定本办法。\n（一）1995年3月起施行；"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_encoding_is_found(encoding: str) -> None:
    assert read_text(STATUTE.encode(encoding), "a.txt") == STATUTE


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
def test_common_chinese_survives_every_encoding(encoding: str, data: st.DataObject) -> None:
    letters = st.sampled_from(COMMON + "，。；：、（）\n 0123456789")
    text = data.draw(st.text(letters, min_size=20).filter(lambda t: sum(c in COMMON for c in t) >= 20))
    assert read_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("text", ["中文", "楼", "ok", "abcdefgh", "a,b\n" * 50, "naïve café, déjà vu"])
def test_short_and_foreign_texts_are_read_as_utf8(text: str) -> None:
    assert read_text(text.encode(), "a.txt") == text


def test_english_without_mark_is_not_taken_for_utf16_chinese() -> None:
    text = "Bush hid the facts and this app can break"
    assert read_text(text.encode(), "a.txt") == text
    assert read_text(text.encode("utf-16-be"), "a.txt") == text


@pytest.mark.parametrize("encoding", ["big5", "shift_jis"])
def test_other_encodings_are_refused_rather_than_misread(encoding: str) -> None:
    with pytest.raises(UnreadableFile, match="a.txt：认不出文字编码"):
        read_text(STATUTE.encode(encoding, "ignore") * 3, "a.txt")


def test_mojibake_within_much_markup_is_refused() -> None:
    page = "<div class='content'></div>" * 50 + "為了規範物業管理活動，維護業主的權益"
    with pytest.raises(UnreadableFile):
        read_text(page.encode("big5"), "a.txt")


def test_one_wrong_byte_after_a_mark_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="编码有损坏；请"):
        read_text(b"\xef\xbb\xbf" + "业主".encode()[:-1], "a.txt")


@pytest.mark.parametrize("seed", range(20))
def test_binary_is_refused(seed: int) -> None:
    source = random.Random(seed)
    for size in (64, 4096):
        with pytest.raises(UnreadableFile):
            read_text(source.randbytes(size), "a.txt")
    with pytest.raises(UnreadableFile):
        read_text(bytes(range(32)) * 8, "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_strictly_or_refused(data: bytes) -> None:
    try:
        text = read_text(data, "a.txt")
    except UnreadableFile:
        return
    assert any(data.endswith(text.encode(encoding)) for encoding in ("utf-32-be", "utf-32-le", *ENCODINGS))


def test_plausibility_orders_prose_above_mojibake() -> None:
    wrong = STATUTE.encode("big5", "ignore").decode("gb18030", "ignore")
    assert plausibility(STATUTE) > 0.9 > 0.6 > plausibility(wrong)
    assert plausibility("") == 0.0
