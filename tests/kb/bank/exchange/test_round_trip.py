"""Export → import gives the same questions, in every format, whatever is in them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.bank.exchange.gift_read import read_gift
from kb.bank.exchange.gift_write import write_gift
from kb.bank.exchange.moodle_read import read_moodle
from kb.bank.exchange.moodle_write import write_moodle
from kb.bank.exchange.record import Read, portable
from kb.bank.exchange.sheet import read_sheet
from kb.bank.exchange.template import write_sheet
from kb.bank.load import load_questions
from kb.bank.question import Question
from kb.lexicon import corpus_folder
from kb.marked_yaml import read_yaml
from tests.kb.bank.exchange.samples import EACH, TYPED, questions

FORMATS: dict[str, tuple[Callable[[list[Question]], bytes], Callable[[bytes, str], Read]]] = {
    "xlsx": (write_sheet, read_sheet),
    "gift": (write_gift, read_gift),
    "xml": (write_moodle, read_moodle),
}


def back(kind: str, given_: list[Question]) -> list[Question]:
    write, read = FORMATS[kind]
    result = read(write(given_), "f")
    assert result.problems == ()
    return [question for _, question in result.questions]


@pytest.mark.parametrize("name", FORMATS)
def test_one_of_each_type_comes_back_as_it_was(name: str) -> None:
    assert back(name, EACH) == EACH


@pytest.mark.parametrize("name", FORMATS)
def test_every_shipped_question_comes_back_as_it_was(name: str) -> None:
    shipped = [
        entry.value
        for path in sorted(Path(corpus_folder() / "questions").glob("*.yaml"))
        for entry in load_questions(read_yaml(path.read_text(encoding="utf-8"), path.name), path.name).entries
    ]
    drafts = [question.model_copy(update={"status": "draft"}) for question in shipped]
    assert len(drafts) > 600
    assert back(name, shipped) == [portable(question) for question in drafts]


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_question_comes_back(name: str, kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    assert back(name, [question, EACH[0]]) == [portable(question), EACH[0]]


@pytest.mark.parametrize("kind", TYPED)
@given(data=st.data())
def test_the_portable_form_is_final_and_changes_no_meaning(kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    once = portable(question)
    assert portable(once) == once
    assert (once.id, once.type, once.difficulty, once.status) == (
        question.id,
        kind,
        question.difficulty,
        "draft",
    )
    assert once.stem.split() == question.stem.split()
