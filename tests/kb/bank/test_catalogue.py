"""Questions by their identifiers."""

from pathlib import Path

import pytest

from kb.bank.catalogue import questions_by_id, written_question
from kb.errors import InputError, NotFound
from kb.lexicon import corpus_folder

BANK = corpus_folder() / "questions"


def test_a_written_question_is_found() -> None:
    assert written_question(BANK, "q-huanjie-027").type == "case"


def test_an_unknown_one_is_named() -> None:
    with pytest.raises(NotFound, match="没有编号为“q-x-1”的题"):
        written_question(BANK, "q-x-1")


def test_one_that_is_not_written_is_refused() -> None:
    with pytest.raises(InputError, match="不是简答题或案例题"):
        written_question(BANK, "q-huanjie-001")


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert questions_by_id(tmp_path / "none") == {}
