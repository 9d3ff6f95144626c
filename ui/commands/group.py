"""``andian group``: random groups from a roster file."""

import json
import os
import secrets
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from kb.drill.duplicates import Duplicate, duplicates
from kb.drill.groups import DEFAULT_SIZE, Draw, draw_groups, groups_of_size
from kb.drill.person import Person, members
from kb.drill.roster import Roster, read_roster
from kb.drill.roster_table import MOST_BYTES
from kb.errors import InputError, UnreadableFile
from ui.presenters.group_sheet import HEADER, foot, group_rows, groups_csv, groups_xlsx
from ui.services import Services
from ui.terminal import print_table

_WRITERS = {".xlsx": groups_xlsx, ".csv": groups_csv}


def run(arguments: Namespace, services: Services) -> int:  # noqa: ARG001
    """
    Draw groups, print them, and write them to a file if one is named.

    :returns: 0, also when rows were left out or constraints could not hold; both are said.
    :raises InputError: If the roster cannot be read, or groups cannot be drawn or written.
    """
    writer = _writer(arguments.out)
    roster = read_roster(_load(arguments.file), arguments.file)
    seated = members(roster.people)
    if not seated:
        raise InputError("名单里没有学员", remedy="请检查“角色”一列", path=arguments.file)
    count = arguments.groups or groups_of_size(len(seated), arguments.size or DEFAULT_SIZE)
    draw = draw_groups(seated, count, arguments.seed or secrets.token_hex(4))
    doubtful = duplicates(roster.people)
    if arguments.out is not None:
        _write(arguments.out, writer(draw))
    if arguments.json:
        print(json.dumps(as_json(roster, draw, doubtful), ensure_ascii=False))
    else:
        _print(roster, draw, doubtful)
        if arguments.out is not None:
            print(f"已写入 {arguments.out}")
    return 0


def as_json(roster: Roster, draw: Draw, doubtful: list[Duplicate]) -> dict[str, Any]:
    """:returns: The documented JSON of a draw."""
    return {
        "seed": draw.seed,
        "groups": [[_entry(person) for person in group] for group in draw.groups],
        "unmet": list(draw.unmet),
        "not_grouped": [_entry(person) for person in _others(roster)],
        "remarks": [{"line": r.line, "text": r.text, "left_out": r.left_out} for r in roster.remarks],
        "duplicates": [
            {"likeness": d.likeness.value, "lines": [_line(person) for person in d.people]} for d in doubtful
        ],
    }


def _entry(person: Person) -> dict[str, Any]:
    return {
        "line": _line(person),
        "name": person.name,
        "unit": person.unit,
        "district": person.district,
        "years": None if person.years is None else float(person.years),
        "role": person.role.value,
    }


def _line(person: Person) -> int:
    return int(person.id.removeprefix("r"))


def _others(roster: Roster) -> list[Person]:
    seated = {person.id for person in members(roster.people)}
    return [person for person in roster.people if person.id not in seated]


def _print(roster: Roster, draw: Draw, doubtful: list[Duplicate]) -> None:
    for line in (*map(str, roster.remarks), *map(str, doubtful)):
        print(line, file=sys.stderr)
    print_table(HEADER, list(group_rows(draw)))
    others = _others(roster)
    if others:
        print(f"不分组：{'、'.join(f'{person.name}（{person.role.value}）' for person in others)}")
    sizes = sorted({len(group) for group in draw.groups})
    each = " 或 ".join(map(str, sizes))
    print(f"共 {sum(map(len, draw.groups))} 人，{len(draw.groups)} 组，每组 {each} 人")
    for line in foot(draw):
        print(line)


def _writer(out: Path | None) -> Any:
    if out is not None and out.suffix.lower() not in _WRITERS:
        raise InputError("只能写成 .xlsx 或 .csv", remedy="请改文件名的后缀", path=out)
    return None if out is None else _WRITERS[out.suffix.lower()]


def _load(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableFile("找不到文件", remedy="请检查路径", path=name) from error
    except OSError as error:
        raise UnreadableFile(f"读取失败（{error.strerror}）", remedy="请检查路径和权限", path=name) from error


def _write(target: Path, data: bytes) -> None:
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        partial.write_bytes(data)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InputError(
            f"写不了（{error.strerror}）", remedy="请用 --out 换一个位置", path=target
        ) from error
