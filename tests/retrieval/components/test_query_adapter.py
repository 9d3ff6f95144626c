import numpy as np
import pytest

from kb.errors import IndexDamaged
from kb.progress import SilentProgress
from kb.segment import Segmenter
from kb.store.library import Library
from retrieval.components.query_adapter import QueryAdapter
from retrieval.index.builder import Aids, build_index
from retrieval.index.directory import IndexDirectory
from retrieval.model.adapter import Adapter
from tests.retrieval.conftest import Build
from tests.retrieval.samples import FakeEncoder, make_case, query_vectors, round_trip, save


def test_round_trip() -> None:
    assert round_trip(QueryAdapter("folder")).generation == "folder"


def test_a_missing_index_is_named() -> None:
    with pytest.raises(IndexDamaged, match="索引不完整"):
        QueryAdapter("nowhere").warm_up()


def test_an_index_without_an_adapter_leaves_the_query(build: Build) -> None:
    vector = query_vectors("电梯").plain
    found = QueryAdapter(str(build(make_case("a", "电梯")).folder)).run(vector)["vectors"]
    assert found is not None
    assert all(v is vector for v in (found.plain, found.provisions, found.precedents))


def test_applies_the_adapter_of_the_index(library: Library, segmenter: Segmenter, tmp_path) -> None:
    save(library, make_case("a", "电梯"))
    random = np.random.default_rng(0)
    one, other = (random.standard_normal((16, 16)).astype(np.float16).astype(np.float32) for _ in range(2))
    aids = Aids(adapter=Adapter("fake", one, other).packed())
    directory = IndexDirectory(tmp_path / "index")
    build_index(library, segmenter, FakeEncoder(), directory, SilentProgress(), aids)
    vector = query_vectors("电梯").plain
    found = QueryAdapter(str(directory.current())).run(vector)["vectors"]
    assert found is not None
    assert found.plain is vector
    for turned, matrix in ((found.provisions, one), (found.precedents, other)):
        expected = vector + vector @ matrix
        assert turned == pytest.approx(expected / np.linalg.norm(expected), abs=1e-5)


def test_without_a_vector_or_vectors_there_is_nothing(build: Build) -> None:
    case = make_case("a", "电梯")
    assert QueryAdapter(str(build(case).folder)).run(None) == {"vectors": None}
    without = QueryAdapter(str(build(case, vectors=False).folder))
    assert without.run(query_vectors("电梯").plain) == {"vectors": None}
