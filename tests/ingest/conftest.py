from pathlib import Path

import pytest

from kb.store.library import Library
from tests.ingest.samples import FILES, statute


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path / 'home' / 'andian.db'}"


@pytest.fixture
def library(address):
    opened = Library(address)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path) -> Path:
    """Thirty rules; every fifth abolishes the one before it."""
    root = tmp_path / "法规"
    root.mkdir()
    for number in range(FILES):
        repealed = f"第六条 《第{number - 1}号管理办法》同时废止。" if number % 5 == 4 else ""
        text = statute(number, 2010 + number % 5, repealed)
        (root / f"rule{number:02}.md").write_text(text, encoding="utf-8")
    return root
