import io

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.docx import read_docx


def notes(document: Document) -> tuple[str, ...]:
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), "a.docx").notes


def test_a_plain_document_has_no_notes() -> None:
    document = docx.Document()
    document.add_paragraph("甲")
    assert notes(document) == ()


def test_footnotes_and_headers_are_noted_in_one_line() -> None:
    document = docx.Document()
    run = document.add_paragraph("甲").add_run()
    for number in (1, 2):
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{number}"/>'))
    run._r.append(parse_xml(f'<w:endnoteReference {nsdecls("w")} w:id="1"/>'))
    document.sections[0].header.paragraphs[0].text = "某街道文件"
    (note,) = notes(document)
    assert note.startswith("文档里的2 条脚注、1 条尾注、页眉没有收录；")


@pytest.mark.parametrize("text", ["", "- 12 -", "第 3 页 共 10 页", "3/10"])
def test_page_numbers_are_not_missed(text: str) -> None:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = text
    assert notes(document) == ()
