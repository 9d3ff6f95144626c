"""The bank and files of questions: filling it from the corpus, importing with a report, exporting by suffix."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.bank.duplicates import Duplicates, Likeness
from kb.bank.exchange.gift_read import read_gift
from kb.bank.exchange.gift_write import write_gift
from kb.bank.exchange.moodle_read import read_moodle
from kb.bank.exchange.moodle_write import write_moodle
from kb.bank.exchange.record import MOST_BYTES, Defaults, Problem, Read, portable, with_id
from kb.bank.exchange.sheet import read_sheet
from kb.bank.exchange.template import write_sheet
from kb.bank.load import load_questions
from kb.bank.question import Question
from kb.bank.repository import Bank
from kb.errors import AndianError, InputError, UnreadableFile
from kb.marked_yaml import read_yaml
from kb.store.library import Library

_FILLED_FROM = "bank_from"
Reader = Callable[[bytes, str, Defaults | None], Read]
READERS: dict[str, Reader] = {
    ".xlsx": read_sheet,
    ".gift": read_gift,
    ".txt": read_gift,
    ".xml": read_moodle,
}
WRITERS: dict[str, Callable[[Iterable[Question]], bytes]] = {
    ".xlsx": write_sheet,
    ".gift": write_gift,
    ".txt": write_gift,
    ".xml": write_moodle,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a file would do."""

    new: tuple[Question, ...]
    changed: tuple[Question, ...]
    same: tuple[str, ...]
    """Ids of questions that the bank holds exactly so."""
    problems: tuple[Problem, ...]
    alike: tuple[tuple[str, Likeness], ...]
    """New questions that resemble others of the bank or of the file; a remark, no error."""
    unit: str


def fill_bank(library: Library, folder: Path) -> None:
    """
    Bring the shipped questions into the bank, once per version of them.

    :raises AndianError: If one of them is not valid.
    """
    paths = sorted(folder.glob("*.yaml"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    if library.value(_FILLED_FROM) == digest:
        return
    questions: list[Question] = []
    for path in paths:
        loaded = load_questions(read_yaml(path.read_text(encoding="utf-8"), path.name), path.name)
        if loaded.problems:
            raise AndianError(f"自带试题有误：{loaded.problems[0]}；请重新安装案典")
        questions += [entry.value for entry in loaded.entries]
    library.bank.take_shipped(questions)
    library.set_value(_FILLED_FROM, digest)


def plan_import(bank: Bank, path: Path, defaults: Defaults, *, update: bool) -> Plan:
    """
    Read a file and compare it with the bank; nothing is written.

    :param update: Take a question whose id the bank has, in other words, for a new version of it.
    :raises InputError: If the file cannot be read at all.
    """
    read = _reader(path)(load(path), str(path), defaults)
    held = {entry.question.id: entry.question for entry in bank.find().entries}
    free = iter(bank.free_ids(len(read.unnamed)))
    new: list[Question] = []
    changed: list[Question] = []
    same: list[str] = []
    problems = list(read.problems)
    for place, question in read.questions:
        named = with_id(question, next(free)) if place in read.unnamed else question
        before = held.get(named.id)
        if before is None:
            new.append(named)
        elif portable(before) == named:
            same.append(named.id)
        elif update:
            changed.append(named)
        else:
            message = f"题库里已有 {named.id}，内容不同；要修改它请加 --update，否则换个编号"
            problems.append(Problem(place, "编号", message))
    problems.sort(key=lambda problem: problem.place)
    alike = _alike(held.values(), new)
    return Plan(tuple(new), tuple(changed), tuple(same), tuple(problems), alike, read.unit)


def export_file(questions: Sequence[Question], path: Path) -> None:
    """
    Write questions in the format that the suffix names.

    :raises InputError: If the suffix is none of ours, or the file cannot be written.
    """
    data = writer(path)(questions)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"写不了（{error.strerror}）", remedy="请检查路径和权限", path=path) from error


def load(path: Path) -> bytes:
    """
    Read a file of bounded size.

    :raises UnreadableFile: If it is missing, cannot be read or is larger than `MOST_BYTES`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableFile("找不到文件", remedy="请检查路径", path=path) from error
    except OSError as error:
        raise UnreadableFile(f"读取失败（{error.strerror}）", remedy="请检查路径和权限", path=path) from error
    if len(data) > MOST_BYTES:
        raise UnreadableFile(f"文件超过 {MOST_BYTES >> 20} MB", remedy="请分成几个文件", path=path)
    return data


def writer(path: Path) -> Callable[[Iterable[Question]], bytes]:
    """
    :returns: What writes the format of a suffix.
    :raises InputError: If the suffix is none of ours.
    """
    return WRITERS[_suffix(path)]


def _reader(path: Path) -> Reader:
    return READERS[_suffix(path)]


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise InputError("不认识的文件类型", remedy=f"请用 {'、'.join(READERS)}", path=path)
    return suffix


def _alike(held: Iterable[Question], new: Iterable[Question]) -> tuple[tuple[str, Likeness], ...]:
    known = Duplicates(held)
    found = []
    for question in new:
        found += [(question.id, likeness) for likeness in known.like(question)[:1]]
        known.add(question)
    return tuple(found)
