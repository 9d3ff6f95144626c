from datetime import date
from pathlib import Path

import pytest

from kb.entrances import (
    OTHER_LAW,
    Entrance,
    Source,
    entrances_fingerprint,
    law_of,
    outdated,
    shipped_entrances,
)
from kb.lexicon import corpus_folder
from kb.references.canonical import comparable

QUERIES = """
topic: 停车
queries:
  - {id: u-1, style: ask, text: 车位被占了, refs: [民法典第275条第一款, 民法典第二百七十五条], cases: [case-a]}
  - {id: u-2, style: ask, text: 没有依据, refs: [], cases: []}
"""
QUESTIONS = """
questions:
  - {status: active, stem: 车位归谁, refs: [民法典第二百七十五条]}
  - {status: draft, stem: 还没写好, refs: [民法典第二百七十六条]}
"""
TERMS = """
terms:
  - {term: 业委会, definition: 业主大会的执行机构。, refs: [民法典第二百七十七条]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "queries/tingche.yaml": QUERIES,
        "questions/tingche.yaml": QUESTIONS,
        "glossary.yaml": TERMS,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_queries_active_questions_and_terms_lead_to_articles(folder: Path) -> None:
    assert shipped_entrances(folder) == (
        Entrance(Source.QUERY, "车位被占了", ("民法典第二百七十五条",), ("case-a",)),
        Entrance(Source.QUERY, "没有依据", ()),
        Entrance(Source.QUESTION, "车位归谁", ("民法典第二百七十五条",)),
        Entrance(Source.TERM, "业委会：业主大会的执行机构。", ("民法典第二百七十七条",)),
    )


def test_what_a_folder_lacks_is_left_out(tmp_path: Path) -> None:
    assert shipped_entrances(tmp_path) == ()
    assert entrances_fingerprint(tmp_path) == entrances_fingerprint(tmp_path / "missing")


@pytest.mark.parametrize("name", ["queries/tingche.yaml", "questions/tingche.yaml", "glossary.yaml"])
def test_the_fingerprint_follows_every_file(folder: Path, name: str) -> None:
    before = entrances_fingerprint(folder)
    assert entrances_fingerprint(folder) == before
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace("二百七十", "二百八十"), encoding="utf-8")
    changed = entrances_fingerprint(folder)
    path.unlink()
    assert len({before, changed, entrances_fingerprint(folder)}) == 3


def test_other_files_do_not_change_the_fingerprint(folder: Path) -> None:
    before = entrances_fingerprint(folder)
    (folder / "queries" / "notes.txt").write_text("x")
    (folder / "package_laws.yaml").write_text("x")
    assert entrances_fingerprint(folder) == before


def test_the_real_ones_are_canonical() -> None:
    found = shipped_entrances(corpus_folder())
    assert {e.source for e in found} == {Source.QUERY, Source.ASIDE, Source.QUESTION, Source.TERM}
    assert all(entrance.text.strip() for entrance in found)
    refs = {ref for entrance in found for ref in entrance.refs}
    assert [ref for ref in refs if comparable(ref) != ref] == []
    assert [ref for ref in refs if not law_of(ref)] == []


@pytest.mark.parametrize(
    ("ref", "law"),
    [("民法典第二百八十七条之一", "民法典"), ("某法释〔2020〕第二号解释第三条", "某法释〔2020〕第二号解释")],
)
def test_the_law_is_what_stands_before_the_article(ref: str, law: str) -> None:
    assert law_of(ref) == law


def test_outdated_laws_are_held_only_in_a_version_before_ours() -> None:
    ours = {law: date(2020, 1, 1) for law in ("旧", "同", "新", "无", "不明")}
    held = {"旧": date(2019, 12, 31), "同": date(2020, 1, 1), "新": date(2024, 1, 1), "不明": None}
    assert outdated(ours, held) == {"旧"}


def test_queries_on_other_law_stand_aside(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    text = f"topic: {OTHER_LAW}\nqueries:\n  - {{id: u-a, style: situation, text: 欠条过期了吗, refs: [民法典第一百八十八条]}}\n"
    (tmp_path / "queries" / "qita.yaml").write_text(text, encoding="utf-8")
    assert [entrance.source for entrance in shipped_entrances(tmp_path)] == [Source.ASIDE]
