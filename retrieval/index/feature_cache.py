"""Words and vectors of passages, kept between builds so that only new text is worked on."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexDamaged

_CHUNK = 500


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
        """
        :param path: The file; made if missing, started afresh if damaged.
        :raises IndexDamaged: If it can neither be opened nor replaced.
        """
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._create()
        except sqlite3.DatabaseError:
            for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                name.unlink(missing_ok=True)
            try:
                self._create()
            except sqlite3.Error as error:
                raise IndexDamaged(f"不能写索引缓存 {path}（{error}）；请检查磁盘空间和权限") from error

    def get(self, maker: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """:returns: The stored features among `keys`."""
        found: dict[bytes, bytes] = {}
        with closing(self._connect()) as connection:
            for start in range(0, len(keys), _CHUNK):
                chunk = keys[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                rows = connection.execute(
                    f"SELECT key, value FROM features WHERE maker = ? AND key IN ({marks})",
                    (maker, *chunk),
                )
                found.update(rows)
        return found

    def put(self, maker: str, features: Iterable[tuple[bytes, bytes]]) -> None:
        """Store features; existing ones stay."""
        with closing(self._connect()) as connection, connection:
            connection.executemany(
                "INSERT OR IGNORE INTO features VALUES (?, ?, ?)", ((maker, k, v) for k, v in features)
            )

    def clear(self) -> None:
        """Forget everything; the next build computes all features anew."""
        with closing(self._connect()) as connection, connection:
            connection.execute("DELETE FROM features")

    def _create(self) -> None:
        with closing(self._connect()) as connection, connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS features "
                "(maker TEXT, key BLOB, value BLOB, PRIMARY KEY (maker, key)) WITHOUT ROWID"
            )

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)


def pack_vectors(vectors: NDArray[np.float32]) -> Iterator[bytes]:
    """Yield each row as half-precision bytes, the precision the vector index keeps."""
    for row in vectors.astype("<f2"):
        yield row.tobytes()


def unpack_vector(data: bytes) -> NDArray[np.float32]:
    """:returns: The vector of one row of `pack_vectors`, shape ``(dimension,)``."""
    return np.frombuffer(data, "<f2").astype(np.float32)
