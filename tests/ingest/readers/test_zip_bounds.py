import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ingest.readers import zip_bounds
from ingest.readers.zip_bounds import inflate, open_zip
from kb.errors import UnreadableFile

ZipMaker = Callable[[Mapping[str, bytes]], bytes]


def first(data: bytes, limit: int = 1 << 30) -> bytes:
    with open_zip(data, "a.zip") as container:
        return inflate(container, container.infolist()[0], "a.zip!a", limit)


def declare_size(data: bytes, size: int) -> bytes:
    """Overwrite the size that the central directory states for the first member."""
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def test_member_comes_out_whole(make_zip: ZipMaker) -> None:
    assert first(make_zip({"a": b"abc" * 1000})) == b"abc" * 1000


def test_limit_is_counted_while_decompressing(make_zip: ZipMaker) -> None:
    data = make_zip({"a": b"a" * 5000})
    assert len(first(data, 5000)) == 5000
    with pytest.raises(UnreadableFile, match="a.zip!a：解压后太大"):
        first(data, 4999)


def test_header_that_states_too_little_does_not_help(make_zip: ZipMaker) -> None:
    with pytest.raises(UnreadableFile, match="解压不完整"):
        first(declare_size(make_zip({"a": bytes(3 << 20)}), 10))


def test_bomb_is_refused(make_zip: ZipMaker) -> None:
    with pytest.raises(UnreadableFile, match="压缩比异常"):
        first(make_zip({"a": bytes(8 << 20)}))


def test_container_that_states_too_much_is_refused_unopened(make_zip: ZipMaker) -> None:
    with pytest.raises(UnreadableFile, match="解压后太大"):
        open_zip(declare_size(make_zip({"a": b"a"}), zip_bounds.MAX_TOTAL + 1), "a.zip")


def test_too_many_members_are_refused(make_zip: ZipMaker) -> None:
    with pytest.raises(UnreadableFile, match="超过 2000 个"):
        open_zip(make_zip({f"{i}": b"" for i in range(2001)}), "a.zip")


def test_flood_of_entries_is_refused_before_they_are_parsed() -> None:
    with pytest.raises(UnreadableFile, match="超过 2000 个"):
        open_zip(b"PK\x03\x04" + b"PK\x01\x02" * 100_001, "a.zip")


def test_encrypted_container_is_refused(make_zip: ZipMaker) -> None:
    data = bytearray(make_zip({"a": b"a"}))
    data[data.index(b"PK\x01\x02") + 8] |= 0x1
    with pytest.raises(UnreadableFile, match="密码"):
        open_zip(bytes(data), "a.zip")


def test_rare_compression_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as container:
        container.writestr("a", b"a")
    with pytest.raises(UnreadableFile, match="少见的压缩方法"):
        first(path.read_bytes())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18])
def test_broken_container_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        open_zip(data, "a.zip")
