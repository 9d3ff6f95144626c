"""Words and vectors of passages, kept between builds so that only new text is worked on."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexDamaged

_CHUNK = 500
_T = TypeVar("_T")


def text_key(text: str) -> bytes:
    """:returns: 16-byte hash under which the features of `text` are kept."""
    return blake2b(text.encode(), digest_size=16).digest()


class FeatureCache:
    """
    One SQLite file beside the index. Losing it costs time, never data.

    Features are stored per *maker*: the model's fingerprint for vectors, the dictionary's for words.
    Every `put` is committed at once, so that an interrupted build goes on where it stopped.
    """

    def __init__(self, path: Path):
        """:param path: The file; made at the first use, started afresh when it proves damaged."""
        self._path = path

    def get(self, maker: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """
        Look up features.

        :returns: The stored ones among `keys`.
        :raises IndexDamaged: If the file cannot be read or made.
        """

        def select(connection: sqlite3.Connection) -> dict[bytes, bytes]:
            found: dict[bytes, bytes] = {}
            for start in range(0, len(keys), _CHUNK):
                chunk = keys[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                query = f"SELECT key, value FROM features WHERE maker = ? AND key IN ({marks})"
                found.update(connection.execute(query, (maker, *chunk)))
            return found

        return self._mended(select)

    def put(self, maker: str, features: Iterable[tuple[bytes, bytes]]) -> None:
        """
        Store features; existing ones stay.

        :raises IndexDamaged: If the file cannot be written.
        """
        rows = [(maker, key, value) for key, value in features]
        self._mended(
            lambda opened: opened.executemany("INSERT OR IGNORE INTO features VALUES (?, ?, ?)", rows)
        )

    def clear(self) -> None:
        """Forget everything; the next build computes all features anew."""
        self._mended(lambda opened: opened.execute("DELETE FROM features"))

    def _mended(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do `work` in one transaction; if the file proves damaged, once more on an empty one."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return self._do(work)
            except sqlite3.OperationalError:  # locked, full or out of reach: the file itself may be sound
                raise
            except sqlite3.DatabaseError:
                for suffix in ("", "-wal", "-shm"):
                    Path(f"{self._path}{suffix}").unlink(missing_ok=True)
                return self._do(work)
        except (OSError, sqlite3.Error) as error:
            raise IndexDamaged(f"不能读写索引缓存 {self._path}（{error}）；请检查磁盘空间和权限") from error

    def _do(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS features "
                "(maker TEXT, key BLOB, value BLOB, PRIMARY KEY (maker, key)) WITHOUT ROWID"
            )
            return work(connection)


def pack_vectors(vectors: NDArray[np.float32]) -> Iterator[bytes]:
    """Yield each row as half-precision bytes, the precision the vector index keeps."""
    for row in vectors.astype("<f2"):
        yield row.tobytes()


def unpack_vector(data: bytes) -> NDArray[np.float32]:
    """:returns: The vector of one row of `pack_vectors`, shape ``(dimension,)``."""
    return np.frombuffer(data, "<f2").astype(np.float32)
