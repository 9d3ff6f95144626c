"""What a Word document holds beside its body and `docx` does not read."""

import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from ingest.readers.docx_xml import related

_NOTES = (("w:footnoteReference", "脚注"), ("w:endnoteReference", "尾注"))
_MARGINS = ((RELATIONSHIP_TYPE.HEADER, "页眉"), (RELATIONSHIP_TYPE.FOOTER, "页脚"))
_PAGE_NUMBER = re.compile(r"[\s\d第共页/／\-—–―·]*")


def omissions(document: XmlPart) -> tuple[str, ...]:
    """
    Say what is left out.

    :param document: The main part of the document.
    :returns: At most one remark in Chinese; none for page numbers, which nobody misses.
    """
    counts = {name: sum(1 for _ in document.element.iter(qn(tag))) for tag, name in _NOTES}
    counted = [f"{count} 条{name}" for name, count in counts.items() if count]
    present = [name for kind, name in _MARGINS if any(map(_says_something, related(document, kind)))]
    left_out = "、".join([*counted, *present])
    return (f"文档里的{left_out}没有收录；需要的话请复制到正文后再导入",) if left_out else ()


def _says_something(margin: Any) -> bool:
    text = "".join(run.text or "" for run in margin.iter(qn("w:t")))
    return _PAGE_NUMBER.fullmatch(text) is None
