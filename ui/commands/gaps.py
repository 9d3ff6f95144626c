"""``andian gaps``: searches that wait for an answer."""

import json
from argparse import Namespace

from kb.judging.gaps import Gap, How, open_gaps
from ui.presenters.gaps import HOWS, REASONS
from ui.services import Services


def run(arguments: Namespace, services: Services) -> int:
    """:returns: 0, also when nothing waits."""
    handled = services.library.additions.handled()
    gaps = open_gaps(services.library.searches.all(), handled, services.segmenter.query_words)
    cases = [done.texts for done in handled if done.how is How.CASE]
    if arguments.json:
        print(json.dumps({"open": [_entry(gap) for gap in gaps], "cases": cases}, ensure_ascii=False))
        return 0
    for gap in gaps:
        reasons = "、".join(REASONS[reason] for reason in gap.reasons)
        before = f"；曾经处理：{HOWS[gap.before]}" if gap.before else ""
        print(f"{gap.texts[0]}  {gap.count} 次，{reasons}，最近 {gap.last:%Y-%m-%d}{before}")
        for text in gap.texts[1:]:
            print(f"  也问过：{text}")
    print(f"待处理 {len(gaps)} 组，要写的案例 {len(cases)} 个" if gaps or cases else "没有待处理的问题")
    return 0


def _entry(gap: Gap) -> dict[str, object]:
    return {
        "texts": gap.texts,
        "count": gap.count,
        "last": gap.last.isoformat(timespec="seconds"),
        "reasons": [reason.value for reason in gap.reasons],
        "before": gap.before.value if gap.before else None,
    }
