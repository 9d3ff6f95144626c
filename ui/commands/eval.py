"""``andian eval``: measure retrieval against judged queries."""

import json
from argparse import Namespace
from dataclasses import asdict
from datetime import date

from kb.documents import Kind
from kb.errors import InputError
from retrieval.evaluate import Evaluation, evaluate, read_judged
from retrieval.query import Filter, Leg
from ui.commands.search import EVERYWHERE
from ui.measuring import evaluate_gold
from ui.services import Services
from ui.terminal import TerminalProgress, print_table


def run(arguments: Namespace, services: Services) -> int:
    """
    Evaluate over the whole library: every region, and every version unless the options say otherwise.

    :raises InputError: If the file is not made of judged queries, or there is nothing to evaluate.
    """
    if (arguments.file is None) != arguments.gold:
        raise InputError("要么给出评测文件，要么写 --gold", remedy="例如 andian eval --gold")
    progress = TerminalProgress()
    result = _gold(services, progress) if arguments.gold else _file(arguments, services, progress)
    print(json.dumps(asdict(result), ensure_ascii=False) if arguments.json else "", end="")
    if not arguments.json:
        _print(result)
    return 0


def _gold(services: Services, progress: TerminalProgress) -> Evaluation:
    services.prepare(progress)
    return evaluate_gold(services, progress)[0]


def _file(arguments: Namespace, services: Services, progress: TerminalProgress) -> Evaluation:
    queries = read_judged(arguments.file)
    services.prepare(progress)
    regions = () if EVERYWHERE in arguments.region else tuple(arguments.region)
    wanted = Filter(
        as_of=date.today(), kinds=tuple(Kind(kind) for kind in arguments.kind), regions=regions, statuses=()
    )
    legs = [Leg(leg) for leg in arguments.legs]
    return evaluate(
        services.searcher, queries, services.library.references(), wanted, legs, arguments.top_k, progress
    )


def _print(result: Evaluation) -> None:
    names = [name for name in next(iter(result.legs.values())) if name != "latency_ms"]
    rows: list[tuple[object, ...]] = [
        (name, *(f"{values[name]:.4f}" for values in result.legs.values())) for name in names
    ]
    for percentile in ("p50", "p95"):
        cells = (f"{values['latency_ms'][percentile]:.1f}" for values in result.legs.values())
        rows.append((f"用时 {percentile}（毫秒）", *cells))
    print_table(("指标", *(leg.value for leg in result.legs)), rows)
    print(f"问题 {result.n} 个")
    if result.unknown_refs:
        print(
            f"资料库里没有的依据 {len(result.unknown_refs)} 条（算作没有找到）："
            + "、".join(result.unknown_refs)
        )
