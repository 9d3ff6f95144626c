"""The lines of a bulletin → headings and whole paragraphs, with the blank space before each."""

import re
from dataclasses import dataclass

from ingest.structure.noise import is_noise
from ingest.structure.sections import markdown_heading

PICTURE_GAP = 3
_LIST = re.compile(
    r"^(?:[-•*·]\s*|\d{1,2}[.．、)）]\s*|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)"
)
_ENDED = re.compile(r"[。！？!?；;：:…”’」）)】》]$")
_BROKEN_OFF = re.compile(r"[的有和与在为是对把被将及或从向以]$")
_LONGEST_HEADING = 40
_LONGEST_WITH_COMMA = 30
_FULL_LINE = 20


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph; `gap` counts the blank lines above it, `depth` Markdown's ``#``."""

    text: str
    gap: int
    heading: bool
    depth: int = 0


def read_blocks(lines: list[str]) -> list[Block]:
    """
    Drop noise and join the lines that a page's layout broke.

    :param lines: Lines without surrounding blanks; empty ones count as space, as do dropped ones.
    """
    blocks: list[Block] = []
    gap = 0
    for line in lines:
        if not line or is_noise(line):
            gap += 1
            continue
        block = _block(line, gap)
        if blocks and _continues(blocks[-1], block):
            joined = blocks[-1].text + block.text
            blocks[-1] = Block(joined, blocks[-1].gap, False)
        else:
            blocks.append(block)
        gap = 0
    return blocks


def _block(line: str, gap: int) -> Block:
    markdown = markdown_heading(line)
    if markdown is not None:
        return Block(markdown[1], gap, True, markdown[0])
    listed = re.match(r"^(?:[-•*·]|\d)", line) is not None
    limit = _LONGEST_WITH_COMMA if re.search("[，,]", line) else _LONGEST_HEADING
    open_ended = not re.search(r"[。！？!?；;：:，,、…）)]$", line) and not (
        _BROKEN_OFF.search(line) and "，" in _wide(line)
    )
    return Block(line, gap, len(line) <= limit and "。" not in line and not listed and open_ended)


def _wide(line: str) -> str:
    return line.replace(",", "，")


def _continues(above: Block, below: Block) -> bool:
    """Whether `below` carries on a sentence that `above` leaves open."""
    if above.depth or below.depth or _ENDED.search(above.text) or _LIST.match(below.text):
        return False
    if above.text.endswith(("，", ",", "、")):
        return below.gap < PICTURE_GAP
    if below.gap == 0:
        return len(above.text) >= _FULL_LINE and not above.text.startswith("-")
    return (
        below.gap < PICTURE_GAP and not above.heading and not below.heading and len(above.text) >= _FULL_LINE
    )
