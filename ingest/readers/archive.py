"""ZIP archives: their files, one at a time, with the names their maker gave them."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.readers.zip_bounds import MAX_TOTAL, inflate, open_zip, too_large
from kb.errors import UnreadableFile

_UTF8_NAME = 0x800
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)")
_SYSTEM_NAMES = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    path: PurePosixPath
    """Relative, without ``..``."""
    data: bytes


def read_members(data: bytes, source: str, *, max_bytes: int) -> Iterator[Member | UnreadableFile]:
    """
    Go through the files of an archive; one that cannot be read does not hide the others.

    Folders, ``__MACOSX``, dot files and Office lock files (``~$…``) are left out.

    :param source: Name of the archive; messages name members ``source!path``.
    :param max_bytes: Limit for one member.
    :raises UnreadableFile: If the archive as a whole is broken, encrypted or over a bound. The bound
        on its whole size is checked while decompressing, so it may come after some members.
    """
    total = 0
    with open_zip(data, source) as archive:
        for info in archive.infolist():
            name = member_name(info)
            if name.endswith("/") or _is_system_file(name):
                continue
            place = f"{source}!{name}"
            if _OUTSIDE.match(name):
                yield UnreadableFile("路径指向压缩包外面", remedy="请检查来源，重新打包", path=place)
                continue
            try:
                content = inflate(archive, info, place, max_bytes)
            except UnreadableFile as error:
                total += min(info.file_size, max_bytes)  # zipfile gives out no more than that
                outcome: Member | UnreadableFile = error
            else:
                total += len(content)
                outcome = Member(PurePosixPath(name), content)
            if total > MAX_TOTAL:
                raise too_large(source)
            yield outcome


def member_name(info: zipfile.ZipInfo) -> str:
    """Decode a member's name: UTF-8 where flagged, else UTF-8 or GB18030, which Windows writes unflagged."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    name = name.replace("\\", "/")
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _is_system_file(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return any(part.startswith((".", "~$")) or part.lower() in _SYSTEM_NAMES for part in parts)
