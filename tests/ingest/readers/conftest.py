"""Real files to read, built on the spot."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest

PdfMaker = Callable[[Sequence[Sequence[str]]], bytes]
ZipMaker = Callable[[Mapping[str, bytes]], bytes]

_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Own def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{count} beginbfchar
{pairs}
endbfchar
endcmap end end"""


def build_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Write a PDF whose text layer holds the lines of each page; glyph codes are Unicode numbers."""
    chars = sorted({char for page in pages for line in page for char in line})
    pairs = "\n".join(f"<{ord(char):04X}> <{ord(char):04X}>" for char in chars)
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_TO_UNICODE.format(count=len(chars), pairs=pairs).encode()),
    ]
    for i, lines in enumerate(pages):
        shown = " ".join(f"<{''.join(f'{ord(c):04X}' for c in line)}> Tj 0 -20 Td" for line in lines)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>"
            + f" /Contents {7 + 2 * i} 0 R >>".encode()
        )
        objects.append(_stream(f"BT /F 10 Tf 20 780 Td {shown} ET".encode()))
    return _assemble(objects)


def _stream(content: bytes) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _assemble(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return bytes(
        out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def build_zip(members: Mapping[str, bytes]) -> bytes:
    """Pack members as the standard library does: deflated, names flagged UTF-8 where needed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def make_pdf() -> PdfMaker:
    return build_pdf


@pytest.fixture
def make_zip() -> ZipMaker:
    return build_zip
