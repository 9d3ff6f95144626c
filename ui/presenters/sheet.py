"""The list of the library as a CSV file that a spreadsheet opens without surprises."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from kb.store.rows import StoredDocument
from ui.presenters.catalogue import text_day
from ui.presenters.labels import COLLECTIONS, KINDS, STATUSES, full_title, origin_label
from ui.presenters.view import shown_source

HEADER = (
    *("编号", "标题", "类型", "性质", "效力", "层级", "地区", "文本日期", "施行日期", "条（段）", "主题"),
    *("制定或发布机关", "来源", "收录"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def catalogue_csv(documents: Iterable[StoredDocument], today: date) -> str:
    """
    Write the list.

    :returns: CSV with a byte order mark, so that Excel reads it as UTF-8. A cell that a spreadsheet
        would take for a formula begins with an apostrophe.
    """
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([safe_cell(value) for value in _values(d, today)] for d in documents)
    return file.getvalue()


def safe_cell(value: str) -> str:
    """:returns: `value`, disarmed if a spreadsheet would compute it."""
    return f"'{value}" if value.lstrip(" \u3000").startswith(_FORMULA) else value


def _values(stored: StoredDocument, today: date) -> tuple[str, ...]:
    document = stored.document
    status = stored.status_on(today)
    day = text_day(stored)
    return (
        document.id,
        full_title(stored),
        KINDS[document.kind],
        origin_label(stored),
        STATUSES[status] if status else "",
        document.level.value if document.level else "",
        document.region,
        day.isoformat() if day else "",
        document.effective_from.isoformat() if document.effective_from else "",
        str(stored.passages),
        "、".join(document.topics),
        document.issuer,
        shown_source(document.source),
        COLLECTIONS.get(stored.collection, stored.collection),
    )
