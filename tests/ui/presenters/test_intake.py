from ingest.pipeline import Outcome, Report, Understood
from ingest.source_text import SourceText
from kb.documents import Document, Kind, Passage
from kb.errors import InvalidFrontMatter, UnreadableFile
from retrieval.index.keeper import Condition, State
from tests.ui.library_samples import HOSTILE
from ui.presenters.condition import condition_html
from ui.presenters.intake import MOST_SHOWN, preview_html, summary_html


def understood(*titles: str) -> Understood:
    documents = tuple(
        Document(t, Kind.CASE, t, (Passage("情景", "很长" * 200),), region="上海") for t in titles
    )
    return Understood(SourceText("包.zip!案.md", "案", "", "markdown"), documents)


def test_a_preview_shows_each_document_and_each_refusal() -> None:
    refused = UnreadableFile("不支持 .doc 文件", remedy="请另存为 .docx", path="旧.doc")
    wrong = InvalidFrontMatter("没有这个键", remedy="请改名", path="新.md", line=3)
    html = preview_html([understood("甲案", "乙案"), refused, wrong])
    for text in (
        "读出 2 份资料，2 个文件不能用",
        "甲案",
        "案例 · 上海 · 1 条（段）",
        "包.zip!案.md",
        "不支持 .doc 文件；请另存为 .docx",
        "<b>新.md 第 3 行</b>",
    ):
        assert text in html
    assert "很长" * 60 not in html, "the excerpt is short"


def test_a_file_without_text_is_named() -> None:
    assert "没有可以收录的正文" in preview_html([understood()])


def test_a_huge_preview_is_cut_and_says_so() -> None:
    html = preview_html([understood(*(f"案{n}" for n in range(MOST_SHOWN + 5)))])
    assert html.count("<article") == MOST_SHOWN
    assert "另有 5 份没有列出" in html


def test_a_summary_counts_outcomes() -> None:
    html = summary_html([Report("a", Outcome.NEW, title="甲"), Report("b", Outcome.REFUSED, note="坏了")])
    assert "新增 <b>1</b>　拒绝 <b>1</b>" in html
    assert "（坏了）" in html


def test_everything_is_escaped() -> None:
    bad = UnreadableFile(HOSTILE, remedy=HOSTILE, path=HOSTILE)
    pages = (
        preview_html([understood(HOSTILE), bad]),
        summary_html([Report(HOSTILE, Outcome.NEW, title=HOSTILE, note=HOSTILE)]),
        condition_html(Condition(State.DAMAGED, HOSTILE)),
    )
    assert not any("<script" in page or "<img" in page for page in pages)


def test_a_condition_says_what_to_do_until_nothing_is_left() -> None:
    assert "请点“更新索引”" in condition_html(Condition(State.STALE, "资料有更新"), "索引已更新")
    assert "索引已更新" not in condition_html(Condition(State.STALE, "资料有更新"), "索引已更新")
    assert "索引已更新" in condition_html(Condition(State.READY), "索引已更新")
