"""What a file really is, by its first bytes."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nature:
    """A kind of file that its bytes give away."""

    label: str
    """What a user calls it."""
    suffix: str = ""
    """The suffix under which we read it, or empty if we do not."""
    remedy: str = "请换成支持的格式"
    """What to do about one that we do not read."""


_PDF = Nature("PDF", ".pdf")
_ZIP = Nature("ZIP 压缩包", ".zip")
_AS_ZIP = "请解压后重新压缩为 ZIP"
_AS_DOCX = "请用 Word 或 WPS 打开，去掉密码，另存为 .docx"
_AS_OFD = "请用 OFD 阅读器或 WPS 打开，另存为 .docx 或 .pdf"
_AS_TEXT = "请先做文字识别（OCR），或存成 Word"
_AS_TABLE = "请把内容复制到 Word，另存为 .docx"

_SIGNATURES = (
    (b"\x7fELF", Nature("程序文件")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Nature("旧版 Office 文件或加了密码的文档", remedy=_AS_DOCX)),
    (b"{\\rtf", Nature("RTF 文档", remedy=_AS_DOCX)),
    (b"Rar!\x1a\x07", Nature("RAR 压缩包", remedy=_AS_ZIP)),
    (b"7z\xbc\xaf\x27\x1c", Nature("7z 压缩包", remedy=_AS_ZIP)),
    (b"\x1f\x8b\x08", Nature("GZ 压缩包", remedy=_AS_ZIP)),
    (b"\x89PNG\r\n", Nature("图片", remedy=_AS_TEXT)),
    (b"\xff\xd8\xff", Nature("图片", remedy=_AS_TEXT)),
    (b"GIF8", Nature("图片", remedy=_AS_TEXT)),
    (b"II*\0", Nature("图片", remedy=_AS_TEXT)),
    (b"SQLite format 3\0", Nature("数据库文件")),
)
_OFFICE = (  # what the directory of the container lists
    (rb"word/", Nature("Word 文档（.docx）", ".docx")),
    (rb"xl/", Nature("Excel 表格", remedy=_AS_TABLE)),
    (rb"ppt/", Nature("PPT 演示文稿", remedy=_AS_DOCX)),
    (rb"OFD\.xml", Nature("OFD 文档", remedy=_AS_OFD)),
)
_UNREAD_SUFFIXES = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt"), "请用 Word 或 WPS 打开，另存为 .docx"),
    **dict.fromkeys((".xls", ".xlsx", ".csv", ".et"), _AS_TABLE),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar"), _AS_ZIP),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff"), _AS_TEXT),
    ".ofd": _AS_OFD,
    ".mht": "请在浏览器里另存为 .html",
    ".mhtml": "请在浏览器里另存为 .html",
}


def nature(data: bytes) -> Nature | None:
    """Recognise a binary format; ``None`` for text and for anything unknown."""
    if data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return _PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container_nature(data)
    if data.startswith(b"MZ") and b"\0" in data[:64]:
        return Nature("程序文件")
    return next((found for magic, found in _SIGNATURES if data.startswith(magic)), None)


def _container_nature(data: bytes) -> Nature:
    directory = _directory(data)
    if _lists(directory, rb"\[Content_Types\]\.xml") or _lists(directory, rb"OFD\.xml"):
        return next((found for name, found in _OFFICE if _lists(directory, name)), _ZIP)
    return _ZIP


def _directory(data: bytes) -> bytes:
    """Cut out the container's central directory; its members may be containers themselves."""
    end = data.rfind(b"PK\x05\x06")
    return b"" if end < 0 else data[int.from_bytes(data[end + 16 : end + 20], "little") : end]


def _lists(directory: bytes, name: bytes) -> bool:
    return re.search(rb"PK\x01\x02.{42}" + name, directory, re.DOTALL) is not None


def remedy_for(suffix: str) -> str:
    """Say how to turn a file with a suffix that we do not read into one that we do."""
    return _UNREAD_SUFFIXES.get(suffix, "请另存为支持的格式")
