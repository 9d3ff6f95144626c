"""``andian bank stats``: what the bank holds, or how good the questions of a test were."""

import csv
import io
import json
import math
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kb.bank.entry import Entry
from kb.bank.names import TYPES
from kb.bank.states import STATES
from kb.bank.statistics import (
    LEAST,
    Figure,
    ItemStatistics,
    Reliability,
    reliability,
    score_table,
    statistics_of,
)
from kb.errors import InputError, UnreadableFile
from ui.banking import load
from ui.services import Services
from ui.terminal import print_table

_HEADER = ("答题人", "题号", "得分", "满分")
MOST_ATTEMPTS = 200_000
MOST_CELLS = 2_000_000


def run(arguments: Namespace, services: Services) -> int:
    """
    Count the bank, or read scores and tell facility, discrimination and reliability.

    :returns: 0.
    :raises InputError: If the file of scores cannot be read.
    """
    if arguments.scores is None:
        return _count(arguments, services.library.bank.find().entries)
    _, questions, table = score_table(read_scores(load(arguments.scores), arguments.scores))
    items, whole = statistics_of(table), reliability(table)
    if arguments.json:
        print(json.dumps(_as_json(questions, items, whole), ensure_ascii=False))
        return 0
    rows = [
        (name, item.facility.n, *(_shown(f) for f in (item.facility, item.discrimination, item.correlation)))
        for name, item in zip(questions, items, strict=True)
    ]
    print_table(("题号", "人次", "难易度", "区分度", "题总相关"), rows)
    name = "KR-20" if whole.is_kr20 else "α 系数"
    print(f"信度（{name}）{_shown(whole.alpha)}，全部答完的 {whole.alpha.n} 人；不足 {LEAST} 人次的不给数字")
    return 0


def read_scores(data: bytes, path: Path) -> list[tuple[str, str, float]]:
    """
    Read ``答题人,题号,得分,满分``, one attempt a line; without the last column scores are shares, 0–1.

    :returns: Person, question, share of its points.
    :raises InputError: If a line is wrong; it is named.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile("不是 UTF-8 文字", remedy="请另存为 UTF-8 编码的 CSV", path=path) from error
    reader = csv.reader(io.StringIO(text))
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise UnreadableFile("CSV 格式有错", remedy="请重新导出", path=path) from error
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows or tuple(rows[0][1][:3]) != _HEADER[:3]:
        raise InputError(f"第一行应是 {','.join(_HEADER)}", remedy="请补上表头", path=path)
    if len(rows) > MOST_ATTEMPTS:
        raise InputError(f"超过 {MOST_ATTEMPTS} 行", remedy="请分开统计", path=path)
    attempts = [_attempt(row, number, path) for number, row in rows[1:]]
    if len({a[0] for a in attempts}) * len({a[1] for a in attempts}) > MOST_CELLS:
        raise InputError("人数乘题数太大", remedy="请按场次分开统计", path=path)
    return attempts


def _attempt(row: Sequence[str], number: int, path: Path) -> tuple[str, str, float]:
    remedy = "请写成 答题人,题号,得分,满分，得分在 0 和满分之间"
    try:
        score, most = float(row[2]), float(row[3]) if len(row) > 3 and row[3] else 1.0
        share = score / most
    except (ValueError, IndexError, ZeroDivisionError) as error:
        raise InputError("这一行不对", remedy=remedy, path=path, line=number) from error
    if not (row[0] and row[1] and most > 0 and math.isfinite(share) and 0 <= share <= 1):
        raise InputError("这一行不对", remedy=remedy, path=path, line=number)
    return row[0], row[1], share


def _shown(figure: Figure) -> str:
    return "—" if figure.value is None else f"{figure.value:.2f}"


def _as_json(questions: Sequence[str], items: Sequence[ItemStatistics], whole: Reliability) -> dict[str, Any]:
    return {
        "questions": [
            {
                "id": name,
                **{
                    key: {"value": figure.value, "n": figure.n}
                    for key, figure in (
                        ("facility", item.facility),
                        ("discrimination", item.discrimination),
                        ("correlation", item.correlation),
                    )
                },
            }
            for name, item in zip(questions, items, strict=True)
        ],
        "reliability": {"value": whole.alpha.value, "n": whole.alpha.n, "kr20": whole.is_kr20},
    }


def _count(arguments: Namespace, entries: Sequence[Entry]) -> int:
    topics = sorted({entry.question.topic for entry in entries})
    counted: Counter[tuple[str, str]] = Counter((e.question.topic, e.question.type) for e in entries)
    states = Counter(entry.state for entry in entries)
    if arguments.json:
        data = {
            "total": len(entries),
            "states": {state.value: states[state] for state in STATES},
            "topics": {t: {kind: counted[t, kind] for kind in TYPES} for t in topics},
            "uses": sum(sum(entry.uses.values()) for entry in entries),
        }
        print(json.dumps(data, ensure_ascii=False))
        return 0
    rows = [(t, *(counted[t, kind] for kind in TYPES), sum(counted[t, k] for k in TYPES)) for t in topics]
    print_table(("主题", *TYPES.values(), "合计"), rows)
    print(f"共 {len(entries)} 题：" + "，".join(f"{name} {states[state]}" for state, name in STATES.items()))
    return 0
