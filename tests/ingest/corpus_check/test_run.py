"""All checks over the shipped corpus, with the statutes as installed."""

from datetime import date
from pathlib import Path

import pytest

from ingest.corpus_check.context import prepare
from ingest.corpus_check.run import CHECKS, check_corpus
from ingest.corpus_check.schema import check_schema
from ingest.corpus_check.stats import count
from kb.errors import InputError
from kb.progress import SilentProgress

CORPUS = Path(__file__).parents[3] / "corpus"
DAY = date(2026, 11, 22)


def test_the_shipped_corpus_keeps_its_schema_and_cites_law_in_force() -> None:
    context = prepare(CORPUS, CORPUS, DAY)
    assert list(check_schema(context)) == []
    wrong = [f for f in CHECKS["依据"](context) if f.severity == "error"]
    assert wrong == []


def test_findings_come_in_order_of_place(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("民法典第九千条。", encoding="utf-8")
    (tmp_path / "a.md").write_text("正文。\n\n物业条例。", encoding="utf-8")
    found = check_corpus(tmp_path, CORPUS, DAY, SilentProgress())
    assert [(f.path, f.check) for f in found] == [
        ("a.md", "schema"),
        ("b.md", "references"),
        ("b.md", "schema"),
    ]


def test_a_folder_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有文件夹"):
        check_corpus(tmp_path / "none", CORPUS, DAY, SilentProgress())


def test_the_topics_of_the_shipped_corpus_are_counted() -> None:
    folder = prepare(CORPUS, CORPUS, DAY).folder
    stats = count(folder, folder)
    assert len(stats.topics) == 22
    assert stats.totals["case"] == len(list((CORPUS / "cases").glob("*.md")))
    assert sum(topic.questions for topic in stats.topics) == stats.totals["questions"]
