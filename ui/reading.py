"""The bytes of a text that a command is given: a file, or what is piped in."""

import sys
from pathlib import Path

from ingest.readers.dispatch import MAX_BYTES
from kb.errors import UnreadableFile

STDIN = "-"
_PASTED = "标准输入.txt"


def load(name: str) -> tuple[str, bytes]:
    """
    Read one file.

    :param name: Its path; ``-`` stands for what is piped in.
    :returns: Its name and at most one byte more than a text may have, so that longer ones are noticed.
    :raises UnreadableFile: If it cannot be read.
    """
    if name == STDIN:
        return _PASTED, sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return name, file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableFile("找不到文件", remedy="请检查路径", path=name) from error
    except OSError as error:
        raise UnreadableFile(f"读取失败（{error.strerror}）", remedy="请检查路径和权限", path=name) from error
