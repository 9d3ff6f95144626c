"""The folder of index generations: which one is current, and the swap to the next."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kb.errors import IndexDamaged

_POINTER = "CURRENT"
_PREFIX = "generation-"
LOCK_TIMEOUT_S = 600


class IndexDirectory:
    """
    Generations side by side; a pointer file, replaced by one rename, names the current one.

    Readers hold what they opened; a writer builds beside it, so nobody ever sees half an index.
    """

    def __init__(self, root: Path):
        """:param root: Folder of the generations; nothing is made before the first build."""
        self.root = root

    @property
    def features(self) -> Path:
        """File of the feature cache."""
        return self.root / "features.db"

    def current(self) -> Path | None:
        """:returns: Folder of the current generation, or ``None`` before the first build."""
        try:
            name = (self.root / _POINTER).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return self.root / name if name.startswith(_PREFIX) and "/" not in name else None

    @contextmanager
    def build(self) -> Iterator[Path]:
        """
        Give the writer an empty folder; on success it becomes the current generation.

        Only one writer at a time: another one waits. On failure the folder is dropped and the
        current generation stays.

        :raises IndexDamaged: If the folder cannot be written, or the lock is held too long.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with FileLock(self.root / ".lock", timeout=LOCK_TIMEOUT_S):
                folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.root))
                try:
                    yield folder
                    self._publish(folder)
                except BaseException:
                    shutil.rmtree(folder, ignore_errors=True)
                    raise
        except Timeout as error:
            raise IndexDamaged("另一个程序正在建索引；请等它结束后再试") from error
        except OSError as error:
            raise IndexDamaged(
                f"不能写索引文件夹 {self.root}（{error.strerror}）；请检查磁盘空间和权限"
            ) from error

    def _publish(self, folder: Path) -> None:
        pointer = self.root / f"{_POINTER}.new"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.root / _POINTER)
        for other in self.root.glob(f"{_PREFIX}*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
