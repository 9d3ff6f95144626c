"""From a provision to the questions that test it."""

from pathlib import Path

import pytest

from kb.bank.by_provision import questions_by_provision
from kb.errors import InputError
from kb.lexicon import corpus_folder

QUESTION = """
  - id: {id}
    type: truefalse
    difficulty: 1
    region: 全国
    department: 自治办
    status: {status}
    stem: 题干{id}
    answer: true
    explanation: 说明
    refs: [{refs}]
"""


def write(folder: Path, name: str, *questions: tuple[str, str, str]) -> None:
    entries = "".join(QUESTION.format(id=id, status=status, refs=refs) for id, status, refs in questions)
    (folder / name).write_text(f"topic: 换届\nquestions:{entries}", encoding="utf-8")


def ids(folder: Path) -> dict[str, list[str]]:
    return {ref: [q.id for q in found] for ref, found in questions_by_provision(folder).items()}


def test_a_provision_leads_to_its_questions_whatever_part_they_name(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", ("q-1", "active", "民法典第二百七十八条第二款, 民法典第二百七十八条"))
    write(tmp_path, "a.yaml", ("q-2", "active", "民法典第二百七十八条, 物业管理条例第十一条"))
    assert ids(tmp_path) == {"民法典第二百七十八条": ["q-2", "q-1"], "物业管理条例第十一条": ["q-2"]}


def test_only_questions_in_use_count(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", ("q-1", "draft", "甲法第一条"), ("q-2", "retired", "甲法第一条"))
    assert ids(tmp_path) == {}


def test_invalid_entries_are_passed_over_and_broken_files_named(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", ("q-1", "active", "没有条号"), ("q-2", "active", "甲法第一条"))
    assert ids(tmp_path) == {"甲法第一条": ["q-2"]}
    broken = tmp_path / "sub"
    broken.mkdir()
    (broken / "x.yaml").write_text("questions: [", encoding="utf-8")
    with pytest.raises(InputError, match=r"^x\.yaml"):
        questions_by_provision(broken)


def test_no_folder_has_no_questions(tmp_path: Path) -> None:
    assert questions_by_provision(tmp_path / "none") == {}


def test_the_files_are_read_once(tmp_path: Path) -> None:
    assert questions_by_provision(tmp_path) is questions_by_provision(tmp_path)


def test_the_shipped_bank_has_questions_on_the_vote() -> None:
    found = questions_by_provision(corpus_folder() / "questions")
    assert len(found["民法典第二百七十八条"]) > 10
