"""Plain text and Markdown: find the encoding, or refuse; never hand on mojibake."""

import codecs
import re
from collections import Counter
from functools import cache

from kb.errors import UnreadableFile

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_SAMPLE = 100_000
_SHORT = 16

_PLAUSIBLE = 0.75  # Chinese read in a wrong encoding scores about .3, Korean read as GB18030 up to .7
_ASCII = re.compile(r"[\x00-\x7f]+")

_REMEDY = "请用记事本或 WPS 打开确认是文字，另存为 UTF-8 编码后再导入"


def read_text(data: bytes, source: str) -> str:
    """
    Decode a plain text or Markdown file.

    :param data: UTF-8, UTF-16 or UTF-32 with or without a byte order mark, or GB18030 (GBK, GB2312).
    :param source: Name of the file for error messages.
    :raises UnreadableFile: If no encoding gives a plausible text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = strict(data[len(mark) :], encoding)
            if text is None:
                raise UnreadableFile("文字编码有损坏", remedy=_REMEDY, path=source)
            return text
    text = _best_guess(data)
    if text is None:
        raise UnreadableFile("认不出文字编码，可能不是文本文件", remedy=_REMEDY, path=source)
    return text


def strict(data: bytes, encoding: str) -> str | None:
    """Decode without tolerating a single wrong byte; ``None`` if there is one."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def plausibility(text: str) -> float:
    """
    Tell how much a text looks like Chinese prose, from its first 100,000 characters.

    :returns: 1 for common characters (GB 2312 level 1), .9 for ASCII, about .3 for Chinese read in
        a wrong encoding, 0 for controls and an empty text.
    """
    counts = Counter(text[:_SAMPLE])
    weights = _weights()
    total = sum(weights.get(char, _weight(char)) * n for char, n in counts.items())
    return total / counts.total() if counts else 0.0


def _best_guess(data: bytes) -> str | None:
    readings = [text for encoding in _GUESSES if (text := strict(data, encoding)) is not None]
    if data.isascii() and len(data) < _SHORT and b"\0" not in data:
        return data.decode("ascii")
    utf8 = strict(data, "utf-8")
    if utf8 is not None and not data.isascii() and (_convinces(utf8) or _mostly_ascii(utf8)):
        return utf8
    best = max(readings, key=plausibility, default="")
    if _convinces(best):
        return best
    return utf8 if utf8 is not None and _has_no_controls(utf8) else None


def _convinces(text: str) -> bool:
    """Judge the Chinese apart too, so that markup around mojibake does not make it plausible."""
    beyond_ascii = _ASCII.sub("", text)
    return plausibility(text) >= _PLAUSIBLE and plausibility(beyond_ascii or text) >= _PLAUSIBLE


def _mostly_ascii(text: str) -> bool:
    return 2 * len(_ASCII.sub("", text)) < len(text) and _has_no_controls(text)


def _has_no_controls(text: str) -> bool:
    return all(char in "\t\n\r\f" or char >= " " for char in set(text))


@cache
def _weights() -> dict[str, float]:
    level_1, level_2 = (
        bytes(byte for row in rows for cell in range(0xA1, 0xFF) for byte in (row, cell))
        for rows in (range(0xB0, 0xD8), range(0xD8, 0xF8))
    )
    weights = dict.fromkeys(level_2.decode("gb2312", "ignore"), 0.6)
    weights |= dict.fromkeys(level_1.decode("gb2312", "ignore"), 1.0)
    weights |= dict.fromkeys("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·　①②③④⑤⑥⑦⑧⑨⑩", 1.0)
    return weights | {chr(code): 0.9 for code in (9, 10, 13, *range(32, 127))}


def _weight(char: str) -> float:
    return 0.3 if char.isalnum() or "\uff00" <= char <= "\uffef" else 0.0
