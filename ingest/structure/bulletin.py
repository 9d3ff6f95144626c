"""A newspaper page, a web page or a report → one document an article."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.source_text import SourceText
from ingest.structure import passages
from ingest.structure.blocks import PICTURE_GAP, Block, read_blocks
from ingest.structure.noise import Imprint, read_imprint, without_footer
from ingest.structure.regions import region_of_title
from kb.documents import NATIONWIDE, Document, Kind, Passage

LIMIT = 300
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BYLINE = re.compile(r"^[（(]([^（）()，。]{2,15})[)）]$")
_ENDING = re.compile(r"^(?:经验)?启示$|^结语$")
_BODY_LABEL = re.compile(r"^(?:编者按|编者的话|按语|导读)$")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])")
_NAME = r"[\u4e00-\u9fff]{2,8}?"
_PLACE = re.compile(
    rf"(?:^|[，。、；：“”\s,:;])({_NAME}(?:街道|镇|乡|社区[（(]街道[)）]))(?![、和与])", re.MULTILINE
)


def read_bulletin(source: SourceText) -> list[Document]:
    """
    Understand a bulletin.

    Navigation, mastheads and captions are dropped, broken lines joined. A new article begins at a
    further first-level heading, after a byline in brackets, or with a name and a headline after a
    closing block of lessons learnt.

    :param source: Text without front matter.
    :returns: The articles in order, ids ``stem``, ``stem-2``, …; publisher, day and place are given
        only where the page states them.
    """
    lines = [line.strip("\u200b \t\u3000\u00a0") for line in _COMMENT.sub("", source.text).split("\n")]
    imprint = read_imprint([line for line in lines if line])
    articles = _split(read_blocks(without_footer(lines)))
    everything = "\n".join(block.text for article in articles for block in article)
    found = [_article(article, source.stem, imprint, _place(everything)) for article in articles]
    return [
        Document(
            id=source.stem if number == 1 else f"{source.stem}-{number}",
            kind=Kind.BULLETIN,
            title=title,
            passages=body,
            region=region_of_title(title) or region_of_title(place) or NATIONWIDE,
            issuer=issuer,
            source=source.source,
            published=imprint.published,
            place=place,
            notes=imprint.notes,
        )
        for number, (title, body, issuer, place) in enumerate((a for a in found if a[1]), start=1)
    ]


def _split(blocks: Sequence[Block]) -> list[list[Block]]:
    """Cut the page where a new article begins."""
    articles: list[list[Block]] = [[]]
    ended = lessons = False
    first_level = sum(block.depth == 1 for block in blocks) > 1
    for i, block in enumerate(blocks):
        below = blocks[i + 1] if i + 1 < len(blocks) else None
        headline = block.heading and below is not None and below.heading and below.gap < PICTURE_GAP
        begins = (block.depth == 1 and first_level) or (ended and block.heading) or (lessons and headline)
        if begins and any(not b.heading for b in articles[-1]):
            articles.append([])
            ended = lessons = False
        articles[-1].append(block)
        ended = ended or bool(_BYLINE.match(block.text))
        lessons = lessons or (block.heading and bool(_ENDING.match(block.text)))
    return articles


def _article(
    blocks: list[Block], stem: str, imprint: Imprint, place: str
) -> tuple[str, tuple[Passage, ...], str, str]:
    bylines = [match[1] for block in blocks if (match := _BYLINE.match(block.text))]
    text = [block for block in blocks if not _BYLINE.match(block.text)]
    title, body = _take_title(text, stem)
    own_place = _place("\n".join([title, *(block.text for block in body)]))
    issuer = imprint.publisher or (bylines[-1] if bylines else "")
    return title, _passages(body, title), issuer, own_place or place


def _take_title(blocks: list[Block], stem: str) -> tuple[str, list[Block]]:
    """The one or two headings right above the first paragraph, captions apart, and what follows."""
    first = next((i for i, block in enumerate(blocks) if not block.heading), None)
    if first is None:
        return (blocks[0].text, [Block(b.text, b.gap, False) for b in blocks[1:]]) if blocks else (stem, [])
    candidates = [i for i in range(first) if _may_be_title(blocks[i])]
    if not candidates:
        return stem, blocks
    marked = next((i for i in candidates if blocks[i].depth), None)
    if marked is not None:
        return blocks[marked].text, blocks[marked + 1 :]
    last = next(i for i in reversed(candidates) if i in (0, candidates[0]) or blocks[i].gap < PICTURE_GAP)
    start = last - 1 if last - 1 in candidates and blocks[last].gap < PICTURE_GAP else last
    names = dict.fromkeys(block.text for block in blocks[start : last + 1])
    return "：".join(names), blocks[last + 1 :]


def _may_be_title(block: Block) -> bool:
    return block.depth < 2 and not _BODY_LABEL.match(block.text) and not _NUMBERED.match(block.text)


def _passages(blocks: list[Block], title: str) -> tuple[Passage, ...]:
    """Paragraphs under their headings; of a longer run of short lines only the last one or two are."""
    kept = _without_captions([b for b in blocks if not (b.heading and b.text in title)])
    found: list[Passage] = []
    path: tuple[str, ...] = ()
    lines: list[str] = []
    run: list[str] = []
    for block in kept:
        if block.heading:
            run.append(block.text)
            continue
        if run:
            names = tuple(run if len(run) <= 2 else run[-1:])
            lines += run[: len(run) - len(names)]
            found += _under(path, lines)
            path, lines, run = names, [], []
        lines.append(block.text)
    return (*found, *_under(path, lines + run))


def _under(path: tuple[str, ...], lines: list[str]) -> list[Passage]:
    return passages.sections(path[-1] if path else "", lines, LIMIT, path=path[:-1])


def _without_captions(blocks: list[Block]) -> list[Block]:
    """Drop short lines under a picture's empty space, unless they are numbered headings."""
    return [
        block
        for block in blocks
        if not (
            block.heading and block.gap >= PICTURE_GAP and not block.depth and not _NUMBERED.match(block.text)
        )
    ]


def _place(text: str) -> str:
    """The street or town that the text names at the start of phrases, if one stands out."""
    counts = Counter(_PLACE.findall(text))
    if not counts:
        return ""
    name, times = counts.most_common(1)[0]
    leads = re.search(rf"^{re.escape(name)}", text, re.MULTILINE)
    return name if times > 1 or leads else ""
