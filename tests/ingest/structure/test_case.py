from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import Kind, Origin


def read(text: str, folders: tuple[str, ...] = ()):
    (document,) = understand(SourceText("某.md", "某案", text, "markdown", folders))
    return document


def test_slogan_and_parties_both_make_the_title():
    document = read(
        "# 抛物要担责\n\n<!-- INFO END -->\n\n## 甲诉乙公司财产损害案\n\n## 基本案情\n\n事实。\n\n## 典型意义\n\n意义。",
        ("案例", "民法典"),
    )
    assert document.kind is Kind.CASE
    assert document.title == "甲诉乙公司财产损害案：抛物要担责"
    assert [(p.label, p.text) for p in document.passages] == [("基本案情", "事实。"), ("典型意义", "意义。")]
    assert document.origin is Origin.REAL


def test_plain_and_bracketed_labels_are_sections():
    document = read(
        "楼道堆物怎么办\n\n【情景】某楼道堆物。\n二、争点\n能否直接清理？\n易错：\n以为居委会能罚款。"
    )
    assert document.kind is Kind.CASE
    assert document.title == "楼道堆物怎么办"
    assert [(p.label, p.text) for p in document.passages] == [
        ("情景", "某楼道堆物。"),
        ("争点", "能否直接清理？"),
        ("易错", "以为居委会能罚款。"),
    ]


def test_a_sentence_about_a_label_is_not_one():
    document = read("# 某事\n## 背景\n结果令人意外，依据也不足。\n## 做法\n甲。")
    assert document.passages[0].text == "结果令人意外，依据也不足。"


def test_long_sections_are_cut_at_paragraph_and_sentence_ends():
    paragraph = "这是一句十个字的话。" * 30
    document = read(f"# 某事\n## 背景\n{paragraph}\n{paragraph}\n## 做法\n{paragraph * 2}")
    assert [p.label for p in document.passages] == ["背景", "背景", "做法", "做法"]
    assert all(len(p.text) <= 400 and p.text.endswith("。") for p in document.passages)
    assert "".join(p.text for p in document.passages) == paragraph * 4


def test_nested_headings_become_the_path():
    document = read("# 某事\n## 争点\n### 谁来付费\n甲。\n## 结果\n乙。")
    assert [(p.path, p.label) for p in document.passages] == [(("争点",), "谁来付费"), ((), "结果")]


def test_front_matter_says_what_the_text_does_not():
    document = read(
        "---\nid: case-1\nkind: case\norigin: teaching\nregion: 上海\nfacts_date: 2021\ntopics: 物业\n---\n# 某事\n正文。"
    )
    assert (document.id, document.origin, document.region, document.topics) == (
        "case-1",
        Origin.TEACHING,
        "上海",
        ("物业",),
    )


def test_a_title_in_front_matter_leaves_the_first_section_its_heading():
    document = read("---\nkind: case\ntitle: 某事\n---\n## 情景\n甲。\n## 争点\n乙。")
    assert document.title == "某事"
    assert [p.label for p in document.passages] == ["情景", "争点"]
