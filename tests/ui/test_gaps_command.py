"""``andian gaps``, ``andian eval --gold`` and ``andian index --accept-worse``."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.errors import IndexRefused
from kb.judging.gaps import How
from kb.judging.judgements import Verdict
from kb.progress import SilentProgress
from tests.ui.conftest import home_settings
from ui import cli
from ui.services import Services, open_services

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(library_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cli"
    shutil.copytree(library_home, folder)
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "none")
    return folder


@pytest.fixture
def services(home: Path) -> Any:
    opened = open_services(home_settings(home))
    opened.library.searches.clear()  # what other tests searched in the library that was copied
    yield opened
    opened.library.close()


@pytest.fixture
def andian(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main([*arguments, "--home", str(home)])
        return code, *capsys.readouterr()

    return run


def test_gaps_are_listed_and_given_as_json(andian: Run, services: Services) -> None:
    assert andian("gaps") == (0, "没有待处理的问题\n", "")
    services.library.searches.record("修缮款怎么动", "", 0, None)
    services.library.searches.mark_missed("修缮款怎么动")
    services.library.additions.set_aside(["没人写过的案子"], How.CASE)
    code, out, _ = andian("gaps")
    assert code == 0
    assert "修缮款怎么动  1 次，访客说没有找到" in out
    assert "待处理 1 组，要写的案例 1 个" in out
    data = json.loads(andian("gaps", "--json")[1])
    assert data["cases"] == [["没人写过的案子"]]
    (gap,) = data["open"]
    assert set(gap) == {"texts", "count", "last", "reasons", "before"}
    assert (gap["texts"], gap["reasons"]) == (["修缮款怎么动"], ["missed"])


def test_saved_judgements_are_evaluated(andian: Run, services: Services) -> None:
    code, _, error = andian("eval", "--gold")
    assert (code, "还没有标注" in error) == (1, True)
    services.library.judgements.judge("维修资金", "民法典第二百七十八条", Verdict.RIGHT)
    data = json.loads(andian("eval", "--gold", "--json")[1])
    assert (data["n"], data["unknown_refs"]) == (1, [])
    assert data["legs"]["fused"]["recall@10"] == 1
    assert len(services.library.evaluations.all()) == 1


@pytest.mark.parametrize("arguments", [["eval"], ["eval", "x.jsonl", "--gold"]])
def test_eval_wants_a_file_or_the_saved_judgements(andian: Run, arguments: list[str]) -> None:
    code, _, error = andian(*arguments)
    assert (code, "要么给出评测文件，要么写 --gold" in error) == (1, True)


def test_a_worse_index_is_accepted_on_the_command_line(andian: Run, services: Services) -> None:
    def refuse(*_: object) -> None:
        raise IndexRefused("新索引没有采用：变差了")

    with pytest.raises(IndexRefused):
        services.keeper.refresh(SilentProgress(), rebuild=True, compare=refuse)
    old = services.keeper.generation().folder
    assert "新的等待确认（新索引没有采用：变差了）" in andian("status")[1]
    assert "新索引没有采用" in andian("doctor")[1]
    code, out, error = andian("index", "--accept-worse")
    assert (code, "按确认采用新索引" in out) == (0, True), error
    assert services.keeper.generation().folder != old
