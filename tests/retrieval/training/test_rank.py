import numpy as np
import pytest

from kb.progress import SilentProgress
from retrieval.model.ranker import FEATURES
from retrieval.training.rank import RankRecipe, train_ranker
from retrieval.training.sampling import Sample

RECIPE = RankRecipe(epochs=40, batch=16, learning_rate=0.02, candidates=30, runs=2)


def planted(count: int, seed: int = 1) -> list[Sample]:
    """:returns: Questions whose answer has the most votes where an entrance is near, else the best cosine."""
    random = np.random.default_rng(seed)
    samples = []
    for _ in range(count):
        features = random.standard_normal((30, len(FEATURES))).astype(np.float32)
        near = float(random.integers(2))
        features[:, FEATURES.index("nearest")] = near
        column = FEATURES.index("votes" if near else "cosine")
        samples.append(Sample(features, np.arange(30) == features[:, column].argmax()))
    return samples


def test_learns_when_to_believe_which_feature() -> None:
    ranker = train_ranker(planted(300), RECIPE, SilentProgress())
    held = planted(60, seed=2)
    firsts = [sample.right[ranker.score(sample.features).argmax()] for sample in held]
    assert np.mean(firsts) > 0.75
    line = [sample.right[(sample.features @ ranker.line).argmax()] for sample in held]
    assert np.mean(line) < np.mean(firsts), "no weighted sum could do that"


def test_equal_seeds_give_equal_weights() -> None:
    one, same, other = (
        train_ranker(planted(20), RankRecipe(epochs=2, candidates=30, seed=seed), SilentProgress())
        for seed in (1, 1, 2)
    )
    assert np.array_equal(one.hidden, same.hidden)
    assert not np.array_equal(one.hidden, other.hidden)


def test_the_right_candidates_take_part_however_far_they_are() -> None:
    [sample] = planted(1)
    features = sample.features.copy()
    features[0] = -9.0
    far = Sample(features, np.arange(30) == 0)
    recipe = RankRecipe(epochs=60, candidates=5, learning_rate=0.05)
    ranker = train_ranker([far], recipe, SilentProgress())
    assert ranker.score(features).argmax() == 0


@pytest.mark.parametrize("candidates", [3, 300])
def test_any_number_of_candidates(candidates: int) -> None:
    ranker = train_ranker(planted(4), RankRecipe(epochs=1, candidates=candidates), SilentProgress())
    assert np.isfinite(ranker.score(planted(1)[0].features)).all()
