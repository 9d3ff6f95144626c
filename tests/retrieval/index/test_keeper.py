import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb.errors import IndexDamaged, ModelUnavailable
from kb.lexicon import load_lexicon
from kb.progress import SilentProgress
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library
from retrieval.index import keeper as keeper_module
from retrieval.index.generation import open_generation
from retrieval.index.keeper import IndexKeeper, State
from retrieval.model.adapter import Adapter
from retrieval.query import Leg, Query
from retrieval.search import Searcher
from tests.retrieval.samples import EVERYTHING, FakeEncoder, make_case, make_statute, save


@pytest.fixture
def ready(library: Library, keeper: IndexKeeper) -> IndexKeeper:
    """A keeper whose index is up to date."""
    save(library, make_case("a", "楼道堆物"), make_statute("条例", "电梯加装"))
    keeper.refresh(SilentProgress())
    assert keeper.condition().state is State.READY
    return keeper


def test_a_missing_index_is_said_to_be_missing(keeper: IndexKeeper) -> None:
    assert keeper.condition().state is State.MISSING
    with pytest.raises(IndexDamaged, match="还没有索引；运行 andian index 建立"):
        keeper.generation()


def test_an_empty_library_can_be_indexed(keeper: IndexKeeper) -> None:
    keeper.refresh(SilentProgress())
    condition = keeper.condition()
    assert condition.state is State.READY
    assert condition.meta is not None
    assert condition.meta.passages == 0


def test_saving_makes_it_stale_and_refreshing_ready(library: Library, ready: IndexKeeper) -> None:
    save(library, make_case("b", "养犬扰民"))
    for verify in (True, False):
        assert ready.condition(verify=verify).state is State.STALE
    assert "资料有更新" in ready.condition().reason
    ready.refresh(SilentProgress())
    assert ready.condition().state is State.READY
    assert ready.generation().meta.passages == 3


def test_removing_makes_it_stale(library: Library, ready: IndexKeeper) -> None:
    library.remove("a")
    assert ready.condition().state is State.STALE
    ready.refresh(SilentProgress())
    assert ready.generation().meta.passages == 1


def test_saving_the_same_again_leaves_it_ready(library: Library, ready: IndexKeeper) -> None:
    save(library, make_case("a", "楼道堆物"))
    assert ready.condition().state is State.READY


def test_another_dictionary_makes_it_stale(library: Library, ready: IndexKeeper, settings: Settings) -> None:
    other = IndexKeeper(
        library, Segmenter({*load_lexicon().terms, "新造词"}, settings.home / "cache"), settings
    )
    condition = other.condition()
    assert (condition.state, condition.reason) == (State.STALE, "词典有更新")


def test_another_model_makes_it_stale(
    library: Library, segmenter: Segmenter, ready: IndexKeeper, settings: Settings
) -> None:
    for model in ("none", "another"):
        condition = IndexKeeper(library, segmenter, replace(settings, embedding_model=model)).condition()
        assert (condition.state, condition.reason) == (State.STALE, "向量模型换过了")


@pytest.fixture
def own_adapter(settings: Settings) -> Callable[[float], None]:
    """Puts an adapter of this strength into the home."""

    def put(strength: float) -> None:
        folder = settings.model_dir / "adapters"
        folder.mkdir(parents=True, exist_ok=True)
        weights = strength * np.ones((16, 16), np.float32)
        (folder / "fake.npz").write_bytes(Adapter("fake", weights).packed())

    return put


def test_another_adapter_makes_it_stale_and_refreshing_ready(
    ready: IndexKeeper, own_adapter: Callable[[float], None]
) -> None:
    own_adapter(1.0)
    condition = ready.condition()
    assert (condition.state, condition.reason) == (State.STALE, "查询适配器换过了")
    ready.refresh(SilentProgress())
    assert ready.condition().state is State.READY
    assert ready.generation().adapter.provisions is not None


def test_a_generation_uses_the_adapter_that_it_was_built_with(
    ready: IndexKeeper, settings: Settings, own_adapter: Callable[[float], None]
) -> None:
    own_adapter(1.0)
    ready.refresh(SilentProgress())
    built = ready.generation().adapter
    own_adapter(2.0)
    assert open_generation(ready.generation().folder).adapter.packed() == built.packed()
    (settings.model_dir / "adapters" / "fake.npz").unlink()
    assert ready.condition().reason == "查询适配器换过了"
    assert open_generation(ready.generation().folder).adapter.packed() == built.packed()
    ready.refresh(SilentProgress())
    assert ready.generation().adapter.provisions is None


