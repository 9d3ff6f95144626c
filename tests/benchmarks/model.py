"""The default model, as we run it and as its authors published it."""

import warnings
from argparse import Namespace
from pathlib import Path
from typing import Any

from kb.progress import SilentProgress
from kb.settings import Settings
from retrieval.model.catalog import M3E_SMALL
from retrieval.model.encoder import OnnxEncoder
from retrieval.model.fetch import fetch
from retrieval.model.resolve import resolve


def ours(args: Namespace) -> OnnxEncoder:
    """:returns: The exported model, fetched first if it is not in ``args.cache``."""
    encoder = resolve(Settings(home=Path(args.cache).absolute()), SilentProgress())
    assert isinstance(encoder, OnnxEncoder)
    encoder.warm_up()
    return encoder


def plain(args: Namespace) -> Any:
    """:returns: The original as a `SentenceTransformer` on the processor, with its default settings."""
    from sentence_transformers import SentenceTransformer

    models = Settings(home=Path(args.cache).absolute()).model_dir
    source = fetch(M3E_SMALL, models, SilentProgress())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return SentenceTransformer(str(source), device="cpu")
