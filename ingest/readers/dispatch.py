"""Choose the reader of a file by its suffix, after checking that the bytes agree."""

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from ingest.readers.archive import read_members
from ingest.readers.docx import read_docx
from ingest.readers.extract import Extract
from ingest.readers.html import read_html
from ingest.readers.normalise import normalise
from ingest.readers.pdf import read_pdf
from ingest.readers.signature import nature, remedy_for
from ingest.readers.text import read_text
from ingest.source_text import SourceText
from kb.errors import UnreadableFile

ReadOutcome = SourceText | UnreadableFile
"""What became of one file: its text, or the reason why there is none. Never raised, always handed on."""

MAX_BYTES = 50 * 1024 * 1024
"""Largest file, alone or inside an archive."""

ARCHIVE = ".zip"

_Reader = Callable[[bytes, str], Extract]


def _complete(reader: Callable[[bytes, str], str]) -> _Reader:
    """Make a reader of one that leaves out nothing worth a note."""
    return lambda data, source: Extract(reader(data, source))


_READERS: dict[str, tuple[str, _Reader]] = {
    ".txt": ("text", _complete(read_text)),
    ".md": ("markdown", _complete(read_text)),
    ".markdown": ("markdown", _complete(read_text)),
    ".html": ("html", _complete(read_html)),
    ".htm": ("html", _complete(read_html)),
    ".docx": ("docx", read_docx),
    ".pdf": ("pdf", read_pdf),
}
SUFFIXES = frozenset({*_READERS, ARCHIVE})
"""Suffixes that can be read, lower case."""


def read_file(path: Path, *, name: str | None = None, folders: tuple[str, ...] = ()) -> Iterator[ReadOutcome]:
    """
    Read a file from disk.

    :param path: The file.
    :param name: Name to show and to choose the reader by, where `path` is a temporary one.
    :param folders: Names of the folders above it, outermost first.
    :returns: One outcome; for an archive one for each of its files, read only as they are asked for.
        No error is raised for what cannot be read: it is among the outcomes.
    """
    shown = str(path) if name is None else name
    data = _load(path, shown)
    if isinstance(data, UnreadableFile):
        yield data
    else:
        yield from read_bytes(shown, data, folders=folders)


def read_bytes(name: str, data: bytes, *, folders: tuple[str, ...] = ()) -> Iterator[ReadOutcome]:
    """
    Read a file's contents, such as an upload.

    :param name: Its name or path, which chooses the reader and is shown to the user.
    :param data: The whole file.
    :param folders: Names of the folders above it, outermost first. The files of an archive add the
        archive's own name and their folders in it.
    :returns: As `read_file`.
    """
    try:
        if _pure(name).suffix.lower() == ARCHIVE:
            _check(name, data)
            yield from _read_archive(name, data, folders)
        else:
            yield _read_one(name, data, folders, _pure(name).stem)
    except UnreadableFile as error:
        yield error


def _load(path: Path, shown: str) -> bytes | UnreadableFile:
    try:
        if path.is_dir():
            return UnreadableFile("这是文件夹，不是文件", remedy="请选择里面的文件", path=shown)
        if path.exists() and not path.is_file():
            return UnreadableFile("这不是普通文件", remedy="请选择普通文件", path=shown)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return UnreadableFile("找不到文件", remedy="请检查路径", path=shown)
    except PermissionError:
        return UnreadableFile("没有读取权限", remedy="请修改文件权限，或换一个有权限的账户", path=shown)
    except OSError as error:
        return UnreadableFile(f"读取失败（{error.strerror}）", remedy="请检查磁盘或网络后重试", path=shown)


def _check(name: str, data: bytes) -> None:
    """:raises UnreadableFile: If suffix, size or first bytes rule out that the file can be read."""
    suffix = _pure(name).suffix.lower()
    if suffix not in SUFFIXES:
        problem = f"不支持 {suffix} 文件" if suffix else "文件名没有后缀，不知道是什么格式"
        remedy = f"{remedy_for(suffix)}（支持 {'、'.join(sorted(SUFFIXES))}）"
        raise UnreadableFile(problem, remedy=remedy, path=name)
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_BYTES >> 20} MB", remedy="请拆成几个小文件再导入", path=name)
    if not data.strip():
        raise UnreadableFile("文件是空的", remedy="请检查是否选错了文件", path=name)
    found = nature(data)
    if found is None or found.suffix == suffix or (suffix == ".docx" and found.suffix == ARCHIVE):
        return
    remedy = f"请把后缀改为 {found.suffix} 再导入" if found.suffix else found.remedy
    raise UnreadableFile(f"后缀是 {suffix}，内容其实是{found.label}", remedy=remedy, path=name)


def _read_one(name: str, data: bytes, folders: tuple[str, ...], stem: str) -> SourceText:
    _check(name, data)
    kind, reader = _READERS[_pure(name).suffix.lower()]
    extract = reader(data, name)
    text = normalise(extract.text)
    if not text.strip():
        raise UnreadableFile("文件里没有文字", remedy="请检查是否选错了文件", path=name)
    return SourceText(name, stem, text, kind, folders, extract.notes)


def _read_archive(source: str, data: bytes, folders: tuple[str, ...]) -> Iterator[ReadOutcome]:
    inside = (*folders, _pure(source).stem)
    for member in read_members(data, source, max_bytes=MAX_BYTES):
        if isinstance(member, UnreadableFile):
            yield member
            continue
        place = f"{source}!{member.path}"
        if member.path.suffix.lower() == ARCHIVE:
            yield UnreadableFile("压缩包里还有压缩包", remedy="请解压后再导入", path=place)
        else:
            try:
                above = (*inside, *member.path.parent.parts)
                yield _read_one(place, member.data, above, member.path.stem)
            except UnreadableFile as error:
                yield error


def _pure(name: str) -> PurePosixPath:
    return PurePosixPath(name.replace("\\", "/"))
