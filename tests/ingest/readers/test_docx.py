import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.docx import read_docx
from kb.errors import UnreadableFile


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Document) -> str:
    return read_docx(saved(document), "a.docx").text


def test_headings_paragraphs_and_tables_keep_their_order() -> None:
    document = docx.Document()
    document.add_heading("物业管理办法", 0)
    document.add_heading("第一章　总则", 1)
    document.add_paragraph("第一条　为了规范\n管理")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["项目", "标准", "备注", "清运", "30元\n一户", ""], strict=True):
        cell.text = text
    document.add_heading("附则", 2)
    document.add_paragraph("施行")
    assert read(document) == (
        "# 物业管理办法\n# 第一章　总则\n第一条　为了规范\n管理\n"
        "项目 | 标准 | 备注\n清运 | 30元 一户 |\n## 附则\n施行"
    )


def test_heading_comes_from_based_on_style_and_from_outline_level() -> None:
    document = docx.Document()
    own = document.styles.add_style("公文标题", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("第一节", style="公文标题")
    plain = document.add_paragraph("第二节")
    plain._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    assert read(document) == "## 第一节\n### 第二节"


def test_revisions_content_controls_and_hyperlinks_are_read_as_accepted() -> None:
    document = docx.Document()
    for inner in (
        "<w:p><w:r><w:t>业主</w:t></w:r><w:ins><w:r><w:t>大会</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>作废</w:delText></w:r></w:del><w:hyperlink><w:r><w:t>决定</w:t></w:r></w:hyperlink></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t><w:tab/><w:t>内</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ):
        tag = inner[3:].split(">", 1)[0]
        block = parse_xml(inner.replace(f"<w:{tag}>", f"<w:{tag} {nsdecls('w')}>", 1))
        document.element.body.insert(len(document.element.body) - 1, block)
    assert read(document) == "业主大会决定\n控件\t内"


def test_contents_lines_are_dropped() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("第一章　总则……1", style="toc 1")
    document.add_paragraph("正文")
    assert read(document) == "正文"


def test_one_cell_frame_is_plain_text_and_an_inner_table_is_not_repeated() -> None:
    document = docx.Document()
    frame = document.add_table(rows=1, cols=1).cell(0, 0)
    frame.text = "甲"
    frame.add_paragraph("乙")
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "左"
    outer.cell(0, 1).add_table(rows=1, cols=1).cell(0, 0).text = "内"
    assert read(document) == "甲\n乙\n左 | 内"


@pytest.mark.parametrize(
    "damage", [lambda d: d[: len(d) // 2], lambda d: b"PK\x03\x04" + d[4:2000], lambda _: b"junk"]
)
def test_broken_file_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UnreadableFile, match="a.docx：.*损坏.*；请"):
        read_docx(damage(saved(docx.Document())), "a.docx")


def test_zip_without_a_document_is_refused(make_zip: Callable[[Mapping[str, bytes]], bytes]) -> None:
    with pytest.raises(UnreadableFile, match="Word 文档已损坏"):
        read_docx(make_zip({"a.txt": b"a"}), "a.docx")


def test_broken_xml_inside_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:document" if name == "word/document.xml" else old.read(name))
    with pytest.raises(UnreadableFile, match="Word 文档已损坏"):
        read_docx(buffer.getvalue(), "a.docx")


def test_bomb_inside_is_refused_before_word_sees_it() -> None:
    buffer = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr("word/media/bomb.bin", bytes(5 << 20))
    with pytest.raises(UnreadableFile, match="压缩比异常"):
        read_docx(buffer.getvalue(), "a.docx")
