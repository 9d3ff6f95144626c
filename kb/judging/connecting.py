"""How the tables of this room reach the library's database, and how they tell time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import sqlalchemy as sa

Connect = Callable[[], AbstractContextManager[sa.Connection]]
"""Opens one transaction of the library's database."""


class Tables:
    """What a part of the library needs to read and write; every method of a part is one transaction."""

    def __init__(self, read: Connect, write: Connect):
        """
        :param read: Opens a transaction that only reads.
        :param write: Opens one that may write.
        """
        self._read = read
        self._write = write


def now() -> datetime:
    """:returns: The present moment in UTC, without a zone, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
