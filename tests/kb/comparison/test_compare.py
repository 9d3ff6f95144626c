"""Two versions of one rule side by side."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.pipeline import Ingester
from kb.comparison.compare import Change, Comparison, compare, partners
from kb.comparison.differ import Edit
from kb.segment import Segmenter
from kb.store.library import Library
from tests.kb.comparison.samples import provisions

SEGMENTER = Segmenter(["业主大会", "维修资金"])
TEXTS = st.lists(st.text(st.sampled_from("业主大会公告，。 \n"), max_size=10), max_size=7)
KEEP = "业主大会会议由业主委员会召集，每年至少召开一次。"
FINE = "饲养动物，干扰他人正常生活的，处二百元以上五百元以下罚款。"
NEW = "从建筑物中抛掷物品的，由公安机关依法处理。"


def of(old: list[str], new: list[str]) -> Comparison:
    return compare(provisions(*old), provisions(*new), SEGMENTER)


def counts(comparison: Comparison) -> list[int]:
    return [*(comparison.count(change) for change in Change), comparison.moved, comparison.renumbered]


def test_what_happened_to_each_provision_is_told() -> None:
    found = of([KEEP, "将被删去的旧条文。", FINE], [NEW, KEEP, FINE.replace("五百", "一千")])
    told = [(r.change, r.old, r.new, r.renumbered) for r in found.rows]
    assert told == [
        (Change.ADDED, None, 0, False),
        (Change.SAME, 0, 1, True),
        (Change.DELETED, 1, None, False),
        (Change.CHANGED, 2, 2, False),
    ]
    assert [(p.old, p.new) for p in found.rows[3].pieces if p.edit is not Edit.SAME] == [
        ("五百元", ""),
        ("", "一千元"),
    ]
    assert found.row_of(2, in_old=True) == 3
    assert found.row_of(0, in_old=False) == 0
    assert found.row_of(9, in_old=False) is None


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_provision_stands_in_exactly_one_row(old: list[str], new: list[str]) -> None:
    rows = of(old, new).rows
    assert [r.new for r in rows if r.new is not None] == list(range(len(new)))
    assert sorted(r.old for r in rows if r.old is not None) == list(range(len(old)))
    for row in rows:
        assert "".join(p.old for p in row.pieces) == ("" if row.old is None else old[row.old])
        assert "".join(p.new for p in row.pieces) == ("" if row.new is None else new[row.new])


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_the_other_way_round_added_is_deleted(old: list[str], new: list[str]) -> None:
    same, changed, added, deleted, moved, renumbered = counts(of(old, new))
    assert counts(of(new, old)) == [same, changed, deleted, added, moved, renumbered]


@settings(deadline=None)
@given(TEXTS)
def test_nothing_changed_between_a_text_and_itself(texts: list[str]) -> None:
    assert counts(of(texts, texts)) == [len(texts), 0, 0, 0, 0, 0]


def test_partners_agree_with_the_comparison() -> None:
    old, new = [KEEP, FINE], [NEW, KEEP, FINE.replace("五百", "一千")]
    assert partners(tuple(provisions(*old)), tuple(provisions(*new))) == {1: (0, False), 2: (1, True)}


LAW = Path("../shared/data/lawrefbook/行政法/治安管理处罚法(2012-10-26).md")
SHANGHAI = Path("../shared/data/lawrefbook/DLC/上海地方法规/地方性法规/上海")


@pytest.mark.skipif(not SHANGHAI.is_dir(), reason="no real data: ../shared/data/lawrefbook")
def test_a_real_amendment_is_small(tmp_path: Path) -> None:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    texts = []
    for day in ("2010-12-23", "2020-12-30"):
        name = f"上海市住宅物业管理规定({day})"
        list(Ingester(library).ingest_file(SHANGHAI / f"{name}.md"))
        texts.append(library.document(name).document.passages)
    found = compare(*texts, SEGMENTER)
    library.close()
    assert [found.count(c) for c in (Change.ADDED, Change.DELETED)] == [0, 0]
    assert 0 < found.count(Change.CHANGED) < 20
    assert found.moved == found.renumbered == 0
