from collections.abc import Callable, Mapping

import pytest

from ingest.readers.signature import nature, remedy_for

ZipMaker = Callable[[Mapping[str, bytes]], bytes]


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"\r\n%PDF-1.4", "PDF"),
        (b"\x7fELF\x02", "程序文件"),
        (b"MZ\x90\x00", "程序文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件或加了密码的文档"),
        (b"Rar!\x1a\x07\x00", "RAR 压缩包"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
    ],
)
def test_first_bytes_tell(data: bytes, label: str) -> None:
    found = nature(data)
    assert found is not None
    assert found.label == label
    assert found.remedy


@pytest.mark.parametrize("data", [b"", b"MZ is a text", "业主大会".encode(), "业主".encode("utf-16")])
def test_text_has_no_signature(data: bytes) -> None:
    assert nature(data) is None


def test_office_containers_are_told_apart_from_archives_that_hold_them(make_zip: ZipMaker) -> None:
    word = make_zip({"[Content_Types].xml": b"", "word/document.xml": b""})
    table = make_zip({"[Content_Types].xml": b"", "xl/workbook.xml": b""})
    found = [nature(data) for data in (word, table, make_zip({"a.docx": word}), make_zip({"OFD.xml": b""}))]
    assert [kind.label for kind in found if kind] == [
        "Word 文档（.docx）",
        "Excel 表格",
        "ZIP 压缩包",
        "OFD 文档",
    ]
    assert [kind.suffix for kind in found if kind] == [".docx", "", ".zip", ""]


def test_every_unknown_suffix_has_a_remedy() -> None:
    assert "另存为 .docx" in remedy_for(".wps")
    assert remedy_for(".xyz")
