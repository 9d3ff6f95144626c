"""``andian index``: bring the index in step with the library."""

import json
from argparse import Namespace
from time import perf_counter

from ui.services import Services
from ui.terminal import TerminalProgress


def run(arguments: Namespace, services: Services) -> int:
    """
    :returns: 0; failures are raised.
    :raises IndexRefused: If the new index finds less and that was not accepted beforehand.
    """
    started = perf_counter()
    progress = TerminalProgress()
    services.fill(progress)
    reason = services.refresh_index(
        progress, rebuild=arguments.rebuild, want_vectors=True, accept_worse=arguments.accept_worse
    )
    meta = services.keeper.generation().meta
    problem = services.keeper.model_problem
    if arguments.json:
        print(
            json.dumps(
                {
                    "rebuilt": bool(reason),
                    "reason": reason,
                    "passages": meta.passages,
                    "mode": "hybrid" if meta.dimension else "lexical",
                    "model": meta.model,
                    "problem": problem,
                    "seconds": round(perf_counter() - started, 1),
                },
                ensure_ascii=False,
            )
        )
        return 0
    kind = f"关键词＋语义（{meta.model}）" if meta.dimension else "只有关键词"
    if reason:
        print(f"索引已更新（{reason}）：{meta.passages} 段，{kind}，用时 {perf_counter() - started:.0f} 秒")
    else:
        print(f"索引已是最新：{meta.passages} 段，{kind}")
    if problem:
        print(f"没有语义检索：{problem}")
    return 0
