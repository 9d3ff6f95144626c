import contextlib
import io
import random
from collections.abc import Callable, Sequence

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ingest.readers.pdf import read_pdf
from kb.errors import UnreadableFile

PdfMaker = Callable[[Sequence[Sequence[str]]], bytes]

BROKEN_LINES = [
    "第一条为了规范物业管理活动维护业主",
    "和物业服务企业的合法权益，制定本办",
    "法。",
    "第二条略。",
]


def text_of(data: bytes) -> str:
    return read_pdf(data, "a.pdf").text


def encrypted(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_of_a_paragraph_are_joined_without_spaces(make_pdf: PdfMaker) -> None:
    assert text_of(make_pdf([BROKEN_LINES])) == (
        "第一条为了规范物业管理活动维护业主和物业服务企业的合法权益，制定本办法。\n第二条略。"
    )


def test_a_paragraph_goes_on_over_the_page_break(make_pdf: PdfMaker) -> None:
    pages = [[*BROKEN_LINES[:1], "- 1 -"], [*BROKEN_LINES[1:], "- 2 -"]]
    assert text_of(make_pdf(pages)) == text_of(make_pdf([BROKEN_LINES]))


def test_short_and_finished_and_indented_lines_end_a_paragraph(make_pdf: PdfMaker) -> None:
    lines = [
        "第一章总则",
        "业主大会由物业管理区域内全体业主组成。",
        "业主委员会执行业主大会的决定事项为",
        "　　下列事项",
    ]
    assert text_of(make_pdf([lines])).split("\n") == [line.strip() for line in lines]


def test_latin_words_keep_a_space_where_lines_join(make_pdf: PdfMaker) -> None:
    assert text_of(make_pdf([["业主大会和业主委员会 abc", "def 续"]])).endswith("abc def 续")


def test_repeated_headers_footers_and_page_numbers_go(make_pdf: PdfMaker) -> None:
    pages = [
        ["某市法规汇编", f"本页讲第{n}件事。", f"详见附件{n}。", f"第 {i} 页 共 5 页"]
        for i, n in enumerate("甲乙丙丁戊", start=1)
    ]
    kept = "\n".join(f"本页讲第{n}件事。\n详见附件{n}。" for n in "甲乙丙丁戊")
    assert text_of(make_pdf(pages)) == kept


@pytest.mark.parametrize(
    "number", ["12", "- 12 -", "—12—", "12/30", "第12页", "第 12 页 共 30 页", "Page 12 of 30"]
)
def test_page_number_is_dropped(make_pdf: PdfMaker, number: str) -> None:
    assert text_of(make_pdf([["甲方。", number], ["乙方。", number]])) == "甲方。\n乙方。"


def test_a_line_that_also_stands_inside_pages_is_no_header(make_pdf: PdfMaker) -> None:
    page = ["通知如下。", "各居民区。", "通知如下。", "请照办。", "通知如下。"]
    text = text_of(make_pdf([page] * 4))
    assert text.count("通知如下。") == 12


def test_lone_number_on_a_single_page_stays(make_pdf: PdfMaker) -> None:
    assert text_of(make_pdf([["楼号", "12"]])) == "楼号\n12"


def test_radicals_of_pdf_fonts_become_characters(make_pdf: PdfMaker) -> None:
    assert text_of(make_pdf([["⺠法典第⼀条"]])) == "民法典第一条"


def test_password_is_refused_and_an_empty_one_is_not(make_pdf: PdfMaker) -> None:
    plain = make_pdf([["业主大会。"]])
    assert text_of(encrypted(plain, "")) == "业主大会。"
    with pytest.raises(UnreadableFile, match="a.pdf：PDF 设了密码.*；请去掉密码"):
        read_pdf(encrypted(plain, "secret"), "a.pdf")


@pytest.mark.parametrize("pages", [[[]], [[], [], ["封面"]]])
def test_scan_is_refused_with_the_way_out(make_pdf: PdfMaker, pages: list[list[str]]) -> None:
    with pytest.raises(UnreadableFile, match="扫描件；请先做文字识别（OCR）"):
        read_pdf(make_pdf(pages), "a.pdf")


def test_illegible_text_layer_is_refused(make_pdf: PdfMaker) -> None:
    with pytest.raises(UnreadableFile, match="乱码"):
        read_pdf(make_pdf([["\ue001\ue002\ue003\ue004\ue005"]]), "a.pdf")


def test_broken_file_is_refused_quietly(make_pdf: PdfMaker, capfd: pytest.CaptureFixture[str]) -> None:
    for data in (b"%PDF-1.7\n", b"%PDF-1.7\njunk %%EOF", make_pdf([["业主"]])[:60], b"no pdf at all"):
        with pytest.raises(UnreadableFile, match="a.pdf：PDF 已损坏"):
            read_pdf(data, "a.pdf")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bytes_give_text_or_a_clear_refusal(make_pdf: PdfMaker, seed: int) -> None:
    data = bytearray(make_pdf([BROKEN_LINES]))
    source = random.Random(seed)
    for _ in range(20):
        data[source.randrange(len(data))] = source.randrange(256)
    with contextlib.suppress(UnreadableFile):
        assert isinstance(text_of(bytes(data)), str)


def pictured(data: bytes, *pages: int) -> bytes:
    """Make pages paint a small picture before their text."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    image = DecodedStreamObject()
    image.set_data(b"x")
    image.update({NameObject("/Subtype"): NameObject("/Image")})
    images = DictionaryObject({NameObject("/Im0"): writer._add_object(image)})
    for page in (writer.pages[number - 1] for number in pages):
        page["/Resources"][NameObject("/XObject")] = images
        contents = page["/Contents"].get_object()
        contents.set_data(b"q 600 0 0 800 0 0 cm /Im0 Do Q\n" + contents.get_data())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_scanned_pages_among_others_are_noted_and_blank_ones_are_not(make_pdf: PdfMaker) -> None:
    data = make_pdf([["甲方。"], ["乙方。"], ["- 3 -"], [], [], ["丙方。"], ["丁方。"]])
    extract = read_pdf(pictured(data, 1, 3, 4), "a.pdf")
    assert extract.text == "甲方。\n乙方。\n丙方。\n丁方。"
    (note,) = extract.notes
    assert note.startswith("第 3、4 页是图片，没有文字")
    assert "OCR" in note


def test_a_long_list_of_scanned_pages_is_cut_short(make_pdf: PdfMaker) -> None:
    data = make_pdf([*[["甲方。"]] * 12, *[[]] * 12])
    (note,) = read_pdf(pictured(data, *range(13, 25)), "a.pdf").notes
    assert "21、22 等 12 页是图片" in note
    assert "23" not in note


def test_a_pdf_without_scanned_pages_has_no_notes(make_pdf: PdfMaker) -> None:
    assert read_pdf(make_pdf([["甲方。"], []]), "a.pdf").notes == ()
