import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from ingest.readers import archive
from ingest.readers.archive import Member, member_name, read_members
from kb.errors import UnreadableFile

ZipMaker = Callable[[Mapping[str, bytes]], bytes]
LIMIT = 1 << 20


def unflagged(encoding: str, name: str) -> bytes:
    """Pack one member the way Windows and old macOS do: a local encoding and no UTF-8 flag."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(stand_in, "内容")
    return buffer.getvalue().replace(stand_in.encode(), raw)


def names(data: bytes) -> list[str]:
    return [str(member.path) for member in read_members(data, "a.zip", max_bytes=LIMIT)]


def test_members_come_in_order_with_their_folders(make_zip: ZipMaker) -> None:
    data = make_zip({"案例/": b"", "案例/一.txt": "甲".encode(), "二.md": "乙".encode()})
    assert names(data) == ["案例/一.txt", "二.md"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_flag_are_decoded(encoding: str) -> None:
    assert names(unflagged(encoding, "街道/物业管理办法.txt")) == ["街道/物业管理办法.txt"]


def test_gbk_names_whose_second_byte_is_a_backslash_survive() -> None:
    assert b"\\" in "乗".encode("gbk")
    assert names(unflagged("gbk", "乗车规则.txt")) == ["乗车规则.txt"]


def test_system_files_are_left_out(make_zip: ZipMaker) -> None:
    extra = ["__MACOSX/._a.txt", ".DS_Store", "案例/.git/config", "Thumbs.db", "案例/~$一.docx"]
    assert names(make_zip({**dict.fromkeys(extra, b"x"), "a.txt": b"x"})) == ["a.txt"]


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "甲/../../a.txt", "C:/a.txt", "c:a.txt", "..\\a.txt", "甲/.."]
)
def test_path_escape_is_refused_and_the_rest_is_read(make_zip: ZipMaker, name: str) -> None:
    bad, good = read_members(make_zip({name: b"x", "好.txt": b"y"}), "a.zip", max_bytes=LIMIT)
    assert isinstance(bad, UnreadableFile)
    assert "路径指向压缩包外面" in str(bad)
    assert isinstance(good, Member)


def test_dots_within_a_name_are_no_escape(make_zip: ZipMaker) -> None:
    assert names(make_zip({"甲..乙/a...txt": b"x"})) == ["甲..乙/a...txt"]


def test_damaged_member_does_not_hide_the_others(make_zip: ZipMaker) -> None:
    data = make_zip({"甲.txt": b"one" * 50, "乙.txt": b"two"})
    start = data.index("甲.txt".encode()) + len("甲.txt".encode())
    data = data[:start] + b"\xff" * 4 + data[start + 4 :]
    bad, good = read_members(data, "a.zip", max_bytes=LIMIT)
    assert str(bad).startswith("a.zip!甲.txt：文件已损坏")
    assert good == Member(good.path, b"two")


def test_large_member_is_refused_and_the_rest_is_read(make_zip: ZipMaker) -> None:
    bad, good = read_members(make_zip({"a.txt": b"a" * 101, "b.txt": b"b"}), "a.zip", max_bytes=100)
    assert isinstance(bad, UnreadableFile)
    assert isinstance(good, Member)


def test_whole_size_is_counted_over_members(make_zip: ZipMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 250)
    outcomes = read_members(make_zip({f"{i}.txt": b"a" * 100 for i in range(3)}), "a.zip", max_bytes=LIMIT)
    assert [next(outcomes).path.name, next(outcomes).path.name] == ["0.txt", "1.txt"]
    with pytest.raises(UnreadableFile, match="a.zip：解压后太大"):
        next(outcomes)


def test_odd_characters_in_a_name_cannot_disturb_a_message() -> None:
    info = zipfile.ZipInfo("a\x1b[2J\nb.txt")
    assert member_name(info) == "a\ufffd[2J\ufffdb.txt"
