"""The folder of index generations: which one is current, and the swap to the next."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kb.errors import IndexDamaged, IndexRefused

_POINTER, _HELD = "CURRENT", "HELD"
_PREFIX = "generation-"
LOCK_TIMEOUT_S = 600


@dataclass(frozen=True, slots=True)
class Held:
    """A finished generation that was refused, with the Chinese line on why."""

    folder: Path
    reason: str


class IndexDirectory:
    """
    Generations side by side; a pointer file, replaced by one rename, names the current one.

    Readers hold what they opened; a writer builds beside it, so nobody ever sees half an index. A
    generation that is refused is held beside the current one until it is accepted or another is built.
    """

    def __init__(self, root: Path, approve: Callable[[Path], None] = lambda _: None):
        """
        :param root: Folder of the generations; nothing is made before the first build.
        :param approve: Looks at a finished generation before it becomes current; raises `IndexRefused`
            to have it held back.
        """
        self.root = root
        self._approve = approve

    @property
    def features(self) -> Path:
        """File of the feature cache."""
        return self.root / "features.db"

    def current(self) -> Path | None:
        """:returns: Folder of the current generation, or ``None`` before the first build."""
        return self._named((self._read(_POINTER) or "").strip())

    def held(self) -> Held | None:
        """:returns: The generation that was refused last, if it still waits."""
        name, _, reason = (self._read(_HELD) or "").partition("\n")
        folder = self._named(name)
        waits = folder is not None and folder.is_dir() and folder != self.current()
        return Held(folder, reason) if folder is not None and waits else None

    def accept(self, held: Held) -> None:
        """
        Make a refused generation the current one.

        :raises IndexDamaged: If it is gone, or the folder cannot be written.
        """
        with self._locked():
            if self.held() != held:
                raise IndexDamaged("等待确认的索引已经不在；请重新运行 andian index --accept-worse")
            self._publish(held.folder)

    def discard(self) -> None:
        """
        Drop the refused generation, if there is one.

        :raises IndexDamaged: If the folder cannot be written.
        """
        with self._locked():
            self._keep_only(self.current())

    @contextmanager
    def build(self) -> Iterator[Path]:
        """
        Give the writer an empty folder; on success and approval it becomes the current generation.

        Only one writer at a time: another one waits. On failure the folder is dropped and the
        current generation stays; a refused one is held.

        :raises IndexDamaged: If the folder cannot be written, or the lock is held too long.
        :raises IndexRefused: If it was not approved.
        """
        with self._locked():
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.root))
            try:
                yield folder
                self._approve(folder)
                self._publish(folder)
            except IndexRefused as refusal:
                self._point(_HELD, f"{folder.name}\n{refusal}")
                self._keep_only(self.current(), folder)
                raise
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with FileLock(self.root / ".lock", timeout=LOCK_TIMEOUT_S):
                yield
        except Timeout as error:
            raise IndexDamaged("另一个程序正在建索引；请等它结束后再试") from error
        except OSError as error:
            raise IndexDamaged(
                f"不能写索引文件夹 {self.root}（{error.strerror}）；请检查磁盘空间和权限"
            ) from error

    def _publish(self, folder: Path) -> None:
        self._point(_POINTER, folder.name)
        self._keep_only(folder)

    def _point(self, pointer: str, text: str) -> None:
        fresh = self.root / f"{pointer}.new"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.root / pointer)

    def _keep_only(self, *folders: Path | None) -> None:
        for other in self.root.glob(f"{_PREFIX}*"):
            if other not in folders:
                shutil.rmtree(other, ignore_errors=True)

    def _read(self, pointer: str) -> str | None:
        try:
            return (self.root / pointer).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def _named(self, name: str) -> Path | None:
        return self.root / name if name.startswith(_PREFIX) and "/" not in name else None
