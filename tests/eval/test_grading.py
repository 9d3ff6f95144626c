"""Proposals for written answers against the hand-made key: a floor under what grading may lose."""

import json
from collections import Counter
from pathlib import Path

import pytest

from kb.bank.catalogue import questions_by_id
from kb.lexicon import corpus_folder
from retrieval.model.encoder import OnnxEncoder
from tests.eval.written_answers import ANSWERS, SPLITS, agreement

LEXICAL = {"dev": 0.80, "test": 0.66}
WITH_MODEL = {"dev": 0.83, "test": 0.68}


def test_the_key_is_complete() -> None:
    rows = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    questions = questions_by_id(corpus_folder() / "questions")
    topics = {row["question"]: questions[row["question"]].topic for row in rows}
    assert len(rows) >= 60
    assert len(set(topics.values())) >= 15
    assert sum(len(row["key"]) for row in rows) >= 300
    assert all(len(row["key"]) == len(questions[row["question"]].points) for row in rows)  # type: ignore[union-attr]
    split = {row["question"]: row["split"] for row in rows}
    assert all(split[row["question"]] == row["split"] for row in rows)
    assert set(Counter(split.values())) == set(SPLITS)


@pytest.mark.parametrize("split", SPLITS)
def test_words_alone_stay_above_their_floor(split: str) -> None:
    assert agreement(split).macro_f1 >= LEXICAL[split]


@pytest.mark.model
@pytest.mark.parametrize("split", SPLITS)
def test_the_model_stays_above_its_floor(split: str, model_folder: Path) -> None:
    assert agreement(split, OnnxEncoder(model_folder)).macro_f1 >= WITH_MODEL[split]
