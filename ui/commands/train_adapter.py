"""``andian train-adapter``: fit the query adapter to questions and their answers."""

import os
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np

from kb.documents import Kind
from kb.entrances import Entrance, Source, shipped_entrances
from kb.errors import InputError, ModelUnavailable
from kb.lexicon import corpus_folder
from retrieval.evaluate import read_judged
from retrieval.index.generation import Generation
from retrieval.model.adapter import Adapter
from retrieval.model.encoder import Encoder
from retrieval.model.resolve import resolve
from retrieval.training.examples import Example, case_examples, passages_of, provision_examples
from retrieval.training.train import Recipe, Vectors, train
from ui.services import Services
from ui.terminal import TerminalProgress

_NOT_RULES = (Kind.CASE, Kind.BULLETIN, Kind.PROCEDURE)


def run(arguments: Namespace, services: Services) -> int:
    """
    Train on the shipped entrances, the linked searches and the given files; write the adapter.

    The current index supplies the passages. The adapter takes effect at the next ``andian index``, which
    compares it with the one in use wherever there is a gold set.

    :raises InputError: If a file is not made of judged queries, or nothing in them is held by the library.
    """
    judged = [entry for path in arguments.data for entry in read_judged(path)]
    progress = TerminalProgress()
    services.prepare(progress)
    encoder = resolve(services.settings, progress)
    generation = services.keeper.generation()
    if encoder is None or generation.vectors is None:
        raise ModelUnavailable("现在只用关键词检索，没有可以训练的向量；请先设置 embedding_model 并重建索引")
    linked = (Entrance(Source.LINKED, text, refs) for text, refs in services.library.entrances())
    entrances = (*shipped_entrances(corpus_folder()), *linked)
    outdated = services.keeper.outdated_laws()
    provisions = provision_examples(generation, entrances, judged * arguments.times, outdated)
    cases = case_examples(generation, entrances)
    if not provisions:
        raise InputError("问题的依据资料库里都没有，没法训练", remedy="请先收录有关法规，再运行一次")
    recipe = Recipe(seed=arguments.seed, runs=arguments.runs)
    adapter = Adapter(
        encoder.name,
        _fit(encoder, generation, provisions, (Kind.REGULATION,), recipe, progress, "学习找法条"),
        _fit(
            encoder,
            generation,
            cases,
            _NOT_RULES,
            replace(recipe, learning_rate=1e-3),
            progress,
            "学习找案例",
        )
        if cases
        else None,
    )
    target = arguments.out or services.settings.model_dir / "adapters" / f"{Path(encoder.name).name}.npz"
    _write(target, adapter.packed())
    print(
        f"适配器已写入 {target}：学了 {len(provisions)} 个问题找法条、{len(cases)} 个找案例；"
        "运行 andian index 后生效"
    )
    return 0


def _fit(
    encoder: Encoder,
    generation: Generation,
    examples: list[Example],
    kinds: tuple[Kind, ...],
    recipe: Recipe,
    progress: TerminalProgress,
    step: str,
) -> Vectors:
    assert generation.vectors is not None
    with progress.step("计算问题的向量", len(examples)) as bar:
        questions = encoder.encode([example.text for example in examples], bar.advance)
    among = passages_of(generation, kinds)
    place = np.full(int(among.max()) + 1, -1, np.int64)
    place[among] = np.arange(len(among))
    answers = [place[list(example.positions)].tolist() for example in examples]
    passages = generation.vectors.exact[among].astype(np.float32)
    return train(questions, answers, passages, recipe, progress, step)


def _write(target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.{os.getpid()}")
        partial.write_bytes(data)
        partial.replace(target)
    except OSError as error:
        raise InputError(
            f"写不了 {target}（{error.strerror}）", remedy="请用 --out 换一个位置", path=target
        ) from error
