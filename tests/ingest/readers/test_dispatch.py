import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from ingest.readers import dispatch
from ingest.readers.dispatch import MAX_BYTES, SUFFIXES, read_bytes, read_file
from ingest.source_text import SourceText
from kb.errors import UnreadableFile

PdfMaker = Callable[[Sequence[Sequence[str]]], bytes]
ZipMaker = Callable[[Mapping[str, bytes]], bytes]


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def refusal(name: str, data: bytes) -> str:
    (outcome,) = read_bytes(name, data)
    assert isinstance(outcome, UnreadableFile)
    assert outcome.remedy
    assert "\n" not in str(outcome)
    return str(outcome)


def test_each_format_becomes_source_text(make_pdf: PdfMaker) -> None:
    files = {
        "a.txt": ("text", "业主。\r\n".encode("gb18030")),
        "a.md": ("markdown", "业主。\n".encode()),
        "a.markdown": ("markdown", "\ufeff业主。\n".encode("utf-16-le")),
        "a.HTML": ("html", "<p>业主。</p>".encode()),
        "a.htm": ("html", "<p>业主。</p>".encode()),
        "a.docx": ("docx", word("业主。")),
        "a.pdf": ("pdf", make_pdf([["业主。"]])),
    }
    assert {Path(name).suffix.lower() for name in files} | {".zip"} == SUFFIXES
    for name, (kind, data) in files.items():
        (outcome,) = read_bytes(name, data, folders=("法规",))
        assert isinstance(outcome, SourceText), outcome
        assert (outcome.source, outcome.stem, outcome.format, outcome.folders) == (name, "a", kind, ("法规",))
        assert outcome.text.rstrip("\n") == "业主。"


def test_what_a_reader_notes_is_handed_on() -> None:
    document = docx.Document()
    document.add_paragraph("业主。")
    document.sections[0].header.paragraphs[0].text = "某街道文件"
    buffer = io.BytesIO()
    document.save(buffer)
    (outcome,) = read_bytes("a.docx", buffer.getvalue())
    assert isinstance(outcome, SourceText)
    assert ["页眉" in note for note in outcome.notes] == [True]


def test_file_on_disk_shows_its_path_or_the_given_name(tmp_path: Path) -> None:
    path = tmp_path / "upload.tmp"
    path.write_text("业主大会", encoding="utf-8")
    (given,) = read_file(path, name="办法（试行）.txt", folders=("法规",))
    assert isinstance(given, SourceText)
    assert (given.source, given.stem, given.folders) == ("办法（试行）.txt", "办法（试行）", ("法规",))
    renamed = path.rename(tmp_path / "a.txt")
    (plain,) = read_file(renamed)
    assert isinstance(plain, SourceText)
    assert plain.source == str(renamed)


def test_archive_gives_one_outcome_a_file_and_keeps_the_good_ones(
    make_pdf: PdfMaker, make_zip: ZipMaker
) -> None:
    data = make_zip(
        {
            "案例/停车.docx": word("车位"),
            "坏.docx": b"junk",
            "图.png": b"\x89PNG\r\n\x1a\n",
            "内.zip": make_zip({"a.txt": b"a"}),
            "深/更深/物业.pdf": make_pdf([["物业"]]),
        }
    )
    outcomes = list(read_bytes("库/资料.zip", data, folders=("库",)))
    good = [outcome for outcome in outcomes if isinstance(outcome, SourceText)]
    assert [(t.source, t.stem, t.text, t.folders) for t in good] == [
        ("库/资料.zip!案例/停车.docx", "停车", "车位", ("库", "资料", "案例")),
        ("库/资料.zip!深/更深/物业.pdf", "物业", "物业", ("库", "资料", "深", "更深")),
    ]
    bad = [str(outcome) for outcome in outcomes if isinstance(outcome, UnreadableFile)]
    assert [message.split("；")[0] for message in bad] == [
        "库/资料.zip!坏.docx：文件已损坏，打不开",
        "库/资料.zip!图.png：不支持 .png 文件",
        "库/资料.zip!内.zip：压缩包里还有压缩包",
    ]


def test_bound_of_an_archive_reached_midway_ends_with_its_reason(
    make_zip: ZipMaker, monkeypatch: Any
) -> None:
    monkeypatch.setattr("ingest.readers.archive.MAX_TOTAL", 10)
    first, last = read_bytes("a.zip", make_zip({"a.txt": b"12345678", "b.txt": b"12345678"}))
    assert isinstance(first, SourceText)
    assert str(last).startswith("a.zip：解压后太大")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\ufeff　\n".encode(), "\ufeff \n".encode("utf-16-le")])
def test_empty_file_is_refused(data: bytes) -> None:
    assert "空的" in refusal("a.txt", data) or "没有文字" in refusal("a.txt", data)


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.zip", "a.html"])
def test_empty_file_of_any_format_is_refused(name: str) -> None:
    assert refusal(name, b"").startswith(f"{name}：文件是空的")


def test_wrong_suffix_is_told_what_the_file_is(make_pdf: PdfMaker, make_zip: ZipMaker) -> None:
    assert "内容其实是PDF；请把后缀改为 .pdf" in refusal("a.txt", make_pdf([["业主"]]))
    assert "内容其实是ZIP 压缩包" in refusal("a.md", make_zip({"a.txt": b"a"}))
    assert "请把后缀改为 .docx" in refusal("a.pdf", word("业主"))
    assert "请把后缀改为 .docx" in refusal("a.zip", word("业主"))
    assert "程序文件" in refusal("a.txt", b"\x7fELF" + bytes(100))
    assert "另存为 .docx" in refusal("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_unknown_binary_renamed_txt_is_refused() -> None:
    assert "可能不是文本文件" in refusal("a.txt", bytes(range(256)) * 20)


@pytest.mark.parametrize("name", ["a.doc", "a.xyz", "Makefile"])
def test_unknown_suffix_names_the_supported_ones(name: str) -> None:
    message = refusal(name, b"text")
    assert all(suffix in message for suffix in SUFFIXES)


def test_file_over_the_limit_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (outcome,) = read_file(path)
    assert "超过 50 MB；请拆成几个小文件" in str(outcome)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert "找不到文件" in str(*read_file(tmp_path / "无.txt"))
    assert "这是文件夹" in str(*read_file(tmp_path))


def test_missing_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("业主", encoding="utf-8")

    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # a root user may read everything, so chmod proves nothing
    assert f"{path}：没有读取权限" in str(*read_file(path))


def test_windows_path_as_upload_name_gives_the_stem() -> None:
    (outcome,) = read_bytes("C:\\资料\\办法.txt", "业主大会".encode())
    assert isinstance(outcome, SourceText)
    assert outcome.stem == "办法"


def test_archives_are_read_lazily(make_zip: ZipMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    plain = dispatch._READERS[".txt"][1]
    reader = ("text", lambda data, name: read.append(name) or plain(data, name))
    monkeypatch.setitem(dispatch._READERS, ".txt", reader)
    outcomes = read_bytes("a.zip", make_zip({"a.txt": b"one", "b.txt": b"two"}))
    next(outcomes)
    assert read == ["a.zip!a.txt"]


def test_a_file_at_the_top_of_an_archive_is_known_by_its_own_name(make_zip: ZipMaker) -> None:
    texts = list(read_bytes("资料.zip", make_zip({"通知.txt": "小区通知".encode()})))
    assert [text.stem for text in texts if isinstance(text, SourceText)] == ["通知"]
