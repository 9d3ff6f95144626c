"""Provisions small enough to know by heart."""

from kb.documents import Passage, Role


def provisions(*texts: str, first: int = 1, chapter: str = "第一章 总则") -> list[Passage]:
    """Provisions numbered from `first`."""
    return [
        Passage(f"第{n}条", text, (chapter,), Role.PROVISION, f"某法第{n}条")
        for n, text in enumerate(texts, start=first)
    ]
