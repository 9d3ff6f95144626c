from dataclasses import replace

import numpy as np
import pytest

from kb.progress import SilentProgress
from retrieval.model.adapter import Adapter
from retrieval.training.train import Recipe, Vectors, train

DIMENSION = 12
QUICK = Recipe(
    epochs=150, batch=200, learning_rate=3e-2, temperature=0.1, least_negatives=200, dropout=0.0, runs=1
)


@pytest.fixture(scope="module")
def planted() -> tuple[Vectors, list[list[int]], Vectors]:
    """Questions that are their passage, turned by one rotation."""
    random = np.random.default_rng(3)
    passages = random.standard_normal((200, DIMENSION)).astype(np.float32)
    passages /= np.linalg.norm(passages, axis=1, keepdims=True)
    rotation, _ = np.linalg.qr(np.eye(DIMENSION) + 0.5 * random.standard_normal((DIMENSION, DIMENSION)))
    questions = (passages @ rotation).astype(np.float32)
    return questions, [[n] for n in range(len(questions))], passages


def found_first(questions: Vectors, passages: Vectors) -> float:
    return float((np.argmax(questions @ passages.T, axis=1) == np.arange(len(questions))).mean())


def test_learns_a_planted_rotation(planted: tuple[Vectors, list[list[int]], Vectors]) -> None:
    questions, answers, passages = planted
    learnt = train(questions[:150], answers[:150], passages, QUICK, SilentProgress(), "学")
    assert learnt.shape == (DIMENSION, DIMENSION)
    held = np.arange(150, 200)
    before = np.argmax(questions[held] @ passages.T, axis=1) == held
    turned = Adapter("m", learnt).to_provisions(questions[held])
    after = np.argmax(turned @ passages.T, axis=1) == held
    assert before.mean() < 0.6
    assert after.mean() > 0.95, "questions that it never saw"


def test_equal_seeds_give_equal_weights(planted: tuple[Vectors, list[list[int]], Vectors]) -> None:
    brief = replace(QUICK, epochs=2, dropout=0.25, runs=2)
    one, again = (train(*planted, brief, SilentProgress(), "学") for _ in range(2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, train(*planted, replace(brief, seed=1), SilentProgress(), "学"))


def test_answers_share_the_weight_and_padding_has_none(
    planted: tuple[Vectors, list[list[int]], Vectors],
) -> None:
    questions, _, passages = planted
    brief = replace(QUICK, epochs=20)

    def learnt(*answers: list[int]) -> Vectors:
        return train(questions[:2], answers, passages, brief, SilentProgress(), "学")

    padded = learnt([1, 2, 3], [4])
    assert padded == pytest.approx(learnt([1, 2, 3], [4, 4, 4]), abs=1e-3)
    assert np.abs(padded - learnt([1], [4])).max() > 0.05
    cosines = Adapter("m", padded).to_provisions(questions[:1]) @ passages[1:4].T
    assert (cosines > questions[:1] @ passages[1:4].T).all()


def test_inputs_stay_as_they_were(planted: tuple[Vectors, list[list[int]], Vectors]) -> None:
    questions, answers, passages = planted
    before = questions.copy(), passages.copy()
    train(questions, answers, passages, replace(QUICK, epochs=1), SilentProgress(), "学")
    assert np.array_equal(questions, before[0])
    assert np.array_equal(passages, before[1])


def test_few_passages_and_one_question_are_enough() -> None:
    unit = np.eye(4, dtype=np.float32)
    learnt = train(unit[:1], [[1]], unit[:2], QUICK, SilentProgress(), "学")
    assert Adapter("m", learnt).to_provisions(unit[0])[1] > 0.5
