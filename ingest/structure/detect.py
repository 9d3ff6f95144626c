"""What kind of text a file holds."""

import re

from ingest.source_text import SourceText
from ingest.structure.case import case_label
from ingest.structure.dates import date_in_name
from ingest.structure.head import INFO_END
from ingest.structure.marks import read_mark
from ingest.structure.procedure import step_label
from ingest.structure.sections import content_lines, markdown_heading
from kb.documents import Kind

_FOLDERS = {
    Kind.CASE: ("案例", "典型案例", "cases"),
    Kind.PROCEDURE: ("流程", "工作流程", "procedures"),
    Kind.BULLETIN: ("简报", "通讯", "bulletins"),
    Kind.REGULATION: (
        *(
            "宪法",
            "宪法相关法",
            "刑法",
            "民法典",
            "民法商法",
            "社会法",
            "经济法",
            "行政法",
            "行政法规",
            "司法解释",
        ),
        *("部门规章", "地方性法规", "诉讼与非诉讼程序法", "法规", "regulations"),
    ),
}
_RULE = re.compile(r"(?:法|条例|规定|办法|规则|细则|解释|决定|批复|修正案|标准)(?:[（(][^）)]*[)）])*$")
_STEP = re.compile(r"^第[一二三四五六七八九十\d]{1,3}步|^步骤")


def detect_kind(source: SourceText) -> Kind:
    """
    Tell what kind of text this is, by its folders and then by its shape.

    :param source: Text without front matter.
    :returns: Three articles or more make a regulation, two known sections a case, two steps a
        procedure; a rule's title with a date of adoption makes a regulation; all else is a bulletin.
    """
    for kind, names in _FOLDERS.items():
        if any(name in names for name in source.folders):
            return kind
    lines = content_lines(source.text)
    marks = [mark for line in lines if (mark := read_mark(line)) and mark.plain and not mark.refers]
    if len(marks) >= 3:
        return Kind.REGULATION
    texts = [heading[1] if (heading := markdown_heading(line)) else line for line in lines]
    if len({label[0] for text in texts if (label := case_label(text))}) >= 2:
        return Kind.CASE
    if sum(1 for text in texts if _STEP.match(text) and step_label(text)) >= 2:
        return Kind.PROCEDURE
    title = texts[0] if texts else ""
    dated = INFO_END in source.text or date_in_name(source.stem) is not None or bool(marks)
    return Kind.REGULATION if dated and _RULE.search(title) else Kind.BULLETIN
