"""An empty bank, and a clock that stands still until it is moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kb.bank import repository
from kb.bank.repository import Bank
from kb.store.library import Library


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    library = Library(f"sqlite:///{tmp_path / 'andian.db'}")
    yield library.bank
    library.close()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 12)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(repository, "now", made)
    return made
