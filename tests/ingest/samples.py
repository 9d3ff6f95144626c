"""Made-up rules, and how the tests of ingest run and compare."""

from collections import Counter
from pathlib import Path

from ingest.pipeline import Ingester, Reading
from kb.progress import SilentProgress
from kb.references.numerals import format_numeral
from kb.store.library import Library

FILES = 30


def statute(number: int, year: int = 2010, extra: str = "") -> str:
    articles = "\n".join(f"第{format_numeral(n)}条 对第{number}号事项提出第{n}项要求。" for n in range(1, 6))
    return f"# 第{number}号管理办法\n（{year}年5月1日公布，自{year}年10月1日起施行）\n{articles}\n{extra}"


def run(library: Library, *paths: Path, dry_run: bool = False, **reading):
    ingester = Ingester(library, Reading(**reading) if reading else None)
    return list(ingester.ingest(paths, SilentProgress(), dry_run=dry_run))


def outcomes(reports) -> Counter:
    return Counter(report.outcome for report in reports)


def content(library: Library) -> list[tuple]:
    """Everything a reader can meet, without the store's own numbers and times."""
    return sorted(
        (
            stored.document.id,
            stored.origin_path,
            repr(stored.validity),
            repr(library.document(stored.document.id).document),
        )
        for stored in library.documents()
    )
