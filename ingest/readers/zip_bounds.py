"""Open ZIP containers from strangers: everything is counted while it is decompressed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from kb.errors import UnreadableFile

MAX_TOTAL = 200 * 1024 * 1024
"""Bytes that the members of one container may hold together."""
MAX_MEMBERS = 2_000
MAX_RATIO = 200
"""Times by which a member over 1 MiB may exceed its compressed size; office files reach about 50."""

_RATIO_FROM = 1024 * 1024
_CHUNK = 64 * 1024
_ENTRY = b"PK\x01\x02"
_MAX_ENTRIES_SEEN = 50 * MAX_MEMBERS  # members that are DOCX files bring about 20 entries of their own
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)


def open_zip(data: bytes, source: str) -> zipfile.ZipFile:
    """
    Open a container and check what can be known without decompressing.

    :raises UnreadableFile: If it is broken, encrypted, or declares more than the bounds allow.
    """
    if data.count(_ENTRY) > _MAX_ENTRIES_SEEN:
        raise _too_many(source)
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableFile("文件已损坏，打不开", remedy="请重新下载或重新打包", path=source) from error
    members = container.infolist()
    if len(members) > MAX_MEMBERS:
        raise _too_many(source)
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableFile("设了密码，读不了", remedy="请去掉密码后再导入", path=source)
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise too_large(source)
    return container


def inflate(container: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, limit: int) -> bytes:
    """
    Decompress one member, believing no size that its header states.

    :param source: Name for error messages.
    :param limit: Bytes at most.
    :raises UnreadableFile: If the member is broken, larger than `limit` or suspiciously compressed.
    """
    if member.compress_type not in _METHODS:
        raise UnreadableFile("用了少见的压缩方法", remedy="请用系统自带的压缩功能重新打包", path=source)
    parts: list[bytes] = []
    size = 0
    for chunk in _chunks(container, member, source):
        size += len(chunk)
        if size > limit:
            raise too_large(source)
        if size > max(_RATIO_FROM, MAX_RATIO * member.compress_size):
            raise UnreadableFile("压缩比异常，疑似压缩炸弹", remedy="请检查来源，解压后直接导入", path=source)
        parts.append(chunk)
    return b"".join(parts)


def too_large(source: str) -> UnreadableFile:
    """Say that something is larger decompressed than the bounds allow."""
    remedy = f"请拆开，每包解压后不超过 {MAX_TOTAL >> 20} MB"
    return UnreadableFile("解压后太大，没有读取", remedy=remedy, path=source)


def _too_many(source: str) -> UnreadableFile:
    return UnreadableFile(f"里面的文件超过 {MAX_MEMBERS} 个", remedy="请分成几个包再导入", path=source)


def _chunks(container: zipfile.ZipFile, member: zipfile.ZipInfo, source: str) -> Iterator[bytes]:
    try:
        with container.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except _BROKEN as error:
        raise UnreadableFile("文件已损坏，解压不完整", remedy="请重新下载或重新打包", path=source) from error
