"""The corpus fills the bank once per version of its questions."""

from pathlib import Path

import pytest

from kb.bank.states import Action
from kb.errors import AndianError
from kb.store.library import Library
from tests.ingest.corpus_check.samples import bank, question
from ui.banking import fill_bank


@pytest.fixture
def library(tmp_path: Path):
    opened = Library(f"sqlite:///{tmp_path / 'andian.db'}")
    yield opened
    opened.close()


def test_the_bank_is_filled_once_per_version(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "q.yaml"
    file.write_text(bank(question(), question(2)), encoding="utf-8")
    fill_bank(library, tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(library.bank, "take_shipped", lambda _: pytest.fail("read again"))
        fill_bank(library, tmp_path)
    library.bank.move(["q-a-002"], Action.RETIRE, "甲")
    file.write_text(bank(question(stem="新的说法"), question(2, stem="新的说法二")), encoding="utf-8")
    fill_bank(library, tmp_path)
    assert library.bank.entry("q-a-001").version.number == 2
    assert library.bank.entry("q-a-002").version.number == 1


def test_a_broken_shipped_question_is_told_and_nothing_is_taken(library: Library, tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(bank(question(), question(2, difficulty=9)), encoding="utf-8")
    with pytest.raises(AndianError, match="自带试题有误：q.yaml:.*请重新安装案典"):
        fill_bank(library, tmp_path)
    assert library.bank.find().total == 0
