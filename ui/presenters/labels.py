"""What the nouns of the library are called on a page."""

from datetime import date

from ingest.pipeline import Outcome
from kb.documents import Kind, Origin, Status
from kb.store.rows import StoredDocument

KINDS = {Kind.REGULATION: "法规", Kind.CASE: "案例", Kind.BULLETIN: "通报", Kind.PROCEDURE: "办事流程"}
STATUSES = {
    Status.IN_FORCE: "现行",
    Status.AMENDED: "已修改",
    Status.REPEALED: "已废止",
    Status.NOT_YET_IN_FORCE: "尚未施行",
}
COLLECTIONS = {"shipped": "自带", "package": "国家法律包", "user": "自己上传"}
OUTCOMES = {
    Outcome.NEW: "新增",
    Outcome.CHANGED: "更新",
    Outcome.UNCHANGED: "未变",
    Outcome.SKIPPED: "跳过",
    Outcome.REFUSED: "拒绝",
}
DIGEST = "要点（案典整理，非法条原文）"


def origin_label(stored: StoredDocument) -> str:
    """:returns: Whose words the document holds, as a reader is told."""
    document = stored.document
    if document.origin is Origin.DIGEST:
        return DIGEST if document.kind is Kind.REGULATION else "案典整理"
    if document.origin is Origin.TEACHING:
        own = stored.collection == "shipped"
        return "教学案例（情节是编写的）" if document.kind is Kind.CASE and own else "教学材料"
    return "官方文本" if document.origin is Origin.OFFICIAL else "真实材料"


def day_label(day: date | None) -> str:
    """:returns: ``2021年1月1日``; empty for a day that nobody knows."""
    return "" if day is None or day == date.min else f"{day.year}年{day.month}月{day.day}日"


def full_title(stored: StoredDocument) -> str:
    """:returns: The title with the part of the statute that the document holds."""
    document = stored.document
    return document.title + (f"·{document.part}" if document.part else "")
