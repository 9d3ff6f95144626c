from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import Kind

NOTE = "第 3 页是图片，没有文字，没有收录"


def source(text: str) -> SourceText:
    return SourceText("某.pdf", "某", text, "pdf", notes=(NOTE,))


def test_the_readers_notes_stand_before_those_of_the_file_itself() -> None:
    (document,) = understand(
        source("---\nnotes: 自己的话\n---\n# 某规定\n第一条　甲\n第二条　乙\n第三条　丙")
    )
    assert document.kind is Kind.REGULATION
    assert document.notes == (NOTE, "自己的话")


def test_every_document_of_a_file_carries_the_readers_notes() -> None:
    text = "# 第一篇\n\n" + "社区开展活动。" * 30 + "\n\n# 第二篇\n\n" + "居民参加活动。" * 30
    documents = understand(source(text), kind=Kind.BULLETIN)
    assert len(documents) == 2
    assert all(NOTE in document.notes for document in documents)


def test_without_notes_nothing_is_added() -> None:
    (document,) = understand(
        SourceText("某.md", "某", "# 某规定\n第一条　甲", "markdown"), kind=Kind.REGULATION
    )
    assert document.notes == ()
