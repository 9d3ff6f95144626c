"""A folder of texts as the checks see it: documents, questions, queries and dictionaries with their places."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ingest.corpus_check.finding import Finding, from_error
from ingest.front_matter import FrontMatter, split_front_matter
from ingest.readers.dispatch import MAX_BYTES
from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.bank import load as bank
from kb.bank.question import Question
from kb.bank.wordings import KEY as WORDINGS
from kb.bank.wordings import Wording, load_wordings
from kb.documents import Document
from kb.errors import InputError
from kb.marked_yaml import Marked, read_yaml
from kb.placed import Loaded, Placed, validated
from kb.queries import KEY as QUERIES
from kb.queries import LayQuery, load_queries
from kb.vocabulary import NamedLaw, OutsideLaw, SharedPhrase, Term, Topic

CHECK = "schema"


@dataclass(frozen=True)
class TextFile:
    """A Markdown file with what it says of itself and the documents in it."""

    path: str
    text: str
    body: str
    body_line: int
    front: FrontMatter
    documents: tuple[Document, ...]

    def body_lines(self) -> Iterator[tuple[int, str]]:
        """:returns: The lines below the front matter with their 1-based numbers."""
        return enumerate(self.body.split("\n"), start=self.body_line)


@dataclass(frozen=True)
class Folder:
    """Everything valid in a folder, and a finding for everything that is not."""

    root: Path
    texts: tuple[TextFile, ...] = ()
    questions: tuple[Placed[Question], ...] = ()
    queries: tuple[Placed[LayQuery], ...] = ()
    terms: tuple[Placed[Term], ...] = ()
    laws: tuple[Placed[NamedLaw], ...] = ()
    laws_outside: tuple[Placed[OutsideLaw], ...] = ()
    topics: tuple[Placed[Topic], ...] = ()
    phrases: tuple[Placed[SharedPhrase], ...] = ()
    wordings: tuple[Placed[Wording], ...] = ()
    raw: dict[str, str] = field(default_factory=dict)
    """Text of every file, Markdown and YAML, by path."""
    problems: tuple[Finding, ...] = ()

    @cached_property
    def documents(self) -> tuple[tuple[TextFile, Document], ...]:
        """Every document with its file."""
        return tuple((text, document) for text in self.texts for document in text.documents)


_Loader = Callable[[Marked, str], Loaded[Any]]


def _plain(key: str, model: Any) -> _Loader:
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    return lambda document, path: validated(adapter, document.entries(key), path)


_LISTS: dict[str, tuple[str, _Loader]] = {
    bank.KEY: ("questions", bank.load_questions),
    QUERIES: ("queries", load_queries),
    "terms": ("terms", _plain("terms", Term)),
    "laws": ("laws", _plain("laws", NamedLaw)),
    "laws_outside_package": ("laws_outside", _plain("laws_outside_package", OutsideLaw)),
    "topics": ("topics", _plain("topics", Topic)),
    "phrases": ("phrases", _plain("phrases", SharedPhrase)),
    WORDINGS: ("wordings", load_wordings),
}
_BESIDE = {"topic", "do_not_merge", "typos", "typo_exceptions"}
"""Keys that stand beside the lists."""


def read_folder(root: Path) -> Folder:
    """
    Read every ``.md``, ``.yaml`` and ``.yml`` file below a folder; hidden ones are passed over.

    A YAML file is known by the lists it holds, whatever its name: ``questions``, ``queries``, ``terms``, ….

    :raises InputError: If there is no such folder.
    """
    if not root.is_dir():
        raise InputError(f"没有文件夹 {root}", remedy="请检查路径")
    folder = Folder(root)
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            if path.suffix == ".md":
                folder = _with_text(folder, path, relative.as_posix())
            elif path.suffix in (".yaml", ".yml"):
                folder = _with_yaml(folder, path, relative.as_posix())
    return folder


def _with_text(folder: Folder, path: Path, name: str) -> Folder:
    try:
        text = _read(path)
        parts = split_front_matter(text)
        source = SourceText(name, path.stem, text, "markdown", tuple(Path(name).parts[:-1]))
        file = TextFile(name, text, parts.body, parts.line, parts.front, tuple(understand(source)))
    except InputError as error:
        return replace(folder, problems=(*folder.problems, from_error(error, name, CHECK)))
    return replace(folder, texts=(*folder.texts, file), raw={**folder.raw, name: text})


def _with_yaml(folder: Folder, path: Path, name: str) -> Folder:
    try:
        text = _read(path)
        document = read_yaml(text, name)
    except InputError as error:
        return replace(folder, problems=(*folder.problems, from_error(error, name, CHECK)))
    problems = [Finding(name, line, CHECK, message) for line, message in _misplaced(document)]
    changes: dict[str, Any] = {"raw": {**folder.raw, name: text}}
    for key, (attribute, load) in _LISTS.items():
        loaded = (
            load(document, name) if isinstance(document.value, dict) and key in document.value else Loaded()
        )
        changes[attribute] = (*getattr(folder, attribute), *loaded.entries)
        problems += [from_error(error, name, CHECK) for error in loaded.problems]
    return replace(folder, **changes, problems=(*folder.problems, *problems))


def _misplaced(document: Marked) -> Iterator[tuple[int, str]]:
    if not isinstance(document.value, dict):
        yield 1, "文件应是“键: 值”；请按样例书写"
        return
    if not any(key in _LISTS for key in document.value):
        yield 1, f"看不出是什么资料；应有 {'、'.join(_LISTS)} 之一"
    for key, value in document.value.items():
        if key not in _LISTS and key not in _BESIDE:
            yield document.line_of([key]), f"不认识的键“{key}”；请检查拼写"
        elif key in _LISTS and not isinstance(value, list):
            yield document.line_of([key]), f"“{key}”应是一个列表；请在每一项前写“- ”"


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError("文件太大", remedy="请拆成几个文件")
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError("不是 UTF-8 文字", remedy="请另存为 UTF-8") from error
    except OSError as error:
        raise InputError(f"读不出来（{error.strerror}）", remedy="请检查文件权限") from error
