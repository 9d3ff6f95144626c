import numpy as np
import pytest

from retrieval.components.provision_candidates import Asking, ProvisionCandidates, standardised
from retrieval.components.ranking import Likeness, Ranking
from retrieval.index.generation import Generation
from retrieval.model.ranker import FEATURES
from tests.retrieval.conftest import Build
from tests.retrieval.samples import FakeEncoder, make_statute, query_vectors

TEXTS = ("不得干扰他人", "应当牵绳", "定期免疫")
TEXT = "遛狗不牵绳"


@pytest.fixture(scope="module")
def index(build: Build) -> Generation:
    return build(make_statute("养犬条例", *TEXTS), make_statute("电梯条例", "定期检验"))


def ranking(*pairs: tuple[int, float]) -> Ranking:
    return Ranking(np.array([p for p, _ in pairs], np.int64), np.array([s for _, s in pairs], np.float32))


def candidates(index: Generation, likeness: Likeness | None) -> ProvisionCandidates:
    votes = ranking((1, 0.8), (2, 0.2))
    asking = Asking(TEXT, query_vectors(TEXT), ranking((1, 4.0), (0, 1.0)), votes, likeness)
    return ProvisionCandidates(index, np.arange(4), asking, 0.23)


def columns(index: Generation) -> dict[str, np.ndarray]:
    laws = np.array([0.9, 0.1], np.float32)
    likeness = Likeness(ranking((2, 0.2)), ranking((3, 0.7)), laws, 0.6)
    matrix = candidates(index, likeness).features()
    assert matrix.shape == (4, len(FEATURES))
    return dict(zip(FEATURES, matrix.T, strict=True))


def test_each_leg_fills_its_column(index: Generation) -> None:
    found = columns(index)
    cosines = FakeEncoder().encode([*TEXTS, "定期检验"]) @ FakeEncoder().encode([TEXT])[0]
    assert found["cosine"] == pytest.approx(standardised(cosines), abs=0.01)
    assert found["words"] == pytest.approx(standardised(np.array([1.0, 4.0, 0.0, 0.0], np.float32)))
    assert found["votes"] == pytest.approx([0, 0.8, 0.2, 0])
    assert found["aside"] == pytest.approx([0, 0, 0.2, 0])
    assert found["learned"] == pytest.approx([0, 0, 0, 0.7])
    assert found["law"] == pytest.approx(np.log([0.92, 0.92, 0.92, 0.12]), abs=1e-5)


def test_ranks_count_from_the_best(index: Generation) -> None:
    found = columns(index)
    assert np.exp(found["words_rank"]) - 1 == pytest.approx([1, 0, 2, 3])
    assert np.argmin(found["cosine_rank"]) == np.argmax(found["cosine"])


def test_what_holds_for_the_whole_query_is_the_same_for_all(index: Generation) -> None:
    found = columns(index)
    assert found["nearest"].tolist() == pytest.approx([0.6] * 4)
    assert found["length"].tolist() == pytest.approx([len(TEXT) / 30] * 4)


def test_a_neighbour_is_an_article_of_the_same_rule(index: Generation) -> None:
    cosines = FakeEncoder().encode([*TEXTS, "定期检验"]) @ FakeEncoder().encode([TEXT])[0]
    neighbour = [cosines[1], max(cosines[0], cosines[2]), cosines[1], -1.0]
    expected = np.clip((np.array(neighbour) - cosines.mean()) / cosines.std(), -3, 4)
    assert columns(index)["neighbour"] == pytest.approx(expected, abs=0.02)


def test_support_falls_with_the_rank_of_the_rules_candidates(index: Generation) -> None:
    found = candidates(index, None)
    order = np.argsort(-found.likely).tolist()
    dogs = sum(1 / (rank + 1) for rank, place in enumerate(order) if place != 3)
    assert found.support == pytest.approx([dogs, dogs, dogs, 1 / (order.index(3) + 1)])
