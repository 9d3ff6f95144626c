"""PDF with a text layer: lines put back into paragraphs, headers and page numbers dropped."""

import io
import logging
import re
import struct
import warnings
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.readers import markup
from ingest.readers.extract import Extract
from ingest.readers.normalise import normalise
from ingest.readers.text import plausibility
from kb.errors import UnreadableFile

MAX_PAGES = 3_000

_BROKEN = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    EOFError,
    zlib.error,
    struct.error,
)
_LEGIBLE = 0.5
_EDGE = 2
_REPEATED_PAGES = 3
_REPEATED_SHARE = 0.4
_FULL_WIDTH = 0.85
_NARROWEST_COLUMN = 24  # in half-width characters; where all lines are shorter, none is full

_PAGE_NUMBER = re.compile(
    r"[-—–―·•\s]*(?:第\s*\d{1,4}\s*页|page\s*\d{1,4}|\d{1,4}\s*[/／]\s*\d{1,4}|[-—–―·•]\s*\d{1,4}\s*[-—–―·•])"
    r"[-—–―·•\s,，/]*(?:[共of]+\s*\d{1,4}\s*页?)?[-—–―·•\s]*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[。！？；：!?;:…][”’」』）)》\"]*$")
_INDENTED = re.compile(r"\u3000|[ \t]{2,}")
_PICTURE = re.compile(rb"\bDo\b|\bBI\s")  # the operators that paint an image or an inline image
_PAGES_NAMED = 10
_LATIN_BOTH_SIDES = re.compile(r"[!-~]\n[!-~]")


def read_pdf(data: bytes, source: str) -> Extract:
    """
    Take the text layer of a PDF, one line a paragraph as far as line ends tell.

    Tables and headings are plain lines: the format does not mark them.

    :param source: Name of the file for error messages.
    :returns: The text, and a note that names the pages which are pictures without text.
    :raises UnreadableFile: If the file is broken, has a password, has too many pages, or has no
        legible text layer (a scan).
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity; we judge the result
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pages = _pages(data, source)
    if not pages or 2 * sum(any(page.lines) for page in pages) < len(pages):
        raise UnreadableFile(
            "没有文字层，可能是扫描件", remedy="请先做文字识别（OCR），或用 WPS 转成 Word 再导入", path=source
        )
    pages = _without_edges(pages)
    text = markup.paragraphs(_join(line for page in pages for line in page.lines))
    if text and plausibility(text) < _LEGIBLE:
        raise UnreadableFile("文字层是乱码", remedy="请先做文字识别（OCR），或找 Word 原件导入", path=source)
    return Extract(text, _notes([n for n, page in enumerate(pages, 1) if page.pictured and not page.lines]))


@dataclass(frozen=True, slots=True)
class _Page:
    lines: list[str]
    """Those that hold text, with their indentation."""
    pictured: bool
    """It has hardly any text but shows a picture."""


def _pages(data: bytes, source: str) -> list[_Page]:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("PDF 设了密码，读不了", remedy="请去掉密码，另存后再导入", path=source)
        if len(reader.pages) > MAX_PAGES:
            raise UnreadableFile(f"PDF 超过 {MAX_PAGES} 页", remedy="请拆成几个文件再导入", path=source)
        return [_page(page) for page in reader.pages]
    except DependencyError as error:
        raise UnreadableFile(
            "PDF 用了读不了的加密或压缩方法", remedy="请用 WPS 打开，另存为普通 PDF 或 Word", path=source
        ) from error
    except _BROKEN as error:
        raise UnreadableFile(
            "PDF 已损坏，打不开", remedy="请重新下载，或用浏览器打开后“打印”为新的 PDF", path=source
        ) from error


def _page(page: PageObject) -> _Page:
    text = normalise(page.extract_text())
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    return _Page(lines, pictured=len(lines) <= 2 * _EDGE and _shows_picture(page))


def _shows_picture(page: PageObject) -> bool:
    contents = page.get_contents()
    return contents is not None and bool(_PICTURE.search(contents.get_data()))


def _notes(scanned: Sequence[int]) -> tuple[str, ...]:
    if not scanned:
        return ()
    named = "、".join(map(str, scanned[:_PAGES_NAMED]))
    more = f" 等 {len(scanned)} 页" if len(scanned) > _PAGES_NAMED else " 页"
    return (f"第 {named}{more}是图片，没有文字，没有收录；请先对这几页做文字识别（OCR）再导入",)


def _without_edges(pages: Sequence[_Page]) -> list[_Page]:
    """Drop page numbers, and lines at the top or bottom that come back on many pages but not inside them."""
    texts = [page.lines for page in pages]
    at_edge = Counter(key for lines in texts for key in {_key(lines[i]) for i in _edge(lines)})
    inside = Counter(_key(line) for lines in texts for line in lines[_EDGE:-_EDGE])
    needed = max(_REPEATED_PAGES, _REPEATED_SHARE * len(pages))
    running = {key for key, times in at_edge.items() if times >= needed and inside[key] <= 1}
    return [replace(page, lines=_inner(page.lines, running, len(pages))) for page in pages]


def _inner(lines: Sequence[str], running: Set[str], pages: int) -> list[str]:
    edge = _edge(lines)
    dropped = {i for i in edge if _key(lines[i]) in running or _is_page_number(lines[i], pages)}
    return [line for i, line in enumerate(lines) if i not in dropped]


def _edge(lines: Sequence[str]) -> set[int]:
    return {i for i in range(len(lines)) if i < _EDGE or i >= len(lines) - _EDGE}


def _key(line: str) -> str:
    return _DIGITS.sub("#", "".join(line.split()))


def _is_page_number(line: str, pages: int) -> bool:
    text = line.strip()
    return bool(_PAGE_NUMBER.fullmatch(text)) or (pages > 1 and bool(_BARE_NUMBER.fullmatch(text)))


def _join(lines: Iterable[str]) -> Iterable[str]:
    """Join a line to the next if it is about full width, ends no sentence, and the next is not indented."""
    all_lines = list(lines)
    full = _FULL_WIDTH * max(_column_width(all_lines), _NARROWEST_COLUMN)
    paragraph = last = ""
    for line in all_lines:
        if last and _width(last) >= full and not _SENTENCE_END.search(last) and not _INDENTED.match(line):
            glue = " " if _LATIN_BOTH_SIDES.fullmatch(f"{last[-1]}\n{line.lstrip()[0]}") else ""
            paragraph += glue + line.lstrip()
        else:
            yield paragraph
            paragraph = line
        last = line
    yield paragraph


def _column_width(lines: Sequence[str]) -> int:
    """Width of a full line: the 90th percentile, so that a stray long line does not count."""
    widths = sorted(map(_width, lines))
    return widths[int(0.9 * (len(widths) - 1))] if widths else 0


def _width(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)
