"""All checks over one folder."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from ingest.corpus_check.balance import check_balance
from ingest.corpus_check.context import Context, prepare
from ingest.corpus_check.copying import check_copying
from ingest.corpus_check.figures import check_figures
from ingest.corpus_check.finding import Finding
from ingest.corpus_check.length import check_length
from ingest.corpus_check.near_duplicates import check_near_duplicates
from ingest.corpus_check.references import check_references
from ingest.corpus_check.schema import check_schema
from kb.progress import Progress

Check = Callable[[Context], Iterator[Finding]]
CHECKS: dict[str, Check] = {
    "编号、主题和格式": check_schema,
    "依据": check_references,
    "数字": check_figures,
    "雷同": check_near_duplicates,
    "答案分布": check_balance,
    "篇幅": check_length,
    "照抄": check_copying,
}
"""By what a user sees while they run; a check is a function from the context to findings."""


def check_corpus(
    root: Path, shipped: Path, day: date, progress: Progress, texts: Sequence[Path] = ()
) -> list[Finding]:
    """
    Check a folder of texts.

    :param root: The shipped corpus or a department's own folder.
    :param shipped: The shipped corpus, on which `root` may rely.
    :param day: References are checked against the law of this day.
    :param texts: Folders with other people's texts: official statutes, and wording not to copy.
    :returns: Findings by file and line.
    :raises InputError: If there is no such folder.
    """
    with progress.step("检查资料", len(CHECKS) + 1) as bar:
        context = prepare(root, shipped, day, texts)
        bar.advance()
        found: list[Finding] = []
        for check in CHECKS.values():
            found += check(context)
            bar.advance()
    return sorted(found)
