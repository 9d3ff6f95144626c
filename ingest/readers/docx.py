"""DOCX: paragraphs, headings and tables in the order of the document."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from ingest.readers import markup
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_omissions import omissions
from ingest.readers.docx_xml import find, related, value
from ingest.readers.extract import Extract
from ingest.readers.zip_bounds import MAX_TOTAL, inflate, open_zip, too_large
from kb.errors import UnreadableFile

_BROKEN = (OpcError, etree.LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError)
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_CONTENTS = re.compile(r"toc\s*\d|toc heading|目录\s*\d", re.IGNORECASE)
_BODY_LEVEL = 9
_BASED_ON_AT_MOST = 20

# Runs of a paragraph, without deleted text, moved-away text and the duplicate of a text box.
_RUN_PARTS = etree.XPath(
    ".//w:r[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::mc:Fallback)]"
    "/*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]",
    namespaces={
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    },
)
_SPECIAL = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WRAPPERS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")})


def read_docx(data: bytes, source: str) -> Extract:
    """
    Take the text of a Word document: one line a paragraph, ``#`` headings, ``甲 | 乙`` table rows.

    Insertions under revision count as accepted, deletions as gone; a table of contents is dropped.
    Numbers that Word generates (``第一条``, ``（一）``) stand in the text as Word shows them.

    :param source: Name of the file for error messages.
    :returns: The text, and notes on footnotes, headers and footers, which are left out.
    :raises UnreadableFile: If the file is broken, no Word document, or too large when decompressed.
    """
    _check_size(data, source)
    try:
        document = docx.Document(io.BytesIO(data))
        styles = document.styles.element
        numbering = next(related(document.part, RELATIONSHIP_TYPE.NUMBERING), None)
        body = _Body(_heading_levels(styles), Numbering(numbering, styles))
        return Extract(markup.paragraphs(body.lines(document.element.body)), omissions(document.part))
    except _BROKEN as error:
        raise UnreadableFile(
            "Word 文档已损坏，打不开", remedy="请用 Word 或 WPS 打开后另存为新的 .docx", path=source
        ) from error


def _check_size(data: bytes, source: str) -> None:
    total = 0
    with open_zip(data, source) as container:
        for member in container.infolist():
            total += len(inflate(container, member, source, MAX_TOTAL))
            if total > MAX_TOTAL:
                raise too_large(source)


@dataclass(frozen=True, slots=True)
class _Body:
    """The reading of one document; every paragraph is read once and in order, for the numbers' sake."""

    levels: Mapping[str, int | None]
    numbering: Numbering

    def lines(self, body: Any) -> Iterator[str]:
        for block in _blocks(body):
            if block.tag == qn("w:tbl"):
                yield from self._rows(block)
                continue
            level = _level(block, self.levels)
            if level is None:
                continue
            text = self._text(block)
            yield markup.heading(level, text) if level < _BODY_LEVEL else text

    def _rows(self, table: Any) -> Iterator[str]:
        for line in table.iter(qn("w:tr")):
            if line.getparent() is not table and next(line.iterancestors(qn("w:tbl"))) is not table:
                continue  # the row of a table inside a cell, which that cell's text already holds
            cells = [cell for cell in line.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is line]
            texts = ["\n".join(map(self._text, cell.iter(qn("w:p")))) for cell in cells]
            if len(texts) == 1:
                yield from texts[0].split("\n")
            else:
                yield markup.row(text.replace("\n", " ") for text in texts)

    def _text(self, paragraph: Any) -> str:
        text = "".join(_SPECIAL.get(part.tag, part.text or "") for part in _RUN_PARTS(paragraph))
        if not text and find(paragraph, "w:pPr/w:rPr/w:del") is not None:
            return ""  # the whole paragraph is deleted: it does not count
        number = self.numbering.label(paragraph)
        return number + text.lstrip() if number else text


def _blocks(container: Any) -> Iterator[Any]:
    """Give paragraphs and tables in order, also those inside content controls and revisions."""
    for child in container:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _level(paragraph: Any, levels: Mapping[str, int | None]) -> int | None:
    """Heading level from the paragraph itself or its style; 9 is body text; ``None`` a contents line."""
    own = value(paragraph, "w:pPr/w:outlineLvl")
    if own:
        return min(int(own) + 1, _BODY_LEVEL)
    return levels.get(value(paragraph, "w:pPr/w:pStyle"), _BODY_LEVEL)


def _heading_levels(styles: Any) -> dict[str, int | None]:
    """Work out what each style means, by its name or outline level or those of the style it is based on."""
    by_id = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
    return {style_id: _style_level(style_id, by_id) for style_id in by_id}


def _style_level(style_id: str, by_id: dict[str, Any]) -> int | None:
    for _ in range(_BASED_ON_AT_MOST):
        style = by_id.get(style_id)
        if style is None:
            break
        name = value(style, "w:name").strip()
        if _CONTENTS.match(name):
            return None
        if name.lower() in _TITLES:
            return 1
        if found := _HEADING.match(name):
            return int(found[1])
        outline = value(style, "w:pPr/w:outlineLvl")
        if outline:
            return min(int(outline) + 1, _BODY_LEVEL)
        style_id = value(style, "w:basedOn")
    return _BODY_LEVEL
