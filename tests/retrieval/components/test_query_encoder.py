from pathlib import Path

import numpy as np
import pytest
from haystack import Pipeline

from kb.errors import ModelUnavailable
from kb.settings import Settings
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.query_adapter import QueryAdapter
from retrieval.components.query_encoder import QueryEncoder
from tests.retrieval.conftest import Build
from tests.retrieval.samples import EVERYTHING, FakeEncoder, make_case, round_trip


@pytest.fixture
def encoder(settings: Settings) -> QueryEncoder:
    return QueryEncoder(str(settings.home), settings.embedding_model)


def test_nothing_is_loaded_before_warm_up(tmp_path: Path) -> None:
    made = QueryEncoder(str(tmp_path / "nowhere"), "m3e-small")
    assert (made.model, made.threads) == ("m3e-small", 0)
    with pytest.raises(ModelUnavailable, match="m3e-small"):
        made.warm_up()
    assert not (tmp_path / "nowhere").exists()


def test_gives_the_models_vector_and_the_time_it_took(encoder: QueryEncoder) -> None:
    found = encoder.run("楼道堆物")
    assert np.array_equal(found["vector"], FakeEncoder().encode(["楼道堆物"])[0])
    assert found["took_ms"] > 0


def test_the_model_is_loaded_once(encoder: QueryEncoder, fake_model: FakeEncoder) -> None:
    encoder.warm_up()
    warming = len(fake_model.seen)
    encoder.warm_up()
    encoder.run("楼道堆物")
    assert fake_model.seen[warming:] == ["楼道堆物"]


@pytest.mark.parametrize("text", ["", "  \n", "？！", "_"])
def test_a_blank_query_has_no_vector(encoder: QueryEncoder, text: str) -> None:
    assert encoder.run(text) == {"vector": None, "took_ms": 0.0}


def test_without_a_model_there_is_no_vector(tmp_path: Path) -> None:
    assert QueryEncoder(str(tmp_path), "none").run("楼道堆物") == {"vector": None, "took_ms": 0.0}


def test_a_model_other_than_that_of_the_passages_is_refused(settings: Settings) -> None:
    QueryEncoder(str(settings.home), "fake", fingerprint="fake-1").warm_up()
    with pytest.raises(ModelUnavailable, match="与索引所用的不同.*--rebuild"):
        QueryEncoder(str(settings.home), "fake", fingerprint="fake-0").warm_up()


def test_round_trip(encoder: QueryEncoder) -> None:
    round_trip(encoder)
    assert round_trip(QueryEncoder("home", "none", threads=3)).threads == 3


def test_feeds_the_vector_leg(encoder: QueryEncoder, build: Build) -> None:
    folder = build(make_case("a", "加装电梯费用分摊"), make_case("b", "楼道堆物清理")).folder
    pipeline = Pipeline()
    pipeline.add_component("encoder", encoder)
    pipeline.add_component("adapter", QueryAdapter(str(folder)))
    pipeline.add_component("dense", DenseRetriever(str(folder)))
    pipeline.connect("encoder.vector", "adapter.vector")
    pipeline.connect("adapter.vectors", "dense.vectors")
    ranking = pipeline.run({"encoder": {"text": "楼道堆物清理"}, "dense": {"filter": EVERYTHING}})["dense"][
        "ranking"
    ]
    assert ranking.positions.tolist() == [1, 0]
    assert ranking.scores[0] == pytest.approx(1.0, abs=1e-3)


@pytest.mark.model
def test_the_real_model_puts_the_likely_provision_first(model_home: Path, build: Build) -> None:
    encoder = QueryEncoder(str(model_home), "m3e-small")
    encoder.warm_up()
    texts = ("业主应当按照约定向物业服务人支付物业费。", "饲养的动物造成他人损害的，应当承担侵权责任。")
    folder = build(*(make_case(text[:4], text) for text in texts), encoder=encoder._encoder).folder
    asked = QueryAdapter(str(folder)).run(encoder.run("被邻居家的狗咬了谁赔")["vector"])["vectors"]
    found = DenseRetriever(str(folder)).run(asked, EVERYTHING)["ranking"]
    assert found.positions.tolist() == [1, 0]
