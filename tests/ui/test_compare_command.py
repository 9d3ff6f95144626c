"""``andian compare``, ``andian show --as-of`` and ``andian region`` at a terminal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.progress import SilentProgress
from tests.ui.conftest import home_settings
from tests.ui.library_samples import LOCAL_RULE, OTHER_PLACE
from tests.ui.version_samples import VERSIONS
from ui import cli
from ui.services import open_services

Andian = Callable[..., tuple[int, str, str]]


@pytest.fixture
def andian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Andian:
    """Run a command over a library with a rule in three versions."""
    home = tmp_path / "cli"
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "none")
    services = open_services(home_settings(home))
    for document in (*VERSIONS, LOCAL_RULE, OTHER_PLACE):
        services.library.save_file([document], origin_path=document.id, origin_hash="")
    services.refresh_index(SilentProgress())
    services.library.close()

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main([*arguments, "--home", str(home)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_changed_words_are_marked_without_colour_in_a_file(andian: Andian) -> None:
    code, out, _ = andian("compare", "安宁法@2012", "安宁法")
    assert code == 0
    assert "第三条 → 第四条  [有修改]" in out
    assert "处[-二百元以上五百元-]{+一千元+}以下罚款" in out
    assert "承租人" not in out, "what did not change is left out"
    assert out.strip().endswith("有修改 2、新增 1、删去 1、没有变化 1、换了位置 0、换了条号 3")
    assert "承租人" in andian("compare", "安宁法@2012", "安宁法", "--all")[1]


def test_one_text_is_compared_with_its_neighbour(andian: Andian) -> None:
    data = json.loads(andian("compare", "安宁法", "--json")[1])
    assert (data["old"]["document_id"], data["new"]["document_id"]) == ("安宁法@2012", "安宁法")
    assert data["old"]["status"] == "amended"
    assert data["counts"] == {
        **{"same": 1, "changed": 2, "added": 1, "deleted": 1},
        **{"moved": 0, "renumbered": 3},
    }
    changed = next(row for row in data["rows"] if row["change"] == "changed")
    assert set(changed) == {"change", "moved", "renumbered", "old", "new", "pieces"}
    assert "".join(piece["old"] for piece in changed["pieces"]) == changed["old"]["text"]
    assert "".join(piece["new"] for piece in changed["pieces"]) == changed["new"]["text"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["compare", "没有"], "没有编号为“没有”"), (["compare", "reg-shanghai"], "只有一个文本"), (["region", "海南"], "没有“海南”的法规")],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line_and_1(andian: Andian, arguments: list[str], message: str) -> None:
    code, _, err = andian(*arguments)
    assert code == 1
    assert message in err
    assert len(err.strip().splitlines()) == 1


def test_show_a_provision_as_it_stood_on_a_day(andian: Andian) -> None:
    data = json.loads(andian("show", "安宁法第三条", "--as-of", "2020-01-01", "--json")[1])
    assert [v["document_id"] for v in data["versions"]] == ["安宁法@2012"]
    assert len(json.loads(andian("show", "安宁法第三条", "--json")[1])["versions"]) == 3


def test_show_a_document_turns_to_the_version_of_the_day(andian: Andian) -> None:
    data = json.loads(andian("show", "安宁法", "--as-of", "2020-01-01", "--json")[1])
    assert data["document_id"] == "安宁法@2012"


@pytest.mark.parametrize("ref", ["安宁法第三条", "安宁法"])
def test_a_day_without_law_says_so(andian: Andian, ref: str) -> None:
    code, _, err = andian("show", ref, "--as-of", "1990-01-01")
    assert code == 1
    assert "在 1990-01-01 没有生效的文本" in err


def test_the_home_region_is_shown_chosen_and_used_by_search(andian: Andian) -> None:
    assert json.loads(andian("region", "--json")[1]) == {"region": "上海", "others": ["浙江"]}
    before = {h["region"] for h in json.loads(andian("search", "维修资金", "--json")[1])["hits"]}
    assert "浙江" not in before
    assert "默认检索全国和浙江的法规" in andian("region", "浙江")[1]
    after = {h["region"] for h in json.loads(andian("search", "维修资金", "--json")[1])["hits"]}
    assert "浙江" in after
    assert "上海" not in after


def test_search_tells_what_is_law_then_and_now(andian: Andian) -> None:
    hits = json.loads(andian("search", "放任动物恐吓他人", "--as-of", "2020-01-01", "--json")[1])["hits"]
    assert (hits[0]["document_id"], hits[0]["status"], hits[0]["status_today"]) == (
        "安宁法@2012",
        "in_force",
        "amended",
    )
    assert "[现行，今天已修改]" in andian("search", "放任动物恐吓他人", "--as-of", "2020-01-01")[1]
