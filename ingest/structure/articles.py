"""A statute's body → passages: provisions under their headings, preamble, sections, appendices."""

import re
from dataclasses import dataclass, field

from ingest.structure.headings import Heading, place
from ingest.structure.lines import Line, prepare
from ingest.structure.marks import Mark, begins, succeeds
from ingest.structure.passages import sections
from kb.documents import Passage, Role
from kb.references.canonical import article_label, provision_ref

SECTION_LIMIT = 400
_QUOTING = re.compile(r"(?:如下|修改为|改为|内容为|规定为|表述为)[：:。]$")
_APPENDIX = re.compile(
    r"^#*\s*附(?!\s*则)\s*[件表录图]?\s*[一二三四五六七八九十\d]{0,3}(?:\s*[：:．.]|\s|$).{0,80}$"
)
_PAGE_NUMBER = re.compile(r"^[-—–\s]*\d{1,4}[-—–\s]*$")
_POINT = re.compile(r"^(?P<number>[一二三四五六七八九十百]{1,4})、")
_POINT_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；，：、！？]{1,30}$")


def read_articles(body: str, law: str) -> tuple[Passage, ...]:
    """
    Cut a statute's body into passages; none of its text is lost.

    :param body: The text below the title and the history.
    :param law: Title for the provisions' references.
    :returns: Provisions (one an article, paragraphs and items as lines); the text before the first
        one as preamble; appendices; and the paragraphs of a text without articles as sections of at
        most about 400 characters.
    """
    reader = _Reader(law, prepare(body))
    for position, line in enumerate(reader.lines):
        reader.read(position, line)
    reader.close()
    if not any(p.role is Role.PROVISION for p in reader.passages):
        return tuple(reader.passages)
    first = next(i for i, p in enumerate(reader.passages) if p.role is Role.PROVISION)
    before = [Passage(p.label, p.text, p.path, Role.PREAMBLE) for p in reader.passages[:first]]
    return (*before, *reader.passages[first:])


@dataclass
class _Reader:
    law: str
    lines: list[Line]
    passages: list[Passage] = field(default_factory=list)
    path: tuple[Heading, ...] = ()
    key: tuple[int, int] | None = None
    open_article: Mark | None = None
    in_appendix: bool = False
    text: list[str] = field(default_factory=list)
    quoting: bool = False

    def __post_init__(self) -> None:
        self.next_marks = self._look_ahead()
        self.marked = {line.mark.key for line in self.lines if line.mark and line.mark.plain}

    def _look_ahead(self) -> list[Mark | None]:
        """For every line, the next article number below it."""
        ahead: list[Mark | None] = []
        coming: Mark | None = None
        for line in reversed(self.lines):
            ahead.append(coming)
            coming = line.mark or coming
        return ahead[::-1]

    def read(self, position: int, line: Line) -> None:
        coming = self.next_marks[position]
        if self._starts_appendix(line, coming):
            self._flush()
            self.in_appendix, self.path, self.text = True, (), [line.text.lstrip("# ")]
        elif self.in_appendix:
            self.text.append(line.text.lstrip("# "))
        elif line.mark is not None and self._begins(line.mark, line.inside):
            self._flush()
            self.open_article, self.key, self.quoting = line.mark, line.mark.key, False
            self.text = [line.mark.rest] if line.mark.rest else []
        elif (heading := self._heading(position, line, coming)) is not None:
            self._flush()
            self.path = place(self.path, heading)
        elif not _PAGE_NUMBER.match(line.text):
            self._append(line)
        self.quoting = self.quoting or bool(_QUOTING.search(line.text))

    def close(self) -> None:
        self._flush()

    def _begins(self, mark: Mark, inside: bool = False) -> bool:
        if inside and self.key is not None and not succeeds(mark.key, self.key):
            return False
        awaited = self.key is not None and (self.key[0] + 1, 0) in self.marked
        return begins(mark, self.key, awaited=awaited, quoting=self.quoting)

    def _heading(self, position: int, line: Line, coming: Mark | None) -> Heading | None:
        """A heading set off by Markdown, or a plain one that the next article confirms."""
        if line.heading is not None and line.heading.depth:
            return line.heading
        if coming is None or not self._begins(coming):
            return None
        if line.heading is None and _POINT_HEADING.match(line.text) and self._stands_alone(position):
            return Heading(line.text)
        return line.heading

    def _stands_alone(self, position: int) -> bool:
        """The next line is an article, and the one before does not announce a list."""
        announced = bool(self.text) and self.text[-1].endswith("：")
        return not announced and self.lines[position + 1].mark is not None

    def _starts_appendix(self, line: Line, coming: Mark | None) -> bool:
        """A mark such as 附件 ends the body, unless the next article is still to come."""
        if not _APPENDIX.match(line.text):
            return False
        if self.in_appendix or coming is None:
            return True
        return self.key is not None and not succeeds(coming.key, self.key)

    def _append(self, line: Line) -> None:
        if line.inside and self.text:
            self.text[-1] += line.text
        else:
            self.text.append(line.text)

    def _flush(self) -> None:
        path = tuple(heading.text for heading in self.path)
        if self.in_appendix:
            label = _appendix_label(self.text)
            self.passages += sections(label, self.text, SECTION_LIMIT, role=Role.APPENDIX)
        elif self.open_article is not None:
            number, suffix = self.open_article.key
            label = article_label(number, suffix or None)
            ref = provision_ref(self.law, number, suffix or None)
            self.passages.append(Passage(label, "\n".join(self.text) or label, path, Role.PROVISION, ref))
        elif self.text:
            self.passages += _points(self.text, path)
        self.open_article, self.text = None, []


def _appendix_label(lines: list[str]) -> str:
    """``附表一 税目税额表``: the mark, and the name below it where the mark stands alone."""
    mark = lines[0].rstrip("：: ")
    alone = len(mark) <= 4 and len(lines) > 1 and len(lines[1]) <= 40
    return f"{mark} {lines[1]}" if alone else mark


def _points(lines: list[str], path: tuple[str, ...]) -> list[Passage]:
    """Group paragraphs by their 一、 二、 points."""
    groups: list[tuple[str, list[str]]] = []
    for line in lines:
        point = _POINT.match(line)
        if point is not None or not groups:
            groups.append((point["number"] if point else "", []))
        groups[-1][1].append(line)
    return [p for label, group in groups for p in sections(label, group, SECTION_LIMIT, path=path)]
