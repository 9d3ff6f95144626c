"""How close the vectors of the int8 model are to those of the original."""

from argparse import Namespace
from pathlib import Path

import numpy as np

from tests.benchmarks import model, samples
from tests.benchmarks.table import Row

TOP = 10


def run(args: Namespace) -> list[Row]:
    """Compare both vector by vector, and the passages each ranks first for the same questions."""
    passages = samples.provisions(Path(args.data), args.passages)
    asked = samples.questions(Path(args.data), args.questions)
    ours, plain = model.ours(args), model.plain(args)
    a, b = ours.encode(passages), plain.encode(passages, normalize_embeddings=True)
    cosines = (a * b).sum(axis=1)
    ranked_ours = np.argsort(-(ours.encode(asked) @ a.T), axis=1)[:, :TOP]
    ranked_plain = np.argsort(-(plain.encode(asked, normalize_embeddings=True) @ b.T), axis=1)[:, :TOP]
    shared = [len(set(x) & set(y)) / TOP for x, y in zip(ranked_ours, ranked_plain, strict=True)]
    same_first = (ranked_ours[:, 0] == ranked_plain[:, 0]).mean()
    return [
        Row("fidelity", "cosine to the original, mean", float(cosines.mean())),
        Row("fidelity", "cosine to the original, minimum", float(cosines.min())),
        Row("fidelity", f"shared among the first {TOP}", float(np.mean(shared))),
        Row("fidelity", "same first passage", float(same_first)),
    ]
