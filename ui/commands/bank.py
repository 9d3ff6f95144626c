"""``andian bank``: the question bank on the command line."""

import json
import secrets
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from typing import Any

from kb.bank.blueprint import Blueprint, Paper, draw_paper
from kb.bank.blueprint_text import parse_part
from kb.bank.entry import Entry, Filter
from kb.bank.names import TYPE_OF, TYPES, type_name
from kb.bank.states import STATES, Action, State
from kb.errors import InputError, NotFound
from ui.banking import export_file, writer
from ui.commands import bank_files, bank_stats
from ui.presenters.questions import as_json, question_lines
from ui.services import Services
from ui.terminal import print_table

_MOVES = {
    "review": (Action.REVIEW, "已审核"),
    "publish": (Action.PUBLISH, "已发布"),
    "retire": (Action.RETIRE, "已停用"),
    "reopen": (Action.REOPEN, "已退回草稿"),
}
_STATE_OF = {name: state for state, name in STATES.items()}


def run(arguments: Namespace, services: Services) -> int:
    """
    Do one thing with the bank.

    :returns: 1 if an import was refused, else 0.
    :raises AndianError: If something is wrong with the call, the file or the state of a question.
    """
    services.fill_bank()
    act = _ACTIONS.get(arguments.action, _move)
    return act(arguments, services)


def _list(arguments: Namespace, services: Services) -> int:
    page = services.library.bank.find(
        chosen_filter(arguments), offset=(arguments.page - 1) * arguments.size, limit=arguments.size
    )
    if arguments.json:
        entries = [as_json(entry) for entry in page.entries]
        print(
            json.dumps(
                {"total": page.total, "page": arguments.page, "questions": entries}, ensure_ascii=False
            )
        )
        return 0
    header = ("编号", "题型", "难度", "状态", "部门", "用过", "题干")
    print_table(header, [_row(entry) for entry in page.entries])
    pages = -(-page.total // arguments.size)
    print(f"共 {page.total} 题，第 {arguments.page}/{max(pages, 1)} 页")
    return 0


def chosen_filter(arguments: Namespace) -> Filter:
    """:returns: What the options narrow a list to."""
    return Filter(
        topic=arguments.topic,
        type=TYPE_OF[arguments.type] if arguments.type else None,
        difficulty=arguments.difficulty,
        department=arguments.department,
        region=arguments.region,
        state=_STATE_OF[arguments.state] if arguments.state else None,
        text=arguments.text or "",
    )


def _row(entry: Entry) -> tuple[object, ...]:
    question = entry.question
    stem = " ".join(question.stem.split())
    return (
        question.id,
        type_name(question),
        question.difficulty,
        STATES[entry.state],
        question.department,
        sum(entry.uses.values()),
        stem if len(stem) <= 30 else f"{stem[:30]}…",
    )


def _show(arguments: Namespace, services: Services) -> int:
    bank = services.library.bank
    entry, versions = bank.entry(arguments.question_id), bank.versions(arguments.question_id)
    if arguments.version is not None:
        older = [version for version in versions if version.number == arguments.version]
        if not older:
            raise NotFound(f"{arguments.question_id} 没有第 {arguments.version} 版；共 {len(versions)} 版")
        entry = Entry(older[0], entry.state, entry.origin, entry.created_at, entry.changed_at, entry.uses)
    if arguments.json:
        print(json.dumps({**as_json(entry), "versions": len(versions)}, ensure_ascii=False))
        return 0
    print("\n".join(question_lines(entry, len(versions))))
    return 0


def _move(arguments: Namespace, services: Services) -> int:
    action, told = _MOVES[arguments.action]
    number = services.library.bank.move(arguments.question_ids, action, arguments.by)
    ids = list(dict.fromkeys(arguments.question_ids))
    if arguments.json:
        print(json.dumps({"action": action.value, "questions": ids, "undo": number}, ensure_ascii=False))
    else:
        print(f"{told} {len(ids)} 题；要撤销请运行 andian bank undo {number}")
    return 0


def _undo(arguments: Namespace, services: Services) -> int:
    done = services.library.bank.undo(arguments.number)
    if done is None:
        raise NotFound(f"没有编号为 {arguments.number} 的操作，或已经撤销过了")
    if arguments.json:
        print(json.dumps({"undone": done.number, "questions": done.questions}, ensure_ascii=False))
    else:
        print(f"已撤销 {done.actor} 对 {len(done.questions)} 题的操作")
    return 0


def _paper(arguments: Namespace, services: Services) -> int:
    bank = services.library.bank
    pool = [entry.question for entry in bank.find(Filter(state=State.PUBLISHED)).entries]
    topics = {question.topic for question in pool}
    if arguments.use and not (arguments.series and arguments.by):
        raise InputError("记录使用要写明系列和姓名", remedy="请加 --series 和 --by")
    if arguments.out is not None:
        writer(arguments.out)
    blueprint = Blueprint(tuple(parse_part(text, topics) for text in arguments.part), arguments.region)
    used = bank.used_by(arguments.series) if arguments.series and not arguments.allow_used else set()
    paper = draw_paper(blueprint, pool, arguments.seed or secrets.token_hex(4), used)
    if arguments.out is not None:
        export_file(paper.questions, arguments.out)
    number = None
    if arguments.use:
        number = bank.note_uses([q.id for q in paper.questions], arguments.series, arguments.by)
    _tell_paper(arguments, blueprint, paper, number)
    return 0


def _tell_paper(arguments: Namespace, blueprint: Blueprint, paper: Paper, number: int | None) -> None:
    if arguments.json:
        parts: list[dict[str, Any]] = [
            {"part": part.label, "questions": [q.id for q in questions]}
            for part, questions in zip(blueprint.parts, paper.parts, strict=True)
        ]
        print(json.dumps({"seed": paper.seed, "parts": parts, "undo": number}, ensure_ascii=False))
        return
    for part, questions in zip(blueprint.parts, paper.parts, strict=True):
        print(f"{part.label} {part.count} 道")
        for question in questions:
            print(f"  {question.id}  {' '.join(question.stem.split())}")
    kinds = Counter(TYPES[question.type] for question in paper.questions)
    told = "、".join(f"{kind} {count}" for kind, count in kinds.items())
    print(f"共 {len(paper.questions)} 题（{told}）；种子 {paper.seed}，种子和题库相同则抽出的题相同")
    if number is not None:
        print(f"已记入系列“{arguments.series}”；要撤销请运行 andian bank undo {number}")


_ACTIONS: dict[str, Callable[[Namespace, Services], int]] = {
    "list": _list,
    "show": _show,
    "import": bank_files.run_import,
    "export": lambda arguments, services: bank_files.run_export(
        arguments, services, None if arguments.template else chosen_filter(arguments)
    ),
    "paper": _paper,
    "stats": bank_stats.run,
    "undo": _undo,
}
