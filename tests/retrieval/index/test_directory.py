import threading
from pathlib import Path

import pytest

from kb.errors import IndexDamaged, IndexRefused
from kb.progress import SilentProgress
from kb.segment import Segmenter
from kb.store.library import Library
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.keyword_retriever import KeywordRetriever
from retrieval.index import directory as directory_module
from retrieval.index.builder import build_index
from retrieval.index.directory import Held, IndexDirectory
from retrieval.index.generation import shared_generation
from tests.retrieval.samples import EVERYTHING, FakeEncoder, make_case, query_vectors, save


@pytest.fixture
def directory(tmp_path: Path) -> IndexDirectory:
    return IndexDirectory(tmp_path / "index")


def publish(directory: IndexDirectory, text: str) -> Path:
    with directory.build() as folder:
        (folder / "text").write_text(text)
    return folder


def test_nothing_is_made_before_the_first_build(directory: IndexDirectory) -> None:
    assert directory.current() is None
    assert not directory.root.exists()


def test_a_build_becomes_current_and_the_old_one_goes(directory: IndexDirectory) -> None:
    first = publish(directory, "first")
    assert directory.current() == first
    second = publish(directory, "second")
    assert directory.current() == second
    assert (second / "text").read_text() == "second"
    assert not first.exists()
    assert [p.name for p in directory.root.glob("*.new")] == []


def test_the_current_build_stays_while_the_next_is_made(directory: IndexDirectory) -> None:
    first = publish(directory, "first")
    with directory.build():
        assert directory.current() == first
        assert (first / "text").read_text() == "first"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failing_build_leaves_the_current_one(
    directory: IndexDirectory, error: type[BaseException]
) -> None:
    first = publish(directory, "first")

    def fail() -> None:
        with directory.build() as folder:
            (folder / "text").write_text("half")
            raise error

    with pytest.raises(error):
        fail()
    assert directory.current() == first
    assert list(directory.root.glob("generation-*")) == [first]


def test_what_a_killed_build_left_is_swept_up(directory: IndexDirectory) -> None:
    publish(directory, "first")
    (directory.root / "generation-orphan").mkdir()
    second = publish(directory, "second")
    assert list(directory.root.glob("generation-*")) == [second]


@pytest.mark.parametrize("name", ["../elsewhere", "generation-x/../..", "", "/etc"])
def test_the_pointer_cannot_lead_elsewhere(directory: IndexDirectory, name: str) -> None:
    publish(directory, "first")
    (directory.root / "CURRENT").write_text(name)
    assert directory.current() is None


def test_two_writers_wait_for_one_another(directory: IndexDirectory) -> None:
    inside, most = 0, 0

    def write(text: str) -> None:
        nonlocal inside, most
        with IndexDirectory(directory.root).build() as folder:
            inside += 1
            most = max(most, inside)
            threading.Event().wait(0.05)
            (folder / "text").write_text(text)
            inside -= 1

    writers = [threading.Thread(target=write, args=(str(n),)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert most == 1
    current = directory.current()
    assert current is not None
    assert (current / "text").read_text() in "0123"
    assert list(directory.root.glob("generation-*")) == [current]


def test_waiting_has_an_end(directory: IndexDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory_module, "LOCK_TIMEOUT_S", 0.05)
    with (
        directory.build(),
        pytest.raises(IndexDamaged, match="另一个程序正在建索引"),
        IndexDirectory(directory.root).build(),
    ):
        pytest.fail("two writers at once")  # fmt: skip


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    with (
        pytest.raises(IndexDamaged, match="不能写索引文件夹.*index"),
        IndexDirectory(tmp_path / "index").build(),
    ):
        pytest.fail("built inside a file")


def test_a_reader_of_the_old_build_keeps_working(
    library: Library, segmenter: Segmenter, directory: IndexDirectory
) -> None:
    save(library, make_case("a", "楼道堆物"))
    build_index(library, segmenter, FakeEncoder(), directory, SilentProgress())
    old = shared_generation(str(directory.current()))
    keyword, dense = KeywordRetriever(str(old.folder)), DenseRetriever(str(old.folder))
    keyword.warm_up()
    dense.warm_up()
    save(library, make_case("b", "楼道堆物很久"))
    build_index(library, segmenter, FakeEncoder(), directory, SilentProgress())
    assert not old.folder.exists()
    assert len(keyword.run(["楼道堆物"], ["楼道"], EVERYTHING)["ranking"]) == 1
    assert len(dense.run(query_vectors("楼道"), EVERYTHING)["ranking"]) == 1
    assert shared_generation(str(directory.current())).meta.passages == 2


def refuse(directory: IndexDirectory, text: str) -> Path:
    def no(_: Path) -> None:
        raise IndexRefused("变差了")

    strict = IndexDirectory(directory.root, no)
    with pytest.raises(IndexRefused), strict.build() as folder:
        (folder / "text").write_text(text)
    return folder


def test_a_refused_build_is_held_beside_the_current_one(directory: IndexDirectory) -> None:
    first = publish(directory, "first")
    second = refuse(directory, "second")
    assert directory.current() == first
    held = directory.held()
    assert held == Held(second, "变差了")
    third = refuse(directory, "third")
    assert directory.held() == Held(third, "变差了")
    assert sorted(directory.root.glob("generation-*")) == sorted([first, third])
    with pytest.raises(IndexDamaged, match="等待确认的索引已经不在"):
        directory.accept(held)


def test_a_held_build_can_be_accepted(directory: IndexDirectory) -> None:
    publish(directory, "first")
    second = refuse(directory, "second")
    held = directory.held()
    assert held is not None
    directory.accept(held)
    assert directory.current() == second
    assert directory.held() is None
    assert list(directory.root.glob("generation-*")) == [second]


def test_a_held_build_can_be_dropped(directory: IndexDirectory) -> None:
    first = publish(directory, "first")
    refuse(directory, "second")
    directory.discard()
    assert (directory.current(), directory.held()) == (first, None)
    assert list(directory.root.glob("generation-*")) == [first]


def test_the_next_approved_build_replaces_both(directory: IndexDirectory) -> None:
    publish(directory, "first")
    refuse(directory, "second")
    third = publish(directory, "third")
    assert (directory.current(), directory.held()) == (third, None)
    assert list(directory.root.glob("generation-*")) == [third]


def test_the_first_build_may_be_refused_too(directory: IndexDirectory) -> None:
    only = refuse(directory, "only")
    assert directory.current() is None
    assert directory.held() == Held(only, "变差了")
