"""Small real libraries and indexes, with a model that needs no weights."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kb.documents import Document
from kb.entrances import Entrance
from kb.lexicon import load_lexicon
from kb.progress import Progress, SilentProgress
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library
from retrieval.components import query_encoder
from retrieval.index import keeper as keeper_module
from retrieval.index.builder import Aids, build_index
from retrieval.index.directory import IndexDirectory
from retrieval.index.generation import Generation, open_generation
from retrieval.index.keeper import IndexKeeper
from retrieval.model.encoder import Encoder
from retrieval.model.resolve import resolve
from retrieval.search import Searcher
from tests.retrieval.samples import FakeEncoder, save

Build = Callable[..., Generation]


@pytest.fixture(scope="session")
def dictionary_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that keeps the parsed dictionary for the whole run."""
    return tmp_path_factory.mktemp("dictionary")


@pytest.fixture(scope="session")
def segmenter(dictionary_cache: Path) -> Segmenter:
    return Segmenter(load_lexicon().terms, dictionary_cache)


@pytest.fixture(scope="session")
def build(segmenter: Segmenter, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Index documents in a library of their own; ``vectors=False`` leaves the model out."""

    def made(
        *documents: Document,
        encoder: Encoder | None = None,
        vectors: bool = True,
        entrances: Sequence[Entrance] = (),
        adapter: bytes = b"",
    ) -> Generation:
        root = tmp_path_factory.mktemp("built")
        library = Library(f"sqlite:///{root / 'andian.db'}")
        save(library, *documents)
        chosen = encoder or (FakeEncoder() if vectors else None)
        directory = IndexDirectory(root / "index")
        build_index(library, segmenter, chosen, directory, SilentProgress(), Aids(entrances, adapter=adapter))
        library.close()
        folder = directory.current()
        assert folder is not None
        return open_generation(folder)

    return made


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = Library(f"sqlite:///{tmp_path / 'andian.db'}")
    yield opened
    opened.close()


def use_fake_model(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    """Let the setting ``embedding_model = "fake"`` stand for a `FakeEncoder`, which is returned."""
    encoder = FakeEncoder()

    def resolved(settings: Settings, progress: Progress, *, fetch_allowed: bool = True) -> Encoder | None:
        if settings.embedding_model == encoder.name:
            return encoder
        return resolve(settings, progress, fetch_allowed=fetch_allowed)

    for module in (keeper_module, query_encoder):
        monkeypatch.setattr(module, "resolve", resolved)
    return encoder


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    return use_fake_model(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path, dictionary_cache: Path, fake_model: FakeEncoder) -> Settings:
    """Settings of a hybrid search over `tmp_path`."""
    (tmp_path / "cache").symlink_to(dictionary_cache)
    return Settings(home=tmp_path, embedding_model=fake_model.name)


@pytest.fixture
def keeper(library: Library, segmenter: Segmenter, settings: Settings) -> IndexKeeper:
    return IndexKeeper(library, segmenter, settings)


@pytest.fixture
def searcher(library: Library, keeper: IndexKeeper, settings: Settings) -> Searcher:
    return Searcher(library, keeper, settings)
