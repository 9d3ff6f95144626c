"""``andian status``: the library and its index at a glance."""

import json
from argparse import Namespace
from collections import Counter
from datetime import date

from kb.documents import Kind
from retrieval.index.keeper import State
from ui.presenters.labels import KINDS, STATUSES
from ui.services import Services

_STATES = {State.READY: "可用", State.MISSING: "还没有", State.STALE: "待更新", State.DAMAGED: "已损坏",
           State.REFUSED: "可用，新的等待确认"}  # fmt: skip


def run(arguments: Namespace, services: Services) -> int:
    """:returns: 0, whatever the state."""
    documents = services.library.documents()
    condition = services.keeper.condition()
    kinds = Counter(stored.document.kind for stored in documents)
    statuses = Counter(filter(None, (stored.status_on(date.today()) for stored in documents)))
    meta = condition.meta
    mode = "hybrid" if meta and meta.dimension else "lexical"
    if arguments.json:
        facts = {
            "home": str(services.settings.home),
            "documents": {kind.value: kinds[kind] for kind in Kind},
            "passages": sum(stored.passages for stored in documents),
            "status": {status.value: count for status, count in statuses.items()},
            "revision": services.library.revision,
            "index": {
                "state": condition.state.value,
                "reason": condition.reason,
                "mode": mode,
                "model": meta.model if meta else "",
                "passages": meta.passages if meta else 0,
            },
        }
        print(json.dumps(facts, ensure_ascii=False))
        return 0
    print(f"数据文件夹：{services.settings.home}")
    held = "、".join(f"{KINDS[kind]} {kinds[kind]}" for kind in Kind if kinds[kind])
    print(f"资料：{held or '还没有；运行 andian ingest 收录，或 andian serve 装入自带资料'}")
    if statuses:
        print("法规：" + "、".join(f"{STATUSES[status]} {count}" for status, count in statuses.items()))
    print(f"段落：{sum(stored.passages for stored in documents)}")
    advice = "" if condition.state is State.REFUSED else "；运行 andian index"
    reason = f"（{condition.reason}{advice}）" if condition.reason else ""
    print(f"索引：{_STATES[condition.state]}{reason}")
    if meta:
        print(f"检索方式：{'关键词＋语义，模型 ' + meta.model if meta.dimension else '只有关键词'}")
    return 0
