import json
from dataclasses import asdict
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.progress import SilentProgress
from kb.store.library import Library
from retrieval.evaluate import Evaluation, Judged, evaluate, read_judged
from retrieval.index.keeper import IndexKeeper
from retrieval.query import Leg
from retrieval.search import Searcher
from tests.retrieval.samples import EVERYTHING, make_case, make_statute, save

GOOD = '{"id": "q1", "query": "楼道堆物", "relevant": ["民法典第二百七十八条"]}'


def written(folder: Path, *lines: str) -> Path:
    path = folder / "queries.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_reads_one_query_a_line(tmp_path: Path) -> None:
    other = '{"id": 7, "query": "电梯", "relevant": ["案例-1", "案例-2"], "note": "忽略"}'
    assert read_judged(written(tmp_path, GOOD, "", other)) == [
        Judged("q1", "楼道堆物", frozenset({"民法典第二百七十八条"})),
        Judged("7", "电梯", frozenset({"案例-1", "案例-2"})),
    ]


@pytest.mark.parametrize(
    "spelling",
    [
        "《中华人民共和国民法典》第二百七十八条",
        "民法典 第278条",
        "民法典第二百七十八条第二款",
        "民法典278条第1款第（五）项",
    ],
)
def test_references_may_be_spelt_otherwise(tmp_path: Path, spelling: str) -> None:
    line = json.dumps({"id": "q", "query": "问", "relevant": [spelling]}, ensure_ascii=False)
    assert read_judged(written(tmp_path, line))[0].relevant == {"民法典第二百七十八条"}


@pytest.mark.parametrize(
    "bad",
    [
        "not json", "[]", '"text"', "{}", '{"id": "q", "query": "问"}', '{"id": "q", "query": 3, "relevant": ["a"]}',
        '{"id": "q", "query": "问", "relevant": "a"}', '{"id": "q", "query": "问", "relevant": [1]}',
        '{"id": "q", "query": "问", "relevant": []}', '{"id": "q", "query": "  ", "relevant": ["a"]}',
    ],
)  # fmt: skip
def test_a_bad_line_is_named_by_file_and_line(tmp_path: Path, bad: str) -> None:
    path = written(tmp_path, GOOD, "", bad, GOOD)
    with pytest.raises(InputError, match=r"queries\.jsonl:3：") as caught:
        read_judged(path)
    assert caught.value.line == 3
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing.jsonl：读不了评测文件"):
        read_judged(tmp_path / "missing.jsonl")
    (tmp_path / "gbk.jsonl").write_bytes("楼道".encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        read_judged(tmp_path / "gbk.jsonl")
    with pytest.raises(InputError, match="评测文件是空的"):
        read_judged(written(tmp_path, "", "  "))


OTHERS = ("小区花坛", "广场舞", "停车位", "高空抛物", "群租房", "晾衣架", "菜场改造", "志愿服务")


@pytest.fixture
def evaluated(library: Library, keeper: IndexKeeper, searcher: Searcher) -> Evaluation:
    save(
        library,
        make_statute("物业条例", "业主应当按时交纳物业费", "电梯由物业负责维护保养"),
        make_statute("绿化条例", "树木修剪", "绿地养护", "移植审批", "损毁赔偿", "义务植树", "古树名木"),
        make_case("楼道案", "楼道堆物屡清屡堆"),
        *(make_case(f"别的案{n}", text) for n, text in enumerate(OTHERS)),
    )
    keeper.refresh(SilentProgress())
    queries = [
        Judged("provision", "业主应当按时交纳物业费", frozenset({"物业条例第一条"})),
        Judged("document", "楼道堆物屡清屡堆", frozenset({"楼道案"})),
        Judged("half", "电梯由物业负责维护保养", frozenset({"物业条例第二条", "别的条例第九条"})),
        Judged("unknown", "养犬", frozenset({"养犬条例第一条"})),
    ]
    return evaluate(
        searcher, queries, library.references(), EVERYTHING, [Leg.KEYWORD, Leg.FUSED], 10, SilentProgress()
    )


def test_figures_are_means_over_all_queries(evaluated: Evaluation) -> None:
    assert evaluated.n == 4
    for leg in (Leg.KEYWORD, Leg.FUSED):
        figures = evaluated.legs[leg]
        assert figures["recall@10"] == pytest.approx((1 + 1 + 0.5 + 0) / 4)
        assert figures["success@1"] == pytest.approx(3 / 4)
        assert figures["mrr@10"] == pytest.approx(3 / 4)
        assert 0 < figures["latency_ms"]["p50"] <= figures["latency_ms"]["p95"]


def test_unknown_references_are_listed(evaluated: Evaluation) -> None:
    assert evaluated.unknown_refs == ("养犬条例第一条", "别的条例第九条")


def test_only_the_legs_asked_for_are_reported_and_all_is_json(evaluated: Evaluation) -> None:
    data = json.loads(json.dumps(asdict(evaluated), ensure_ascii=False))
    assert set(data["legs"]) == {"keyword", "fused"}
