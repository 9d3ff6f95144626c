"""Training the ranker of provisions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.progress import Progress, Step
from retrieval.model.ranker import FEATURES, Ranker
from retrieval.training.sampling import Sample


@dataclass(frozen=True, slots=True)
class RankRecipe:
    """How to train; chosen by cross-validation (see the README)."""

    units: int = 16
    epochs: int = 25
    batch: int = 32
    learning_rate: float = 5e-3
    weight_decay: float = 0.01
    candidates: int = 320
    """Nearest candidates of each question that take part, besides the right ones."""
    seed: int = 0
    runs: int = 2
    """Trainings from consecutive seeds, whose scores are averaged."""


def train_ranker(samples: Sequence[Sample], recipe: RankRecipe, progress: Progress) -> Ranker:
    """
    Find weights that put the right candidates of each question first.

    Listwise softmax with cross-entropy, equal weight on each right candidate (ListNet's top-one loss, Cao et
    al. 2007), AdamW with a cosine schedule. Equal input and seed give equal weights on one machine.

    :param samples: At least one.
    """
    features, shares, held = _padded(samples, recipe.candidates)
    mean = features[held].mean(axis=0)
    deviation = features[held].std(axis=0) + np.float32(1e-6)
    standard = np.where(held[..., None], (features - mean) / deviation, 0).astype(np.float32)
    batches = recipe.epochs * -(-len(samples) // recipe.batch)
    with progress.step("学习排序", recipe.runs * batches) as bar:
        runs = [
            Ranker(mean, deviation, *_one_run(standard, shares, held, recipe, recipe.seed + n, bar))
            for n in range(recipe.runs)
        ]
    return Ranker.mean_of(runs)


def _one_run(
    features: NDArray[np.float32],
    shares: NDArray[np.float32],
    held: NDArray[np.bool_],
    recipe: RankRecipe,
    seed: int,
    bar: Step,
) -> list[NDArray[np.float32]]:
    """:returns: The weights, in the order of `Ranker`'s fields."""
    import torch

    torch.manual_seed(seed)
    width, units = len(FEATURES), recipe.units
    line = torch.zeros(width, requires_grad=True)
    hidden = (torch.randn(units, width) / width**0.5).requires_grad_()
    bias, output = torch.zeros(units, requires_grad=True), torch.zeros(units, requires_grad=True)
    weights = [line, hidden, bias, output]
    optimiser = torch.optim.AdamW(weights, lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    steps = recipe.epochs * -(-len(features) // recipe.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    seen, right, mask = (torch.from_numpy(values) for values in (features, shares, held))
    for _ in range(recipe.epochs):
        for chosen in torch.split(torch.randperm(len(seen)), recipe.batch):
            given = seen[chosen]
            scores = given @ line + torch.tanh(given @ hidden.T + bias) @ output
            logs = torch.log_softmax(scores.masked_fill(~mask[chosen], -1e4), dim=1)
            loss = -(logs * right[chosen]).sum(1).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            bar.advance()
    return [weight.detach().numpy() for weight in weights]


def _padded(
    samples: Sequence[Sample], most: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """:returns: Features, share of each right candidate, and which places are filled."""
    features = np.zeros((len(samples), most, len(FEATURES)), np.float32)
    shares = np.zeros((len(samples), most), np.float32)
    held = np.zeros((len(samples), most), np.bool_)
    nearest = FEATURES.index("cosine"), FEATURES.index("votes")
    for row, sample in enumerate(samples):
        likely = sample.features[:, nearest].sum(axis=1) + 100.0 * sample.right
        kept = np.argsort(-likely, kind="stable")[:most]
        features[row, : len(kept)] = sample.features[kept]
        shares[row, : len(kept)] = sample.right[kept] / max(int(sample.right[kept].sum()), 1)
        held[row, : len(kept)] = True
    return features, shares, held
