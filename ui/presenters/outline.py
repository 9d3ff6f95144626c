"""A document's tree of contents: headings (编, 章, 节, or sections) with the articles below them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from kb.documents import Passage, Role

FEW = 12
"""A document with no more headings than this shows its contents unfolded."""


@dataclass(slots=True)
class Branch:
    """One heading; `articles` are the labels and positions directly below it."""

    title: str
    position: int
    depth: int = 0
    branches: list["Branch"] = field(default_factory=list)
    articles: list[tuple[str, int]] = field(default_factory=list)

    def holds(self, position: int | None) -> bool:
        """:returns: Whether the passage at `position` stands below this heading."""
        return position is not None and (
            any(at == position for _, at in self.articles)
            or self.position == position
            or any(branch.holds(position) for branch in self.branches)
        )


def trail(passage: Passage) -> tuple[str, ...]:
    """:returns: Headings that lead to a passage; a section's own label is the last of them."""
    if passage.role is Role.PROVISION or not passage.label or passage.path[-1:] == (passage.label,):
        return passage.path
    return (*passage.path, passage.label)


def new_headings(before: tuple[str, ...], now: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield depth and text of the headings that begin where trail `now` follows trail `before`."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    yield from enumerate(now[same:], start=same)


def outline(passages: Sequence[Passage]) -> Branch:
    """
    Build the tree of contents.

    :param passages: All passages of a document, in order.
    :returns: A root without a title; its branches are the outermost headings.
    """
    root = Branch("", 0, -1)
    open_branches = [root]
    before: tuple[str, ...] = ()
    for position, passage in enumerate(passages):
        now = trail(passage)
        for depth, title in new_headings(before, now):
            del open_branches[depth + 1 :]
            branch = Branch(title, position, depth)
            open_branches[-1].branches.append(branch)
            open_branches.append(branch)
        del open_branches[len(now) + 1 :]
        before = now
        if passage.role is Role.PROVISION:
            open_branches[-1].articles.append((passage.label, position))
    return root


def outline_html(root: Branch, base: str, at: int | None = None) -> str:
    """
    Draw the tree as nested ``<details>``.

    :param base: Address of the document, to which ``#p-POSITION`` is added; already escaped.
    :param at: Position of the passage that is read; the way to it is unfolded.
    :returns: HTML; empty if the document has neither headings nor articles.
    """
    unfolded = _count(root) <= FEW
    return _inner(root, base, at, unfolded)


def _inner(branch: Branch, base: str, at: int | None, unfolded: bool) -> str:
    articles = "".join(
        f'<a href="{base}#p-{position}" data-p="{position}">{escape(label)}</a>'
        for label, position in branch.articles
    )
    inside = "".join(_branch(child, base, at, unfolded) for child in branch.branches)
    return (f'<div class="rd-nos">{articles}</div>' if articles else "") + inside


def _branch(branch: Branch, base: str, at: int | None, unfolded: bool) -> str:
    link = f'<a href="{base}#p-{branch.position}" data-p="{branch.position}">{escape(branch.title)}</a>'
    inner = _inner(branch, base, at, unfolded)
    if not inner:
        return f'<div class="rd-leaf">{link}</div>'
    is_open = " open" if branch.branches and unfolded or branch.holds(at) else ""
    return f"<details{is_open}><summary>{link}</summary>{inner}</details>"


def _count(branch: Branch) -> int:
    return len(branch.branches) + sum(_count(child) for child in branch.branches)
