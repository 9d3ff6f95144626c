"""The commands as a script or a user at a terminal meets them."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ui import cli

PROJECT = Path(__file__).resolve().parents[2]
STATUTE = "# 某市测试条例\n\n2020年5月1日 施行\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 为了试验，制定本条例。\n\n第二条 楼道里不准堆放杂物。\n"


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Andian = Callable[..., Ran]


@pytest.fixture
def andian(
    library_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Andian:
    """Run a command over a copy of the small library."""
    home = tmp_path / "cli"
    shutil.copytree(library_home, home)
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "none")

    def run(*arguments: str) -> Ran:
        try:
            code = cli.main([*arguments, "--home", str(home)])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


def commands() -> list[str]:
    actions = cli._parser()._subparsers
    assert actions is not None
    return list(actions._group_actions[0].choices)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", commands())
def test_every_command_has_chinese_help_a_module_and_a_line_in_the_readme(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main([name, "--help"])
    assert exit_.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：")
    assert "usage" not in text
    assert "options" not in text
    assert (PROJECT / "ui" / "commands" / f"{name.replace('-', '_')}.py").is_file()
    assert f"andian {name}" in (PROJECT / "README.md").read_text(encoding="utf-8")


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from ui import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\nprint([m for m in ('haystack', 'torch', 'gradio', 'faiss', 'sqlalchemy', 'jieba') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search"], "缺少参数"),
        (["search", "x", "--top-k", "0"], "应是大于 0 的整数"),
        (["search", "x", "--as-of", "昨天"], "不是日期"),
        (["search", "x", "--kind", "law"], "可选"),
        (["eval", "x.jsonl", "--legs", "sparse"], "keyword"),
        (["serve", "--port", "99999"], "0 到 65535"),
        (["fly"], "可选"),
        (["ingest"], "请给出要收录的文件"),
    ],
)
def test_a_wrong_call_exits_with_2_and_one_chinese_line(
    andian: Andian, arguments: list[str], message: str
) -> None:
    ran = andian(*arguments)
    assert ran.code == 2
    assert message in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_search_json_has_the_documented_shape(andian: Andian) -> None:
    ran = andian("search", "维修资金怎么用", "--json", "--top-k", "3")
    assert ran.code == 0
    assert set(ran.data) == {"query", "took_ms", "mode", "hits"}
    assert ran.data["mode"] == "lexical"
    hit = ran.data["hits"][0]
    assert set(hit) >= {
        *("ref", "kind", "document_id", "title", "heading", "text", "snippet", "score", "ranks"),
        *("status", "region", "effective_from", "source", "led_by"),
    }
    assert set(hit["ranks"]) == {"keyword", "dense"}
    refs = [hit["ref"] for hit in ran.data["hits"]]
    assert "民法典第二百七十八条" in refs
    assert len(refs) == 3


def test_search_filters(andian: Andian) -> None:
    everything = andian(
        "search", "维修资金", "--json", "--all-status", "--region", "全部", "--top-k", "50"
    ).data
    default = andian("search", "维修资金", "--json", "--top-k", "50").data
    old = andian("search", "维修资金", "--json", "--as-of", "2015-01-01", "--kind", "regulation").data
    assert {hit["ref"] for hit in default["hits"]} < {hit["ref"] for hit in everything["hits"]}
    assert "物权法第七十六条" not in {hit["ref"] for hit in default["hits"]}
    assert "物权法第七十六条" in {hit["ref"] for hit in old["hits"]}
    assert {hit["kind"] for hit in andian("search", "物业", "--kind", "case", "--json").data["hits"]} <= {
        "case"
    }


def test_search_finding_nothing_says_what_to_try(andian: Andian) -> None:
    ran = andian("search", "zzzzqqqq")
    assert ran.code == 0
    assert "换个说法" in ran.out


@pytest.mark.parametrize(
    "spelling", ["民法典第二百七十八条", "《民法典》第278条", "中华人民共和国民法典第２７８条"]
)
def test_show_a_provision_in_any_spelling(andian: Andian, spelling: str) -> None:
    ran = andian("show", spelling, "--json")
    assert ran.data["ref"] == "民法典第二百七十八条"
    assert [v["origin"] for v in ran.data["versions"]] == ["official", "digest"]


def test_show_what_is_not_there(andian: Andian) -> None:
    ran = andian("show", "民法典第九千条")
    assert ran.code == 1
    assert "《民法典》没有第九千条：共" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_ingest_search_remove_and_undo(andian: Andian, tmp_path: Path) -> None:
    file = tmp_path / "某市测试条例.md"
    file.write_text(STATUTE, encoding="utf-8")
    dry = andian("ingest", str(file), "--dry-run", "--json").data
    assert dry["summary"]["new"] == 1
    assert andian("show", "某市测试条例").code == 1
    first = andian("ingest", str(file), "--json").data["files"][0]
    assert (first["outcome"], first["kind"], first["passages"]) == ("new", "regulation", 2)
    assert andian("ingest", str(file), "--json").data["summary"]["unchanged"] == 1
    query = ("search", "楼道堆放杂物", "--kind", "regulation", "--region", "全部", "--json")
    assert "某市测试条例第二条" in {hit["ref"] for hit in andian(*query).data["hits"]}
    assert andian("remove", "某市测试条例").code == 0
    assert "某市测试条例第二条" not in {hit["ref"] for hit in andian(*query).data["hits"]}
    assert [d["document_id"] for d in andian("list", "--removed", "--json").data] == ["某市测试条例"]
    assert andian("remove", "某市测试条例", "--undo").code == 0
    assert "某市测试条例第二条" in {hit["ref"] for hit in andian(*query).data["hits"]}


def test_a_refused_file_exits_with_1_and_says_why(andian: Andian, tmp_path: Path) -> None:
    good, bad = tmp_path / "好.md", tmp_path / "坏.txt"
    good.write_text(STATUTE, encoding="utf-8")
    bad.write_bytes(b"")
    ran = andian("ingest", str(good), str(bad))
    assert ran.code == 1
    assert "拒绝" in ran.out
    assert "坏.txt" in ran.out
    assert "新增 1、拒绝 1" in ran.out


def test_a_path_that_does_not_exist(andian: Andian, tmp_path: Path) -> None:
    ran = andian("ingest", str(tmp_path / "没有.md"), "--json")
    assert ran.code == 1
    assert ran.data["summary"]["refused"] == 1


def test_eval_json_has_the_documented_shape(andian: Andian, tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    lines = [
        {"id": 1, "query": "动用维修资金", "relevant": ["《中华人民共和国民法典》第278条"]},
        {"id": "b", "query": "提前多久通知", "relevant": ["民法典第九百四十六条", "海商法第一条"]},
    ]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    data = andian("eval", str(file), "--json").data
    assert data["n"] == 2
    assert data["unknown_refs"] == ["海商法第一条"]
    assert set(data["legs"]) == {"keyword", "dense", "fused"}
    fused = data["legs"]["fused"]
    cuts = {f"recall@{k}" for k in (5, 10, 20, 50, 100)} | {f"success@{k}" for k in (1, 3, 5)}
    assert set(fused) == cuts | {"mrr@10", "ndcg@10", "latency_ms"}
    assert set(fused["latency_ms"]) == {"p50", "p95"}
    assert fused["recall@100"] == 0.75
    table = andian("eval", str(file), "--legs", "keyword")
    assert "dense" not in table.out
    assert "海商法第一条" in table.out


def test_eval_names_the_line_that_is_wrong(andian: Andian, tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text('{"id": 1, "query": "问", "relevant": ["民法典第一条"]}\n{"id": 2}\n', encoding="utf-8")
    ran = andian("eval", str(file))
    assert ran.code == 1
    assert f"{file}:2：" in ran.err


def test_status_and_doctor(andian: Andian) -> None:
    status = andian("status", "--json").data
    assert status["index"]["state"] == "ready"
    assert status["index"]["mode"] == "lexical"
    doctor = andian("doctor", "--json")
    assert doctor.code == 0
    verdicts = {finding["subject"]: finding["verdict"] for finding in doctor.data}
    assert verdicts["资料库"] == verdicts["索引"] == "good"
    assert verdicts["语义模型"] == "warning"


def test_doctor_names_a_damaged_index_and_index_mends_it(andian: Andian, tmp_path: Path) -> None:
    catalogue = next((tmp_path / "cli" / "index").glob("generation-*/catalogue.npz"))
    catalogue.write_bytes(catalogue.read_bytes()[:-100])
    doctor = andian("doctor")
    assert doctor.code == 1
    assert "andian index --rebuild" in doctor.out
    assert andian("index", "--json").data["rebuilt"] is True
    assert andian("doctor").code == 0


def test_the_next_start_says_that_the_index_is_damaged_and_rebuilds_it(
    andian: Andian, tmp_path: Path
) -> None:
    words = next((tmp_path / "cli" / "index").glob("generation-*/keywords/*.term"))
    words.write_bytes(words.read_bytes()[:-10])
    ran = andian("search", "维修资金怎么用", "--json")
    assert ran.code == 0
    assert "已损坏：正在更新索引" in ran.err
    assert ran.data["hits"]
    assert "索引" not in andian("search", "维修资金怎么用", "--json").err


def test_a_damaged_store_is_one_line_and_1(andian: Andian, tmp_path: Path) -> None:
    for file in (tmp_path / "cli").glob("andian.db*"):
        file.write_bytes(b"not a database" * 400)
    ran = andian("search", "维修资金")
    assert ran.code == 1
    assert "损坏" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_serve_refuses_other_addresses_and_a_port_in_use(andian: Andian) -> None:
    ran = andian("serve", "--host", "0.0.0.0")
    assert ran.code == 1
    assert "127.0.0.1" in ran.err
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = andian("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 1
    assert "已被占用" in ran.err


def test_unknown_settings_and_models_are_one_line_and_1(
    andian: Andian, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANDIAN_COLOUR", "red")
    ran = andian("status")
    assert ran.code == 1
    assert "ANDIAN_COLOUR" in ran.err


def test_a_closed_pipe_is_no_error(library_home: Path) -> None:
    environment = os.environ | {"ANDIAN_CORPUS": "none", "ANDIAN_EMBEDDING_MODEL": "none"}
    command = f"{sys.executable} -m ui.cli list --home '{library_home}' | head -n 1"
    done = subprocess.run(
        command, shell=True, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    assert "Error" not in done.stderr
