import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import ModelUnavailable
from kb.settings import Settings
from retrieval.model import adapter as module
from retrieval.model.adapter import Adapter, adapter_file, adapter_fingerprint, read_adapter

DIMENSION = 6


def weights(seed: int = 0, dimension: int = DIMENSION) -> np.ndarray:
    """:returns: Weights that half precision holds exactly."""
    made = np.random.default_rng(seed).standard_normal((dimension, dimension))
    return made.astype(np.float16).astype(np.float32)


def file_of(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=True, **arrays)
    return buffer.getvalue()


GOOD = Adapter("m", weights(1), weights(2)).packed()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home without an adapter, beside an empty folder of shipped ones."""
    monkeypatch.setattr(module, "SHIPPED", tmp_path / "shipped")
    return Settings(home=tmp_path / "home", embedding_model="fake")


def put(folder: Path, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fake.npz").write_bytes(data)
    return folder / "fake.npz"


@pytest.mark.parametrize(("one", "other"), [(1, 2), (1, None), (None, 2), (None, None)])
def test_round_trip(one: int | None, other: int | None) -> None:
    parts = [None if seed is None else weights(seed) for seed in (one, other)]
    again = Adapter.unpack(Adapter("m3e-small", *parts).packed())
    assert again.model == "m3e-small"
    for before, after in zip(parts, (again.provisions, again.precedents), strict=True):
        assert (before is None) == (after is None)
        assert before is None or (np.array_equal(before, after) and after.dtype == np.float32)


def test_equal_weights_give_equal_bytes() -> None:
    assert Adapter("m", weights(1), weights(2)).packed() == GOOD
    assert Adapter("m", weights(1), weights(3)).packed() != GOOD
    assert Adapter.unpack(GOOD).packed() == GOOD


def test_without_weights_a_query_stays() -> None:
    vector = np.array([0.6, 0.8], np.float32)
    assert Adapter().to_provisions(vector) is vector
    assert Adapter().to_precedents(vector) is vector
    assert Adapter().fits(512)


def test_each_sort_has_weights_of_its_own() -> None:
    turn = np.array([[-1, 1], [-1, -1]], np.float32)
    adapter = Adapter("m", turn)
    east = np.array([1, 0], np.float32)
    assert adapter.to_provisions(east) == pytest.approx([0, 1])
    assert adapter.to_precedents(east) is east


@given(st.integers(0, 2**32 - 1), st.floats(0, 50), st.integers(1, 4))
def test_vectors_stay_normalised(seed: int, size: float, number: int) -> None:
    random = np.random.default_rng(seed)
    adapter = Adapter("m", (weights(seed) * size).astype(np.float32), weights(seed + 1))
    plain = random.standard_normal((number, DIMENSION)).astype(np.float32)
    plain /= np.linalg.norm(plain, axis=1, keepdims=True)
    for turn in (adapter.to_provisions, adapter.to_precedents):
        turned = turn(plain)
        assert turned.dtype == np.float32
        assert np.linalg.norm(turned, axis=1) == pytest.approx(np.ones(number), abs=1e-5)
        assert turn(plain[0]) == pytest.approx(turned[0], abs=1e-5)


def test_a_vector_turned_to_nothing_is_no_division_by_zero() -> None:
    gone = Adapter("m", -np.eye(2, dtype=np.float32)).to_provisions(np.array([1, 0], np.float32))
    assert gone.tolist() == [0, 0]


REFUSED = "not an adapter|weights must be|allow_pickle|could not convert|magic|[Cc]annot|header|EOF"
BROKEN = {
    "empty": b"",
    "text": b"hello",
    "another array file": (lambda b: (np.save(b, np.eye(2)), b.getvalue())[1])(io.BytesIO()),
    "cut": GOOD[:-30],
    "no model": file_of(provisions=weights()),
    "unknown part": file_of(model=np.array("m"), cases=weights()),
    "objects": file_of(model=np.array("m"), provisions=np.array([{}], object)),
    "words": file_of(model=np.array("m"), provisions=np.array([["a"]])),
    "not square": file_of(model=np.array("m"), provisions=np.ones((2, 3), np.float16)),
    "flat": file_of(model=np.array("m"), provisions=np.ones(4, np.float16)),
    "not finite": file_of(model=np.array("m"), provisions=np.full((2, 2), np.nan, np.float16)),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=REFUSED):
        Adapter.unpack(data)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_changed_byte_is_refused_or_harmless(place: int, value: int) -> None:
    data = GOOD[:place] + bytes([value]) + GOOD[place + 1 :]
    try:
        found = Adapter.unpack(data)
    except ValueError:
        return
    assert found.fits(DIMENSION)


@pytest.mark.parametrize("name", ["model", "provisions"])
def test_members_that_are_no_arrays_are_refused(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.npy", b"x" * 500)
    with pytest.raises(ValueError, match=REFUSED):
        Adapter.unpack(buffer.getvalue())


def test_there_need_not_be_one(settings: Settings) -> None:
    assert adapter_file(settings) is None
    assert adapter_fingerprint(settings) == ""
    assert read_adapter(settings, DIMENSION) == b""


def test_the_homes_own_comes_before_the_shipped(settings: Settings) -> None:
    other = Adapter("m", weights(5)).packed()
    shipped = put(module.SHIPPED, GOOD)
    assert (adapter_file(settings), read_adapter(settings, DIMENSION)) == (shipped, GOOD)
    own = put(settings.model_dir / "adapters", other)
    assert (adapter_file(settings), read_adapter(settings, DIMENSION)) == (own, other)
    assert adapter_fingerprint(settings) == hashlib.sha256(other).hexdigest()


def test_a_model_given_as_a_folder_goes_by_its_name(settings: Settings, tmp_path: Path) -> None:
    path = put(settings.model_dir / "adapters", GOOD)
    assert adapter_file(Settings(home=settings.home, embedding_model=str(tmp_path / "fake"))) == path


@pytest.mark.parametrize("make", [lambda: b"broken", lambda: b"0" * 9_000_000], ids=["broken", "oversized"])
def test_a_file_that_cannot_be_used_is_named(settings: Settings, make: Callable[[], bytes]) -> None:
    put(settings.model_dir / "adapters", make())
    with pytest.raises(ModelUnavailable, match=r"fake\.npz 读不了；请删除它"):
        read_adapter(settings, DIMENSION)


def test_one_for_vectors_of_another_length_is_named(settings: Settings) -> None:
    put(settings.model_dir / "adapters", GOOD)
    with pytest.raises(ModelUnavailable, match="读不了"):
        read_adapter(settings, DIMENSION + 1)


def test_the_shipped_one_is_sound() -> None:
    path = module.SHIPPED / "m3e-small.npz"
    if not path.is_file():
        pytest.skip("no adapter is shipped")
    adapter = Adapter.unpack(path.read_bytes())
    assert adapter.model == "m3e-small"
    assert adapter.provisions is not None
    assert adapter.fits(512)
