"""HTML: the main text with its headings and tables, without menus, scripts and footers."""

import re
from collections.abc import Iterable

from lxml import etree

from ingest.readers import markup
from ingest.readers.text import read_text, strict
from kb.errors import UnreadableFile

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_CHARSETS = {  # what a page may say, and what it then means; others are found out as for plain text
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOISE_INLINE = frozenset({"script", "style", "noscript", "template", "svg", "button", "select", "textarea"})
_NOISE = _NOISE_INLINE | {"head", "nav", "footer", "aside", "iframe", "object"}
_NOISE_NAMES = frozenset(
    {"nav", "navbar", "menu", "header", "footer", "sidebar", "breadcrumb", "toolbar", "share", "copyright"}
)
_NOISE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu"})
_REMEDY = "请在浏览器里打开，复制正文另存为文本文件"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE = _NOISE_INLINE | {
    *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input"),
    *("ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"),
    *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
}
_LAYOUT = etree.XPath("count(.//table|.//li|.//h1|.//h2|.//h3|.//h4|.//h5|.//h6) > 0 or count(.//p) > 3")
_HEADING_INSIDE = etree.XPath("boolean(.//h1|.//h2)")
_MAIN = etree.XPath("//main|//*[@role='main']|//article")


def read_html(data: bytes, source: str) -> str:
    """
    Take the main text of a page: one line a paragraph, ``#`` headings, ``甲 | 乙`` table rows.

    Nothing is fetched and no entity is expanded beyond HTML's own characters.

    :param source: Name of the file for error messages.
    :raises UnreadableFile: If the encoding is unknown or the page cannot be parsed.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_decode(data, source).replace("\0", "").encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise _broken(source) from error
    if root is None:
        raise _broken(source)
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise UnreadableFile("网页过大或嵌套过深，只能读到一部分", remedy=_REMEDY, path=source)
    main = _MAIN(root)
    return markup.paragraphs(_lines(main[0] if len(main) == 1 else root))


def _decode(data: bytes, source: str) -> str:
    """Take UTF-8 where the bytes prove it, then the page's own charset, then what suits plain text."""
    declared = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    encoding = _CHARSETS.get(declared[1].decode("ascii", "replace").lower()) if declared else None
    if encoding and strict(data, "utf-8") is None and (text := strict(data, encoding)) is not None:
        return text
    return read_text(data, source)


def _lines(root: etree._Element) -> Iterable[str]:
    """Walk the tree without recursion; a block element's start and end both end the current line."""
    line: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            if element.tag not in _INLINE:
                yield _flush(line)
            if element is not root:
                line.append(element.tail or "")
            continue
        whole = _as_one_line(element)
        if whole is not None:
            if element.tag not in _INLINE:
                yield _flush(line)
                yield whole
            walker.skip_subtree()
            continue
        if element.tag not in _INLINE:
            yield _flush(line)
        line.append(element.text or "")
    yield _flush(line)


def _as_one_line(element: etree._Element) -> str | None:
    """Give the line an element is written as without looking inside, or ``None`` to walk on."""
    if _is_noise(element):
        return ""
    if element.tag in _HEADINGS:
        return markup.heading(_HEADINGS[element.tag], _text(element))
    if element.tag == "tr":
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        if len(cells) > 1 and not _LAYOUT(element):
            return markup.row(_text(cell) for cell in cells)
    return None


def _is_noise(element: etree._Element) -> bool:
    if element.tag in _NOISE or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.tag in ("html", "body", "main", "article"):
        return False
    names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
    named = element.tag == "header" or names & _NOISE_NAMES or element.get("role") in _NOISE_ROLES
    return bool(named and not _HEADING_INSIDE(element)) or bool(_HIDDEN.search(element.get("style") or ""))


def _text(element: etree._Element) -> str:
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "end":
            parts.append((inner.tail or "") if inner is not element else "")
        elif inner.tag not in _NOISE:
            parts.append((" " if inner.tag not in _INLINE else "") + (inner.text or ""))
    return "".join(parts)


def _flush(line: list[str]) -> str:
    text = markup.one_line("".join(line))
    line.clear()
    return text


def _broken(source: str) -> UnreadableFile:
    return UnreadableFile("网页读不懂", remedy=_REMEDY, path=source)
