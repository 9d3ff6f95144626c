import json
import logging
from pathlib import Path

import numpy as np
import pytest

from kb.progress import SilentProgress
from retrieval.model.catalog import PinnedModel
from retrieval.model.encoder import OnnxEncoder, SentenceTransformerEncoder
from retrieval.model.export import CARD_FILE, export, is_exported

TEXTS = ["业主共同决定维修资金", "楼道堆物", "邻居噪音居委会怎么处理", "业", "x", "楼道" * 100]


def test_exported_vectors_are_those_of_the_original(tiny_folder: Path, tiny_source: Path) -> None:
    exported = OnnxEncoder(tiny_folder).encode(TEXTS)
    original = SentenceTransformerEncoder(str(tiny_source), local_only=True).encode(TEXTS)
    assert (exported * original).sum(axis=1).min() > 0.99


def test_export_is_quiet_and_leaves_logging_alone(
    tiny_wheel: tuple[PinnedModel, Path], tiny_source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = list(logging.getLogger().handlers)
    export(tiny_wheel[0], tiny_source, tmp_path / "out", SilentProgress())
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger().handlers == before
    assert logging.getLogger("any").isEnabledFor(logging.WARNING)


def test_an_interrupted_export_leaves_the_old_folder(
    tiny_wheel: tuple[PinnedModel, Path], tiny_source: Path, tmp_path: Path
) -> None:
    class Interrupting(SilentProgress):
        def advance(self, n: int = 1) -> None:  # noqa: ARG002
            raise KeyboardInterrupt

    folder = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        export(tiny_wheel[0], tiny_source, folder, Interrupting())
    assert not is_exported(folder)
    export(tiny_wheel[0], tiny_source, folder, SilentProgress())
    with pytest.raises(KeyboardInterrupt):
        export(tiny_wheel[0], tiny_source, folder, Interrupting())
    assert is_exported(folder)
    assert OnnxEncoder(folder).encode(["业主"]).shape == (1, 32)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"format": 0}', "not json"])
def test_other_versions_and_damaged_cards_are_not_ours(tmp_path: Path, card: str) -> None:
    assert not is_exported(tmp_path)
    (tmp_path / CARD_FILE).write_text(card)
    assert not is_exported(tmp_path)


def test_the_card_describes_the_model(tiny_folder: Path, tiny_wheel: tuple[PinnedModel, Path]) -> None:
    card = json.loads((tiny_folder / CARD_FILE).read_text(encoding="utf-8"))
    model = tiny_wheel[0]
    assert (card["name"], card["dimension"], card["pooling"], card["max_tokens"]) == (
        model.name, model.dimension, "mean", 64,
    )  # fmt: skip
    assert sorted(path.name for path in tiny_folder.iterdir()) == [
        "encoder.json", "model.int8.onnx", "tokenizer.json",
    ]  # fmt: skip


@pytest.mark.model
def test_the_real_model_keeps_its_meaning(model_folder: Path, model_source: Path) -> None:
    texts = [
        "楼上邻居半夜装修，噪音扰民怎么办",
        "建筑物及其附属设施的维修资金，属于业主共有。经业主共同决定，可以用于电梯、屋顶、外墙的维修、更新和改造。",
        "居民委员会主任、副主任和委员，由本居住地区全体有选举权的居民选举产生。",
        "装修施工产生的噪声应当限定作业时间，防止、减轻对周围居民的影响。",
    ]
    ours = OnnxEncoder(model_folder).encode(texts)
    original = SentenceTransformerEncoder(str(model_source), local_only=True).encode(texts)
    assert (ours * original).sum(axis=1).min() > 0.99
    assert np.argmax(ours[1:] @ ours[0]) == 2
