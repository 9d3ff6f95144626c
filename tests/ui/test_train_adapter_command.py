"""``andian train-adapter`` over a small library whose model needs no weights."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.entrances import Entrance, Source
from kb.progress import SilentProgress
from kb.settings import Settings
from retrieval.model.adapter import Adapter
from tests.retrieval.conftest import use_fake_model
from tests.retrieval.samples import make_case, make_statute, save
from ui import cli
from ui.commands import train_adapter
from ui.services import open_services

Run = Callable[..., tuple[int, str, str]]
LAW = "养犬条例"
LAY = (Entrance(Source.QUERY, "狗叫得睡不着", (f"{LAW}第一条",), ("吠",)),)


@pytest.fixture
def home(tmp_path: Path, library_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a fake model, a rule and a case, and one question about both."""
    encoder = use_fake_model(monkeypatch)
    monkeypatch.setattr(train_adapter, "resolve", lambda *_: encoder)
    monkeypatch.setattr(train_adapter, "shipped_entrances", lambda _: LAY)
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "fake")
    folder = tmp_path / "home"
    (folder / "cache").mkdir(parents=True)
    shutil.copytree(library_home / "cache", folder / "cache", dirs_exist_ok=True)
    services = open_services(Settings(home=folder, corpus="none", embedding_model="fake"))
    save(services.library, make_statute(LAW, "不得干扰他人", "应当牵绳"), make_case("吠", "半夜狗叫"))
    services.refresh_index(SilentProgress())
    services.library.close()
    return folder


@pytest.fixture
def andian(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["train-adapter", *arguments, "--home", str(home)])
        return code, *capsys.readouterr()

    return run


def judged(path: Path, ref: str) -> Path:
    entry = {"id": "1", "query": "遛狗不牵绳", "relevant": [ref]}
    path.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
    return path


def test_writes_an_adapter_for_this_home_and_says_what_it_learnt(andian: Run, home: Path) -> None:
    code, out, _ = andian("--data", str(judged(home / "data.jsonl", f"{LAW}第二条")))
    target = home / "models" / "adapters" / "fake.npz"
    assert code == 0
    assert f"适配器已写入 {target}" in out
    assert "运行 andian index 后生效" in out
    adapter = Adapter.unpack(target.read_bytes())
    assert adapter.model == "fake"
    assert adapter.fits(16)
    assert adapter.provisions is not None
    assert adapter.precedents is not None
    assert adapter.ranker is not None
    assert adapter.learned is not None
    assert adapter.learned.refs == ((f"{LAW}第二条",),)
    assert [path.name for path in target.parent.iterdir()] == ["fake.npz"]


def test_without_judged_questions_nothing_is_remembered(andian: Run, home: Path) -> None:
    assert andian("--out", str(home / "own"))[0] == 0
    adapter = Adapter.unpack((home / "own").read_bytes())
    assert adapter.learned is None
    assert adapter.ranker is not None


def test_equal_seeds_give_equal_files(andian: Run, home: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "9")):
        assert andian("--seed", seed, "--out", str(home / name))[0] == 0
    assert (home / "a").read_bytes() == (home / "b").read_bytes() != (home / "c").read_bytes()


def test_a_home_without_vectors_has_nothing_to_train(
    library_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(library_home, tmp_path / "lexical")
    monkeypatch.setenv("ANDIAN_CORPUS", "none")
    monkeypatch.setenv("ANDIAN_EMBEDDING_MODEL", "none")
    assert cli.main(["train-adapter", "--home", str(tmp_path / "lexical")]) != 0
    assert "现在只用关键词检索，没有可以训练的向量" in capsys.readouterr().err


def test_a_bad_data_file_is_named(andian: Run, home: Path) -> None:
    (home / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    for name in ("bad.jsonl", "missing.jsonl"):
        code, _, err = andian("--data", str(home / name))
        assert code != 0
        assert name in err
        assert "Traceback" not in err


def test_questions_about_what_the_library_lacks_cannot_be_learnt(
    andian: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_adapter, "shipped_entrances", lambda _: ())
    code, _, err = andian("--data", str(judged(home / "data.jsonl", "别的条例第一条")))
    assert code != 0
    assert "问题的依据资料库里都没有" in err


def test_a_place_that_cannot_be_written_is_named(andian: Run, home: Path) -> None:
    (home / "file").write_text("")
    target = home / "file" / "adapter.npz"
    code, _, err = andian("--out", str(target))
    assert code != 0
    assert f"写不了 {target}" in err
    assert "--out" in err
