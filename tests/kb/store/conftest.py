"""Libraries to try the store on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kb.documents import Document
from kb.store.library import Library
from kb.store.saving import Saved


class Save(Protocol):
    def __call__(self, *documents: Document, origin: str = "规定.md") -> list[Saved]: ...


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home' / 'andian.db'}"


@pytest.fixture
def library(url: str) -> Iterator[Library]:
    opened = Library(url)
    yield opened
    opened.close()


@pytest.fixture
def save(library: Library) -> Save:
    """Save documents as the contents of one file."""

    def save(*documents: Document, origin: str = "规定.md") -> list[Saved]:
        texts = repr(documents)
        return library.save_file(documents, origin_path=origin, origin_hash=str(hash(texts)))

    return save
