from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import Kind


def read(text: str):
    (document,) = understand(SourceText("某.md", "某流程", text, "markdown"), kind=Kind.PROCEDURE)
    return document


def test_each_step_is_a_passage():
    document = read("# 换届流程\n## 适用\n甲。\n## 第一步 报告\n乙。\n## 第二步 公示\n丙。\n丁。")
    assert [(p.label, p.text) for p in document.passages] == [
        ("适用", "甲。"),
        ("第一步 报告", "乙。"),
        ("第二步 公示", "丙。\n丁。"),
    ]


def test_plain_steps_with_their_text_on_one_line():
    document = read("换届流程\n第一步：收到来信后，三日内登记，并告知来信人。\n步骤二 核实\n到现场看。")
    assert [(p.label, p.text) for p in document.passages] == [
        ("第一步", "收到来信后，三日内登记，并告知来信人。"),
        ("步骤二 核实", "到现场看。"),
    ]


def test_text_without_a_title_takes_the_file_name():
    assert read("收到来信后，三日内登记。").title == "某流程"
