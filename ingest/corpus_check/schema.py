"""Is every entry complete, unique and sorted under a known topic?"""

from collections.abc import Iterator
from typing import Any

from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding
from ingest.corpus_check.folder import CHECK, Folder, TextFile
from kb.placed import Placed

_NEEDED = ("id", "kind", "title", "origin", "region", "topics")


def check_schema(context: Context) -> Iterator[Finding]:
    """
    Check what a file says of itself, ids (unique, ASCII), topics, and ids of cases that queries name.

    What broke a schema while the folder was read is passed on.
    """
    yield from context.folder.problems
    yield from _front_matter(context.folder)
    yield from _unique(context)
    yield from _topics(context)
    yield from _cases(context)


def _front_matter(folder: Folder) -> Iterator[Finding]:
    for text in folder.texts:
        missing = [key for key in _NEEDED if not getattr(text.front, key)]
        if missing:
            yield Finding(text.path, 1, CHECK, f"信息区缺少 {'、'.join(missing)}；请补上")
        if not text.documents:
            yield Finding(text.path, text.body_line, CHECK, "没有正文；请补上或删除文件")
        if not text.front.id.isascii():
            yield Finding(
                text.path, _line(text, "id"), CHECK, f"编号“{text.front.id}”请用小写拼音、数字和连字符"
            )
        if not text.front.law and any(p.ref for d in text.documents for p in d.passages):
            yield Finding(text.path, 1, CHECK, "写了第几条，却没有 law（法规全名）；请补上")


def _unique(context: Context) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    if context.shipped is not context.folder:
        # A file of the same name replaces the shipped one.
        own = context.folder.raw
        taken = {i: f"自带资料 {path}" for i, path, _ in _identifiers(context.shipped) if path not in own}
    for identifier, path, line in _identifiers(context.folder):
        if identifier in taken:
            yield Finding(path, line, CHECK, f"编号“{identifier}”已被 {taken[identifier]} 使用；请换一个")
        taken.setdefault(identifier, f"{path}:{line}")


def _identifiers(folder: Folder) -> Iterator[tuple[str, str, int]]:
    for text in folder.texts:
        if text.front.id:
            yield text.front.id, text.path, _line(text, "id")
    entries: tuple[Placed[Any], ...] = (*folder.questions, *folder.queries)
    for entry in entries:
        yield entry.value.id, entry.path, entry.line
    for term in folder.terms:
        yield f"词条 {term.value.term}", term.path, term.line


def _topics(context: Context) -> Iterator[Finding]:
    known = {p.value.name for folder in context.folders for p in folder.topics}
    used: list[tuple[str, str, int]] = [
        (topic, text.path, _line(text, "topics"))
        for text in context.folder.texts
        for topic in text.front.topics
    ]
    entries: tuple[Placed[Any], ...] = (*context.folder.questions, *context.folder.queries)
    used += sorted({(entry.value.topic, entry.path, 1) for entry in entries})
    used += [(t, law.path, law.line_of("topics")) for law in context.folder.laws for t in law.value.topics]
    for topic, path, line in used:
        if topic not in known:
            yield Finding(path, line, CHECK, f"没有主题“{topic}”；可用的有 {'、'.join(sorted(known))}")


def _cases(context: Context) -> Iterator[Finding]:
    known = {text.front.id for folder in context.folders for text in folder.texts}
    for query in context.folder.queries:
        for number, case in enumerate(query.value.cases):
            if case not in known:
                line = query.line_of("cases", number)
                yield Finding(query.path, line, CHECK, f"{query.value.id} 没有编号为“{case}”的案例；请核对")


def _line(text: TextFile, key: str) -> int:
    lines = text.text.split("\n")[: text.body_line]
    return next((n for n, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 1)
