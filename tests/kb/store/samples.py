"""Documents small enough to know by heart."""

from datetime import date
from typing import Any

from kb.documents import Document, Kind, Level, Passage, Role
from kb.references.canonical import provision_ref


def rule(
    id: str = "规定", year: int | None = 2020, *texts: str, title: str = "某规定", **values: Any
) -> Document:
    """A rule passed on the first of May of `year`, in force from the first of October."""
    passages = tuple(
        Passage(f"第{n}条", text, ("第一章 总则",), Role.PROVISION, provision_ref(title, n))
        for n, text in enumerate(texts or ("甲。", "乙。"), start=1)
    )
    return Document(
        **{
            "id": id,
            "kind": Kind.REGULATION,
            "title": title,
            "passages": passages,
            "short_title": title,
            "level": Level.LOCAL_REGULATION,
            "version_date": date(year, 5, 1) if year else None,
            "effective_from": date(year, 10, 1) if year else None,
        }
        | values
    )


def article(id: str, text: str, title: str = "基层动态") -> Document:
    """One article of a bulletin."""
    return Document(id=id, kind=Kind.BULLETIN, title=title, passages=(Passage("", text),))
