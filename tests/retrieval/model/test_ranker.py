import numpy as np
import pytest

from retrieval.model.ranker import FEATURES, Ranker
from tests.retrieval.samples import make_ranker

WIDTH = len(FEATURES)


def test_a_line_and_one_hidden_layer_over_standardised_features() -> None:
    random = np.random.default_rng(2)
    parts = [random.standard_normal(shape).astype(np.float32) for shape in ((WIDTH,), (3, WIDTH), (3,), (3,))]
    mean, deviation = random.random(WIDTH, np.float32), random.random(WIDTH, np.float32) + 0.5
    features = random.standard_normal((5, WIDTH)).astype(np.float32)
    line, hidden, bias, output = parts
    expected = [line @ x + output @ np.tanh(hidden @ x + bias) for x in (features - mean) / deviation]
    assert Ranker(mean, deviation, *parts).score(features) == pytest.approx(np.array(expected), abs=1e-4)


def test_the_mean_of_two_scores_as_their_mean() -> None:
    one, other = make_ranker(cosine=1.0), make_ranker(votes=3.0)
    features = np.random.default_rng(3).standard_normal((4, WIDTH)).astype(np.float32)
    joined = Ranker.mean_of([one, other]).score(features)
    assert joined == pytest.approx((one.score(features) + other.score(features)) / 2, abs=1e-5)


@pytest.mark.parametrize("broken", ["shape", "nan", "deviation"])
def test_weights_that_do_not_fit_are_refused(broken: str) -> None:
    arrays = make_ranker(cosine=1.0).arrays()
    if broken == "shape":
        arrays["line"] = arrays["line"][1:]
    elif broken == "nan":
        arrays["line"] = np.full(WIDTH, np.nan, np.float32)
    else:
        arrays["deviation"] = np.zeros(WIDTH, np.float32)
    with pytest.raises(ValueError, match="must be"):
        Ranker(**arrays)
