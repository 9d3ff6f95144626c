"""Files and folders that are either whole or not there."""

import hashlib
import os
import shutil
from pathlib import Path


def sha256(*paths: Path) -> str:
    """:returns: SHA-256 in hexadecimal of the files' bytes, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def fresh_folder(path: Path) -> Path:
    """:returns: `path` as an empty folder, whatever an interrupted run left there."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def put_in_place(partial: Path, final: Path) -> None:
    """Give the finished folder `partial` its final name; nobody ever sees half of it."""
    shutil.rmtree(final, ignore_errors=True)
    os.replace(partial, final)
