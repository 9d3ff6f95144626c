from pathlib import Path

import numpy as np
import pytest

from kb.errors import IndexDamaged
from kb.progress import SilentProgress
from kb.segment import Segmenter
from kb.store.library import Library
from retrieval.index import builder
from retrieval.index.builder import build_index
from retrieval.index.directory import IndexDirectory
from retrieval.index.feature_cache import FeatureCache, pack_vectors, text_key, unpack_vector
from retrieval.model.encoder import OnProgress, Vectors
from tests.retrieval.samples import FakeEncoder, make_case, save


@pytest.fixture
def cache(tmp_path: Path) -> FeatureCache:
    return FeatureCache(tmp_path / "index" / "features.db")


class Interrupted(FakeEncoder):
    """Stands for a user who presses Ctrl-C after some batches."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.left = batches

    def encode(self, texts: list[str], on_progress: OnProgress | None = None) -> Vectors:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        return super().encode(texts, on_progress)


def test_features_are_kept_by_maker(cache: FeatureCache) -> None:
    cache.put("one", [(b"k", b"1")])
    cache.put("two", [(b"k", b"2")])
    assert cache.get("one", [b"k", b"other"]) == {b"k": b"1"}
    assert cache.get("two", [b"k"]) == {b"k": b"2"}
    assert cache.get("three", [b"k"]) == {}
    assert cache.get("one", []) == {}


def test_what_is_there_stays(cache: FeatureCache) -> None:
    cache.put("one", [(b"k", b"1")])
    cache.put("one", [(b"k", b"2"), (b"l", b"3")])
    assert cache.get("one", [b"k", b"l"]) == {b"k": b"1", b"l": b"3"}


def test_any_number_of_keys_can_be_looked_up(cache: FeatureCache) -> None:
    features = {text_key(str(n)): str(n).encode() for n in range(1203)}
    cache.put("one", features.items())
    assert cache.get("one", list(features)) == features


def test_another_process_finds_it_and_clear_forgets_it(cache: FeatureCache, tmp_path: Path) -> None:
    cache.put("one", [(b"k", b"1")])
    other = FeatureCache(tmp_path / "index" / "features.db")
    assert other.get("one", [b"k"]) == {b"k": b"1"}
    other.clear()
    assert cache.get("one", [b"k"]) == {}


def test_a_file_that_is_no_database_starts_afresh(cache: FeatureCache, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "features.db").write_bytes(b"not a database at all" * 100)
    assert cache.get("one", [b"k"]) == {}
    cache.put("one", [(b"k", b"1")])
    assert cache.get("one", [b"k"]) == {b"k": b"1"}


def test_damage_in_the_middle_starts_afresh(cache: FeatureCache, tmp_path: Path) -> None:
    features = {text_key(str(n)): bytes(200) for n in range(500)}
    cache.put("one", features.items())
    path = tmp_path / "index" / "features.db"
    intact = path.read_bytes()
    path.write_bytes(intact[:4096] + b"\xff" * (len(intact) - 4096))
    assert cache.get("one", list(features)) == {}
    cache.put("one", features.items())
    assert cache.get("one", list(features)) == features


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "features.db").mkdir()
    with pytest.raises(IndexDamaged, match="不能读写索引缓存.*features.db.*权限"):
        FeatureCache(tmp_path / "features.db").put("one", [(b"k", b"1")])
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexDamaged, match="不能读写索引缓存"):
        FeatureCache(tmp_path / "file" / "features.db").get("one", [b"k"])


def test_vectors_keep_half_precision() -> None:
    vectors = FakeEncoder().encode(["楼道", "电梯"])
    back = np.array([unpack_vector(data) for data in pack_vectors(vectors)])
    assert back.dtype == np.float32
    assert np.array_equal(back, vectors.astype(np.float16).astype(np.float32))


def test_only_new_text_is_embedded(library: Library, segmenter: Segmenter, tmp_path: Path) -> None:
    encoder, directory = FakeEncoder(), IndexDirectory(tmp_path / "index")
    save(library, make_case("a", "楼道堆物", "电梯加装"))
    build_index(library, segmenter, encoder, directory, SilentProgress())
    save(library, make_case("b", "电梯加装", "养犬扰民"))
    library.save_file([make_case("a", "楼道堆物", "电梯维修")], origin_path="a", origin_hash="2")
    build_index(library, segmenter, encoder, directory, SilentProgress())
    assert sorted(encoder.seen) == sorted(["楼道堆物", "电梯加装", "电梯维修", "养犬扰民"])


def test_an_interrupted_build_goes_on_where_it_stopped(
    library: Library, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "_BATCH", 4)
    texts = [f"第{n}件邻里纠纷" for n in range(10)]
    save(library, make_case("a", *texts))
    directory, interrupted, second = IndexDirectory(tmp_path / "index"), Interrupted(batches=2), FakeEncoder()
    with pytest.raises(KeyboardInterrupt):
        build_index(library, segmenter, interrupted, directory, SilentProgress())
    assert directory.current() is None
    build_index(library, segmenter, second, directory, SilentProgress())
    assert len(interrupted.seen) == 8
    assert sorted(interrupted.seen + second.seen) == texts
    assert directory.current() is not None
