"""What changed from one text to another, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from kb.segment import Segmenter, folded

_ISLAND = 1
"""Characters of unchanged text that, alone between changes, disturb more than they tell."""
_CLOSING = frozenset("）)」』”’》〉】]的。；")
"""What belongs to the words before it: no change should begin with it if it can also end with it."""


class Edit(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A run of text with one fate: the `old` pieces joined are the old text, the `new` ones the new text.

    Unchanged pieces may differ in letter width, case and white space, which changes no law.
    """

    edit: Edit
    old: str
    new: str


def difference(old: str, new: str, segmenter: Segmenter) -> tuple[Piece, ...]:
    """
    Compare two texts by the words of the shared segmentation.

    :returns: Pieces in reading order, neighbours always of different edits; what was removed stands
        before what was added in its place. Both texts can be rebuilt from them.
    """
    if _bare(old) == _bare(new):
        return (Piece(Edit.SAME, old, new),) if old or new else ()
    before, after = segmenter.pieces(old), segmenter.pieces(new)
    matcher = SequenceMatcher(None, [folded(w) for w in before], [folded(w) for w in after], autojunk=False)
    spans = [
        ("".join(before[a:b]), "".join(after[c:d]), tag == "equal")
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    return tuple(_tidied(list(_joined(_without_islands(spans)))))


def alike(old: str, new: str) -> bool:
    """:returns: Whether two texts say the same but for letter width, case and white space."""
    return _bare(old) == _bare(new)


def _without_islands(spans: Sequence[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """Give up short unchanged runs between longer changes; take changes of white space for none."""
    for number, (old, new, same) in enumerate(spans):
        if not same:
            yield old, new, not _bare(old + new)
        elif 0 < number < len(spans) - 1 and len(_bare(old)) <= _ISLAND:
            around = (spans[number - 1], spans[number + 1])
            yield old, new, not all(max(len(a), len(b)) > len(old) for a, b, _ in around)
        else:
            yield old, new, True


def _joined(spans: Iterator[tuple[str, str, bool]]) -> Iterator[Piece]:
    for same, run in groupby(spans, key=lambda span: span[2]):
        together = list(run)
        old, new = "".join(s[0] for s in together), "".join(s[1] for s in together)
        if same:
            yield Piece(Edit.SAME, old, new)
            continue
        if old:
            yield Piece(Edit.REMOVED, old, "")
        if new:
            yield Piece(Edit.ADDED, "", new)


def _tidied(pieces: list[Piece]) -> Iterator[Piece]:
    """Of two equal closing characters, one before and one after a change, keep the earlier."""
    for n in range(1, len(pieces) - 1):
        before, change, after = pieces[n - 1 : n + 2]
        text = change.old + change.new
        alone = before.edit is after.edit is Edit.SAME is not change.edit
        first = text[0]
        enough = min(len(text), len(after.old), len(after.new)) > 1
        if alone and enough and first in _CLOSING and after.old[0] == after.new[0] == first:
            pieces[n - 1] = Piece(Edit.SAME, before.old + first, before.new + first)
            turned = text[1:] + first
            removed = change.edit is Edit.REMOVED
            pieces[n] = Piece(change.edit, turned if removed else "", "" if removed else turned)
            pieces[n + 1] = Piece(Edit.SAME, after.old[1:], after.new[1:])
    yield from pieces


def _bare(text: str) -> str:
    return "".join(folded(text).split())
