import io
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.dispatch import read_bytes
from ingest.readers.docx import read_docx
from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import Kind, Role

CHAPTER, ARTICLE, ITEM = "第%1章", "第%2条", "（%3）"


def element(xml: str) -> Any:
    tag = xml[1:].split(">", 1)[0].split(" ", 1)[0].rstrip("/")
    return parse_xml(xml.replace(f"<{tag}", f"<{tag} {nsdecls('w')}", 1))


def level(depth: int, pattern: str, fmt: str = "decimal", extra: str = "", start: int = 1) -> str:
    """One ``w:lvl``; `extra` holds further elements."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def numbered(levels: Sequence[str], nums: Sequence[str] = ("",), extra: str = "") -> Document:
    """A document whose lists 1, 2, … have the same definition, each with its own overrides."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.append(element(f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}{extra}</w:abstractNum>'))
    for name, overrides in enumerate(nums, start=1):
        numbering.append(element(f'<w:num w:numId="{name}"><w:abstractNumId w:val="0"/>{overrides}</w:num>'))
    return document


def add(document: Document, text: str, depth: int | None = 0, name: int | None = 1, style: str = "") -> Any:
    paragraph = document.add_paragraph(text, style=style or None)
    inner = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    inner += "" if name is None else f'<w:numId w:val="{name}"/>'
    if inner:
        paragraph._p.get_or_add_pPr().append(element(f"<w:numPr>{inner}</w:numPr>"))
    return paragraph


def give_numbering(document: Document, style: str, inner: str) -> None:
    document.styles[style].element.get_or_add_pPr().append(element(f"<w:numPr>{inner}</w:numPr>"))


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Document) -> list[str]:
    return read_docx(saved(document), "a.docx").text.split("\n")


@pytest.mark.parametrize(
    ("pattern", "fmt", "extra", "line"),
    [
        ("第%1条", "chineseCountingThousand", "", "第一条\u3000甲"),
        ("第%1条", "chineseCountingThousand", '<w:suff w:val="space"/>', "第一条\u3000甲"),
        ("第%1条", "chineseCountingThousand", '<w:suff w:val="nothing"/>', "第一条甲"),
        ("%1、", "japaneseCounting", "", "一、甲"),
        ("（%1）", "chineseCounting", "", "（一）甲"),
        ("%1.", "decimal", "", "1. 甲"),
        ("%1", "decimalEnclosedCircle", "", "① 甲"),
        ("(%1)", "lowerRoman", "", "(i) 甲"),
        ("\uf0b7", "bullet", "", "• 甲"),
        ("", "decimal", "", "甲"),
        ("%1", "none", "", "甲"),
        ("%9%1.", "decimal", "", "1. 甲"),
    ],
)
def test_number_stands_before_the_text_as_print_has_it(pattern: str, fmt: str, extra: str, line: str) -> None:
    document = numbered([level(0, pattern, fmt, extra)])
    add(document, "甲")
    assert read(document) == [line]


def test_inner_levels_start_anew_and_show_the_outer_numbers() -> None:
    document = numbered([level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%2.%3", "lowerLetter")])
    for depth in (0, 1, 1, 2, 2, 0, 1, 2):
        add(document, "甲", depth)
    numbers = [line.split(" ")[0] for line in read(document)]
    assert numbers == ["1", "1.1", "1.2", "1.2.a", "1.2.b", "2", "2.1", "2.1.a"]


def test_articles_count_on_over_chapters_where_the_list_says_so() -> None:
    never = '<w:lvlRestart w:val="0"/>'
    document = numbered([level(0, CHAPTER), level(1, ARTICLE, extra=never), level(2, "%3)")])
    for depth in (0, 1, 2, 1, 0, 1, 2):
        add(document, "甲", depth)
    numbers = [line.split("\u3000")[0].split(" ")[0] for line in read(document)]
    assert numbers == ["第1章", "第1条", "1)", "第2条", "第2章", "第3条", "1)"]


def test_a_level_may_restart_after_a_certain_level_only() -> None:
    document = numbered([level(0, "%1"), level(1, "%2"), level(2, "%3", extra='<w:lvlRestart w:val="1"/>')])
    for depth in (0, 1, 2, 1, 2, 0, 2):
        add(document, "甲", depth)
    assert [line[0] for line in read(document)] == ["1", "1", "1", "2", "2", "2", "1"]


def test_lists_of_one_definition_count_on_and_an_override_starts_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    document = numbered([level(0, "%1.", start=3)], ["", "", override])
    for name in (1, 1, 2, 3, 3):
        add(document, "甲", name=name)
    assert [line[0] for line in read(document)] == ["3", "4", "5", "5", "6"]


def test_an_override_may_change_the_format() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "chineseCounting")}</w:lvlOverride>'
    document = numbered([level(0, "%1.")], ["", override])
    add(document, "甲")
    add(document, "乙", name=2)
    assert read(document) == ["1. 甲", "（二）乙"]


def test_legal_numbering_is_arabic_on_all_levels() -> None:
    document = numbered(
        [level(0, "第%1章", "chineseCountingThousand"), level(1, "%1.%2", extra="<w:isLgl/>")]
    )
    add(document, "甲", 0)
    add(document, "乙", 1)
    assert read(document) == ["第一章\u3000甲", "1.1 乙"]


