"""One-off conversion of a BERT-like model with mean pooling to an int8 ONNX file."""

import json
import logging
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.progress import Progress
from retrieval.model.catalog import PinnedModel
from retrieval.model.folders import fresh_folder, put_in_place, sha256

ONNX_FILE = "model.int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
CARD_FILE = "encoder.json"
FORMAT = 1
"""Raised when the recipe below changes, so that folders exported by an older one are made again."""
OPSET = 17


def export(model: PinnedModel, source: Path, folder: Path, progress: Progress) -> Path:
    """
    Write the files an `OnnxEncoder` runs from.

    The graph takes one passage, ``input_ids`` of shape (1, tokens), and gives its mean-pooled,
    L2-normalised ``embedding`` of shape (1, dimension). Weights of the matrix products are 8 bit per
    channel, kept to 7 bits of range: without VNNI a processor would overflow on 8.

    :param source: Folder that `fetch` returned.
    :param folder: Where the files go; replaced as a whole, never seen half-written.
    :returns: `folder`.
    """
    partial = fresh_folder(folder.with_name(f"{folder.name}.partial"))
    full = partial / "full.onnx"
    with _quiet(), progress.step(f"转换向量模型 {model.name}", total=2) as step:
        _trace(source, full)
        step.advance()
        _quantise(full, partial / ONNX_FILE)
        step.advance()
    full.unlink()
    shutil.copyfile(source / TOKENIZER_FILE, partial / TOKENIZER_FILE)
    card = {
        "format": FORMAT,
        "name": model.name,
        "dimension": model.dimension,
        "pooling": model.pooling,
        "max_tokens": model.max_tokens,
        "fingerprint": sha256(partial / ONNX_FILE, partial / TOKENIZER_FILE),
    }
    (partial / CARD_FILE).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    put_in_place(partial, folder)
    return folder


def is_exported(folder: Path) -> bool:
    """:returns: Whether `folder` was written by this version's `export`."""
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(card, dict) and card.get("format") == FORMAT


def _trace(source: Path, target: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel

    class MeanPooled(torch.nn.Module):
        def __init__(self, bert: BertModel) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            hidden = self.bert(input_ids=input_ids).last_hidden_state
            return torch.nn.functional.normalize(hidden.mean(dim=1), dim=-1)

    config = BertConfig.from_json_file(source / "config.json")
    config._attn_implementation = "eager"
    bert = BertModel(config, add_pooling_layer=False)
    weights = torch.load(source / "pytorch_model.bin", map_location="cpu", weights_only=True)
    bert.load_state_dict({name: weights[name] for name in bert.state_dict()})  # drops the unused pooler
    example = torch.arange(8, dtype=torch.long).unsqueeze(0)
    torch.onnx.export(
        MeanPooled(bert).eval(),
        (example,),
        str(target),
        dynamo=False,
        opset_version=OPSET,
        input_names=["input_ids"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": {1: "tokens"}},
    )


def _quantise(full: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        full,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the libraries think of each other away from the user's terminal."""
    root, handler = logging.getLogger(), logging.NullHandler()
    before = logging.root.manager.disable
    root.addHandler(handler)  # or logging.warning() would install one that prints
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
        root.removeHandler(handler)
