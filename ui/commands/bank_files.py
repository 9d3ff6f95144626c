"""``andian bank import`` and ``export``."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict

from kb.bank.entry import Filter
from kb.bank.exchange.record import Defaults
from kb.bank.names import NATIONWIDE
from ui.banking import Plan, export_file, plan_import
from ui.services import Services


def run_import(arguments: Namespace, services: Services) -> int:
    """
    Import a file as drafts; with mistakes in it nothing is written, unless ``--skip-bad`` allows it.

    :returns: 1 if there were mistakes, else 0.
    :raises InputError: If the file cannot be read at all.
    """
    defaults = Defaults(
        arguments.topic, arguments.difficulty, arguments.department, arguments.region or NATIONWIDE
    )
    bank = services.library.bank
    plan = plan_import(bank, arguments.file, defaults, update=arguments.update)
    refused = bool(plan.problems) and not arguments.skip_bad
    number = None
    if not (refused or arguments.dry_run) and (plan.new or plan.changed):
        number = bank.save(plan.new, plan.changed, arguments.by)
    if arguments.json:
        print(json.dumps(_as_json(plan, number), ensure_ascii=False))
    else:
        _print(arguments, plan, number, refused)
    return 1 if plan.problems else 0


def _as_json(plan: Plan, number: int | None) -> dict[str, object]:
    return {
        "new": [question.id for question in plan.new],
        "changed": [question.id for question in plan.changed],
        "same": plan.same,
        "problems": [asdict(problem) for problem in plan.problems],
        "alike": [{"id": one, **asdict(likeness)} for one, likeness in plan.alike],
        "undo": number,
        "saved": number is not None,
    }


def _print(arguments: Namespace, plan: Plan, number: int | None, refused: bool) -> None:
    for problem in plan.problems:
        column = f"“{problem.column}”" if problem.column else ""
        print(f"{arguments.file}：第 {problem.place} {plan.unit}{column}：{problem.message}", file=sys.stderr)
    for one, likeness in plan.alike:
        print(f"提醒：{one} 与 {likeness.id} 有 {likeness.share:.0%} 相同，请看看是否重复")
    counts = (
        f"新题 {len(plan.new)}，修改 {len(plan.changed)}，相同 {len(plan.same)}，有错 {len(plan.problems)} 处"
    )
    if refused:
        print(f"{counts}；一题也没有收，请改正后再导入，或加 --skip-bad 只收对的")
    elif number is None:
        print(f"{counts}；没有写入")
    else:
        print(f"{counts}；已存为草稿，要撤销请运行 andian bank undo {number}")


def run_export(arguments: Namespace, services: Services, chosen: Filter | None) -> int:
    """
    Write the questions of a filter, or an empty template.

    :param chosen: ``None`` for a template.
    :returns: 0.
    :raises InputError: If the file cannot be written.
    """
    found = services.library.bank.find(chosen).entries if chosen is not None else ()
    export_file([entry.question for entry in found], arguments.file)
    if arguments.json:
        print(json.dumps({"file": str(arguments.file), "questions": len(found)}, ensure_ascii=False))
    elif chosen is None:
        print(f"已写入空模板 {arguments.file}")
    else:
        print(f"已导出 {len(found)} 题到 {arguments.file}")
    return 0