def test_styles_carry_numbers_and_the_list_says_which_level() -> None:
    document = numbered(
        [
            level(0, CHAPTER, "chineseCountingThousand", '<w:pStyle w:val="Heading1"/>'),
            level(1, "第%2节", "chineseCountingThousand", '<w:pStyle w:val="Heading2"/>'),
        ]
    )
    for style in ("Heading 1", "Heading 2"):
        give_numbering(document, style, '<w:numId w:val="1"/>')
    based = document.styles.add_style("公文节", WD_STYLE_TYPE.PARAGRAPH)
    based.base_style = document.styles["Heading 2"]
    for text, style in [
        ("总则", "Heading 1"),
        ("目的", "Heading 2"),
        ("范围", "公文节"),
        ("附则", "Heading 1"),
    ]:
        document.add_paragraph(text, style=style)
    add(document, "无号", None, 0, "Heading 1")
    assert read(document) == [
        "# 第一章　总则",
        "## 第一节　目的",
        "## 第二节　范围",
        "# 第二章　附则",
        "# 无号",
    ]


def test_a_paragraph_may_change_only_the_depth_of_its_style() -> None:
    document = numbered([level(0, "%1."), level(1, "%2)")])
    give_numbering(document, "List Paragraph", '<w:numId w:val="1"/>')
    add(document, "甲", None, None, "List Paragraph")
    add(document, "乙", 1, None, "List Paragraph")
    assert read(document) == ["1. 甲", "1) 乙"]


def test_a_definition_may_point_to_a_numbering_style() -> None:
    document = numbered([level(0, "%1、", "chineseCounting")])
    numbering = document.part.numbering_part.element
    numbering.insert(
        1, element('<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="own"/></w:abstractNum>')
    )
    numbering.append(element('<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>'))
    document.styles.element.append(
        element(
            '<w:style w:type="numbering" w:styleId="own"><w:name w:val="own"/>'
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
    )
    add(document, "甲", name=9)
    assert read(document) == ["一、甲"]


def test_table_cells_count_in_order_even_when_empty() -> None:
    document = numbered([level(0, "%1")])
    table = document.add_table(rows=2, cols=2)
    for row, text in zip(table.rows, ["甲", "乙"], strict=True):
        row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(
            element('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        )
        row.cells[1].text = text
    assert read(document) == ["1 | 甲", "2 | 乙"]


def test_a_deleted_paragraph_does_not_count() -> None:
    document = numbered([level(0, "%1.")])
    add(document, "甲")
    gone = add(document, "")
    gone._p.get_or_add_pPr().append(element("<w:rPr><w:del/></w:rPr>"))
    add(document, "乙")
    assert read(document) == ["1. 甲", "2. 乙"]


def test_a_document_without_numbering_is_read() -> None:
    document = docx.Document()
    relations = document.part.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/numbering")]:
        del relations[key]
    add(document, "甲")
    assert read(document) == ["甲"]


@pytest.mark.parametrize(("depth", "name"), [(0, 99), (8, 1), (12, 1), (10**8, 1)])
def test_a_number_that_leads_nowhere_is_none(depth: int, name: int) -> None:
    document = numbered([level(0, "%1."), level(12, "%1"), '<w:lvl w:ilvl="x"/>'])
    add(document, "甲", depth, name)
    assert read(document) == ["甲"]


def test_a_number_cannot_grow_without_bound() -> None:
    document = numbered([level(0, "%1" * 1000, "lowerLetter", start=780)])
    add(document, "甲")
    assert len(read(document)[0]) < 100


def test_styles_based_on_each_other_in_a_circle_are_survived() -> None:
    document = numbered([level(0, "%1.")])
    one, two = (document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in ("甲", "乙"))
    one.base_style, two.base_style = two, one
    document.add_paragraph("文", style="甲")
    assert read(document) == ["文"]


@settings(max_examples=30, deadline=None)  # each example writes and reads a file
@given(st.lists(st.integers(0, 3), max_size=12))
def test_numbers_of_a_level_grow_by_one_until_an_outer_one_comes(depths: list[int]) -> None:
    document = numbered([level(depth, f"%{depth + 1}") for depth in range(4)])
    for depth in depths:
        add(document, "甲", depth)
    expected, counts = [], [0] * 4
    for depth in depths:
        counts = [*counts[:depth], counts[depth] + 1, *[0] * (3 - depth)]
        expected.append(f"{counts[depth]} 甲")
    assert read_docx(saved(document), "a.docx").text.split("\n") == (expected or [""])


def test_a_statute_with_generated_numbers_is_understood_as_articles() -> None:
    never = '<w:lvlRestart w:val="0"/>'
    document = numbered(
        [
            level(0, CHAPTER, "chineseCountingThousand"),
            level(1, ARTICLE, "chineseCountingThousand", never),
            level(2, ITEM, "chineseCountingThousand"),
        ]
    )
    document.add_heading("某街道楼组公约管理办法", 0)
    for depth, text in [
        (0, "总则"),
        (1, "为了规范楼组公约的订立，制定本办法。"),
        (1, "订立公约应当："),
        (2, "征求住户意见；"),
        (2, "在楼道公示。"),
        (0, "附则"),
        (1, "本办法自公布之日起施行。"),
    ]:
        add(document, text, depth)
    (source,) = read_bytes("某街道楼组公约管理办法.docx", saved(document))
    assert isinstance(source, SourceText)
    (statute,) = understand(source)
    assert statute.kind is Kind.REGULATION
    assert [p.role for p in statute.passages] == [Role.PROVISION] * 3
    assert [p.ref for p in statute.passages] == [
        f"某街道楼组公约管理办法第{number}条" for number in ("一", "二", "三")
    ]
    assert [p.path for p in statute.passages] == [("第一章 总则",), ("第一章 总则",), ("第二章 附则",)]
    assert statute.passages[1].text == "订立公约应当：\n（一）征求住户意见；\n（二）在楼道公示。"
