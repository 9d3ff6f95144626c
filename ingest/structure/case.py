"""A case, of a court or of a community → one document with its named sections."""

import re

from ingest.source_text import SourceText
from ingest.structure.sections import (
    content_lines,
    markdown_heading,
    read_sections,
    section_passages,
    take_title,
)
from kb.documents import Document, Kind

_LABELS = """
基本案情 简要案情 案情回顾 案情简介 案情 裁判要旨 裁判要点 裁判结果 裁判理由 法院裁判
原告诉讼请求 申请人请求 处理结果 典型意义 适用解析 法官解读 案例分析 案例评析 关键词
争议焦点 司法解释相关法条 相关法条 法律依据 背景 问题 做法 主要做法 举措 成效 启示
经验启示 教训 情景 情形 争点 依据 处置步骤 处置 结果 易错 易错点 要点 点评
"""
_ANY_LABEL = "|".join(sorted(_LABELS.split(), key=len, reverse=True))
_LABEL = re.compile(
    r"^[【\[［]?(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、])?\s*"
    rf"(?P<label>{_ANY_LABEL})\s*(?:[】\]］][：:]?|[：:]|$)\s*(?P<rest>.*)$"
)
_PARTIES = re.compile(r"(?:诉|与|申请|纠纷).*案(?:[（(].*[)）])?$")


def read_case(source: SourceText) -> Document:
    """
    Understand a case.

    A slogan as title with the parties' names as first heading gives both: ``某甲诉某乙案：要旨``.

    :param source: Text without front matter.
    """
    title, lines = take_title(content_lines(source.text), source.stem, case_label)
    parties = markdown_heading(lines[0]) if lines else None
    if parties is not None and _PARTIES.search(parties[1]):
        title = f"{parties[1]}：{title}" if parties[1] != title else title
        lines = lines[1:]
    found = section_passages(read_sections(lines, case_label))
    return Document(source.stem, Kind.CASE, title, found, source=source.source)


def case_label(line: str) -> tuple[str, str] | None:
    """:returns: A known section's name and the text behind it (``【基本案情】某日……``), or ``None``."""
    match = _LABEL.match(line)
    return (match["label"], match["rest"]) if match else None