@pytest.mark.parametrize("data", [b"broken", Adapter("fake", np.eye(5, dtype=np.float32)).packed()])
def test_with_an_adapter_that_cannot_be_used_the_index_is_for_keywords_only_and_says_why(
    ready: IndexKeeper, settings: Settings, own_adapter: Callable[[float], None], data: bytes
) -> None:
    own_adapter(1.0)
    path = settings.model_dir / "adapters" / "fake.npz"
    path.write_bytes(data)
    ready.refresh(SilentProgress())
    assert f"适配器文件 {path} 读不了；请删除它" in ready.model_problem
    assert ready.lacks_vectors(ready.condition())
    path.unlink()
    ready.refresh(SilentProgress())
    assert (ready.model_problem, ready.lacks_vectors(ready.condition())) == ("", False)


def test_other_shipped_entrances_make_it_stale(
    ready: IndexKeeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "queries").mkdir(parents=True)
    monkeypatch.setattr(keeper_module, "corpus_folder", lambda: corpus)
    text = "queries: [{text: 电梯谁出钱, refs: [条例第一条]}]"
    (corpus / "queries" / "dianti.yaml").write_text(text, encoding="utf-8")
    condition = ready.condition()
    assert (condition.state, condition.reason) == (State.STALE, "自带的问法有更新")
    ready.refresh(SilentProgress())
    assert ready.condition().state is State.READY
    entrances = ready.generation().entrances
    assert entrances is not None
    assert entrances.labels == (("query", "电梯谁出钱"),)


def test_what_only_queries_by_meaning_use_leaves_a_keyword_index_ready(
    library: Library,
    segmenter: Segmenter,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    keeper = IndexKeeper(library, segmenter, replace(settings, embedding_model="none"))
    keeper.refresh(SilentProgress())
    monkeypatch.setattr(keeper_module, "corpus_folder", lambda: tmp_path / "other")
    assert keeper.condition().state is State.READY


def test_a_refresh_computes_only_what_is_new_unless_told_to_rebuild(
    ready: IndexKeeper, fake_model: FakeEncoder
) -> None:
    known = len(fake_model.seen)
    ready.refresh(SilentProgress())
    assert len(fake_model.seen) == known
    ready.refresh(SilentProgress(), rebuild=True)
    assert len(fake_model.seen) == 2 * known


def test_without_a_model_the_index_is_for_keywords_only_and_says_why(
    library: Library, ready: IndexKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = keeper_module.resolve

    def unreachable(*_: object, **__: object) -> None:
        raise ModelUnavailable("没能下载向量模型")

    monkeypatch.setattr(keeper_module, "resolve", unreachable)
    save(library, make_case("b", "养犬扰民"))
    ready.refresh(SilentProgress())
    condition = ready.condition()
    assert condition.state is State.READY
    assert ready.model_problem == "没能下载向量模型"
    assert ready.lacks_vectors(condition)
    assert ready.generation().vectors is None
    monkeypatch.setattr(keeper_module, "resolve", working)
    ready.refresh(SilentProgress())
    assert ready.model_problem == ""
    assert not ready.lacks_vectors(ready.condition())


def test_asking_for_keywords_only_is_no_problem(
    library: Library, segmenter: Segmenter, settings: Settings
) -> None:
    keeper = IndexKeeper(library, segmenter, replace(settings, embedding_model="none"))
    keeper.refresh(SilentProgress())
    assert (keeper.model_problem, keeper.wants_vectors) == ("", False)
    assert not keeper.lacks_vectors(keeper.condition())


def test_searches_go_on_while_the_index_is_rebuilt(
    library: Library, ready: IndexKeeper, searcher: Searcher
) -> None:
    """Each edition replaces all its cases by new ones, so that a mixture of two would show."""
    errors: list[Exception] = []
    seen: set[str] = set()
    stop = threading.Event()

    def publish(edition: int) -> None:
        cases = [make_case(f"版{edition}-{n}", f"楼道堆物处理之{n}版次{edition}") for n in range(5)]
        library.save_file(cases, origin_path="editions", origin_hash=str(edition))
        ready.refresh(SilentProgress())

    def editions(names: list[str]) -> list[str]:
        return [name.split("-")[0] for name in names if name.startswith("版")]

    def search() -> None:
        while not stop.is_set():
            try:
                for names in searcher.rankings("楼道堆物处理", EVERYTHING, 20).values():
                    found = editions(names)
                    assert len(found) == 5
                    assert len(set(found)) == 1
                    seen.update(found)
                hits = searcher.search(Query("楼道堆物处理", EVERYTHING, 20)).hits
                assert len(set(editions([hit.ref for hit in hits]))) <= 1
            except Exception as error:  # noqa: BLE001  whatever it is, the test reports it
                errors.append(error)
                return

    publish(0)
    threads = [threading.Thread(target=search) for _ in range(6)]
    for thread in threads:
        thread.start()
    for edition in range(1, 6):
        publish(edition)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(seen) > 1
    last = searcher.rankings("楼道堆物处理", EVERYTHING, 20)[Leg.FUSED]
    assert set(editions(last)) == {"版5"}
