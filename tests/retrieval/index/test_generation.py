import gc
import json
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import IndexDamaged
from kb.progress import SilentProgress
from kb.store.library import Library
from retrieval.index.generation import (
    FORMAT,
    META,
    check_files,
    open_generation,
    read_meta,
    shared_generation,
)
from retrieval.index.keeper import IndexKeeper, State
from tests.retrieval.conftest import Build
from tests.retrieval.samples import make_case, make_statute, save

Damage = Callable[[Path], object]
DAMAGES: dict[str, Damage] = {
    "removed": lambda path: path.unlink(),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "altered": lambda path: path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:]),
    "grown": lambda path: path.write_bytes(path.read_bytes() + b"x"),
}


@pytest.fixture(scope="module")
def folder(build: Build) -> Path:
    return build(make_statute("条例", "物业费", "电梯"), make_case("案例", "楼道堆物")).folder


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damaged_file_is_noticed(folder: Path, tmp_path: Path, damage: str) -> None:
    names = [str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()]
    assert {META, "catalogue.npz", "vectors.faiss"} < set(names)
    for name in names:
        copy = tmp_path / name.replace("/", "-")
        shutil.copytree(folder, copy)
        if (copy / name).stat().st_size == 0 and damage in ("truncated", "altered"):
            continue
        DAMAGES[damage](copy / name)
        with pytest.raises(IndexDamaged, match="--rebuild") as caught:
            open_generation(copy)
        assert "\n" not in str(caught.value)
        with pytest.raises(IndexDamaged):
            check_files(copy)


def test_an_intact_build_opens(folder: Path) -> None:
    generation = open_generation(folder)
    assert generation.meta == read_meta(folder) == check_files(folder)
    assert (generation.meta.passages, generation.meta.dimension, generation.meta.model) == (3, 16, "fake")
    assert generation.catalogue.name.tolist() == ["条例第一条", "条例第二条", "案例"]


def test_a_build_of_another_format_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    values = json.loads((copy / META).read_text(encoding="utf-8"))
    (copy / META).write_text(json.dumps(values | {"format": 0}), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="另一版本.*--rebuild"):
        read_meta(copy)


@pytest.mark.parametrize("text", ["", "[]", "{}", f'{{"format": {FORMAT}}}', "null"])
def test_a_broken_card_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / META).write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamaged, match="索引不完整"):
        read_meta(tmp_path)


def test_a_build_is_opened_once_while_it_is_in_use(folder: Path) -> None:
    first = shared_generation(str(folder))
    assert shared_generation(str(folder)) is first
    unused = weakref.ref(first)
    del first
    gc.collect()
    assert unused() is None


@pytest.mark.parametrize("damage", ["removed", "altered"])
def test_the_keeper_sees_damage_and_mends_it(library: Library, keeper: IndexKeeper, damage: str) -> None:
    save(library, make_case("a", "楼道堆物"))
    keeper.refresh(SilentProgress())
    held = keeper.generation()
    for name in ("vectors.faiss", "catalogue.npz", META, "keywords/meta.json"):
        DAMAGES[damage](keeper.generation().folder / name)
        condition = keeper.condition()
        assert condition.state is State.DAMAGED
        assert condition.reason
        keeper.refresh(SilentProgress())
        assert keeper.condition().state is State.READY
        assert keeper.generation() is not held
