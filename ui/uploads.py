"""Uploaded files: named safely, read without being saved, and saved under a lasting identity."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.pipeline import Ingester, Outcome, Report, Understood
from ingest.readers.dispatch import MAX_BYTES
from kb.errors import InputError, UnreadableFile
from kb.progress import Progress

MOST_FILES = 50
"""Files of one upload."""
_LONGEST_NAME = 150
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e]")
_IDENTITY = "upload:"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it arrived: where its bytes lie, and what its sender calls it."""

    path: Path
    name: str


def safe_name(name: str) -> str:
    """:returns: The last part of a file's name without what could mislead, at most 150 characters."""
    last = _UNSAFE.sub("", re.split(r"[\\/]", name)[-1]).strip()
    if last in ("", ".", ".."):
        return "未命名"
    return last if len(last) <= _LONGEST_NAME else last[: _LONGEST_NAME - 10] + last[-10:]


def read_uploads(
    ingester: Ingester, uploads: Sequence[Upload], progress: Progress
) -> list[Understood | InputError]:
    """
    Understand uploaded files; nothing is saved.

    :returns: What was understood, and in place of a file that cannot be used the error that says why.
    """
    found: list[Understood | InputError] = []
    seen: set[str] = set()
    with progress.step("读取文件", len(uploads)) as bar:
        for number, upload in enumerate(uploads):
            name = safe_name(upload.name)
            if number >= MOST_FILES:
                problem = f"一次最多上传 {MOST_FILES} 个文件"
                found.append(UnreadableFile(problem, remedy="请分几次上传，或打成一个 .zip", path=name))
            elif name in seen:
                found.append(UnreadableFile("有两个文件同名", remedy="请改名后再上传", path=name))
            else:
                found += _read(ingester, upload.path, name)
            seen.add(name)
            bar.advance()
    return found


def save_uploads(
    ingester: Ingester, found: Iterable[Understood | InputError], progress: Progress
) -> list[Report]:
    """
    Save what `read_uploads` understood. A file of the same name uploaded again updates what it gave before.

    :returns: One report per document or refused file.
    :raises StoreError: If the database fails; what was saved before stays.
    """
    known = list(found)
    reports: list[Report] = []
    with progress.step("保存资料", len(known)) as bar:
        for one in known:
            reports += [_refused(one)] if isinstance(one, InputError) else _save(ingester, one)
            bar.advance()
    return reports


def _read(ingester: Ingester, path: Path, name: str) -> list[Understood | InputError]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = f"上传没有完成（{error.strerror}）"
        return [UnreadableFile(problem, remedy="请重新上传", path=name)]
    return ingester.preview(name, data)


def _save(ingester: Ingester, understood: Understood) -> list[Report]:
    name = understood.source.source
    if not understood.documents:
        return [Report(name, Outcome.SKIPPED, note="里面没有可以收录的正文")]
    source = replace(understood.source, source=_IDENTITY + name)
    return [replace(r, source=name) for r in ingester.save(replace(understood, source=source))]


def _refused(error: InputError) -> Report:
    note = error.problem + (f"；{error.remedy}" if error.remedy else "")
    return Report(str(error.path or ""), Outcome.REFUSED, note=note)
