"""Training the linear query adapter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.progress import Progress, Step

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the values were chosen by cross-validation on real lay questions (see the README)."""

    epochs: int = 4
    batch: int = 128
    learning_rate: float = 2e-3
    weight_decay: float = 0.2
    dropout: float = 0.25
    temperature: float = 0.02
    hard_negatives: int = 40
    """Nearest wrong passages taken along for each question."""
    least_negatives: int = 12_000
    """Passages that every question is compared with, filled up at random."""
    seed: int = 0
    runs: int = 3
    """Trainings from consecutive seeds, whose weights are averaged."""


def train(
    questions: Vectors,
    answers: Sequence[Sequence[int]],
    passages: Vectors,
    recipe: Recipe,
    progress: Progress,
    step: str,
) -> Vectors:
    """
    Find W so that ``normalise(q + q W)`` is nearest to the passages answering q.

    Softmax over the answers of all questions, their hardest negatives and a random fill, cross-entropy with
    equal weight on each answer, AdamW with a cosine schedule; W starts at zero and the passages stay as
    they are. Equal input and seed give equal weights on one machine.

    :param questions: Normalised, shape ``(n, dimension)``.
    :param answers: Rows of `passages` that answer each question; none is empty.
    :param passages: Normalised, shape ``(m, dimension)``.
    :param step: Name of the step that `progress` shows.
    :returns: W, shape ``(dimension, dimension)``.
    """
    pool = _pool(questions, answers, passages, recipe)
    place = np.full(len(passages), -1, np.int64)
    place[pool] = np.arange(len(pool))
    target, share = _targets([place[list(rows)] for rows in answers])
    batches = recipe.epochs * -(-len(questions) // recipe.batch)
    with progress.step(step, recipe.runs * batches) as bar:
        matrices = [
            _one_run(questions, passages[pool], target, share, replace(recipe, seed=recipe.seed + n), bar)
            for n in range(recipe.runs)
        ]
    averaged: Vectors = np.mean(matrices, axis=0, dtype=np.float32)
    return averaged


def _one_run(
    questions: Vectors,
    passages: Vectors,
    target: NDArray[np.int64],
    share: NDArray[np.float32],
    recipe: Recipe,
    bar: Step,
) -> Vectors:
    import torch
    from torch.nn import functional

    torch.manual_seed(recipe.seed)
    known, held = torch.from_numpy(questions), torch.from_numpy(passages)
    where, weight = torch.from_numpy(target), torch.from_numpy(share)
    dimension = questions.shape[1]
    matrix = torch.zeros(dimension, dimension, requires_grad=True)
    optimiser = torch.optim.AdamW([matrix], lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    batches = -(-len(questions) // recipe.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, recipe.epochs * batches)
    for _ in range(recipe.epochs):
        for chosen in torch.split(torch.randperm(len(questions)), recipe.batch):
            plain = known[chosen]
            turned = functional.normalize(plain + functional.dropout(plain, recipe.dropout) @ matrix, dim=1)
            scores = turned @ held.T / recipe.temperature
            answered = (torch.gather(scores, 1, where[chosen]) * weight[chosen]).sum(1)
            loss = (torch.logsumexp(scores, 1) - answered).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            bar.advance()
    trained: Vectors = matrix.detach().numpy()
    return trained


def _pool(
    questions: Vectors, answers: Sequence[Sequence[int]], passages: Vectors, recipe: Recipe
) -> NDArray[np.int64]:
    """:returns: Rows of the passages that take part, ascending."""
    wanted = [np.unique(np.concatenate([np.asarray(rows, np.int64) for rows in answers]))]
    hard = min(recipe.hard_negatives, len(passages))
    for start in range(0, len(questions), 256):
        cosines = questions[start : start + 256] @ passages.T
        wanted.append(np.unique(np.argpartition(-cosines, hard - 1, axis=1)[:, :hard]))
    pool = np.unique(np.concatenate(wanted))
    missing = min(recipe.least_negatives, len(passages)) - len(pool)
    if missing > 0:
        others = np.setdiff1d(np.arange(len(passages)), pool)
        fill = np.random.default_rng(recipe.seed).choice(others, missing, replace=False)
        pool = np.union1d(pool, fill)
    return pool


def _targets(answers: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """:returns: Answers of each question, padded to one length, and the weight of each; padding has none."""
    longest = max(map(len, answers))
    target = np.zeros((len(answers), longest), np.int64)
    share = np.zeros((len(answers), longest), np.float32)
    for row, rows in enumerate(answers):
        target[row, : len(rows)] = rows
        share[row, : len(rows)] = 1 / len(rows)
    return target, share
