"""``andian train-adapter``: fit the query adapter and its ranker to questions and their answers."""

import os
from argparse import Namespace
from datetime import date
from pathlib import Path

from kb.entrances import Entrance, Source, shipped_entrances
from kb.errors import InputError, ModelUnavailable
from kb.lexicon import corpus_folder
from retrieval.evaluate import read_judged
from retrieval.model.adapter import Adapter
from retrieval.model.resolve import resolve
from retrieval.training.course import Course
from retrieval.training.examples import case_examples, provision_examples
from ui.services import Services
from ui.terminal import TerminalProgress


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
    trade = [e for e in entrances if e.source is not Source.ASIDE]
    beside = [e for e in entrances if e.source is Source.ASIDE]
    lay = [e for e in trade if e.source is Source.QUERY]
    told, aside, residents = (
        provision_examples(generation, some, (), outdated) for some in (trade, beside, lay)
    )
    asked = provision_examples(generation, (), judged)
    known = [*[*told, *asked] * arguments.times, *aside]
    cases = case_examples(generation, entrances)
    if not known:
        raise InputError("问题的依据资料库里都没有，没法训练", remedy="请先收录有关法规，再运行一次")
    course = Course(generation, encoder, progress, arguments.seed, arguments.runs)
    learned = course.learned(asked) if asked else None
    cache = str(services.settings.home / "cache")
    adapter = Adapter(
        encoder.name,
        course.provisions(known),
        course.precedents(cases) if cases else None,
        course.ranker(known, asked, residents, learned, cache, date.today()),
        learned,
    )
    target = arguments.out or services.settings.model_dir / "adapters" / f"{Path(encoder.name).name}.npz"
    _write(target, adapter.packed())
    print(
        f"适配器已写入 {target}：学了 {len(told) + len(aside) + len(asked)} 个问题找法条、{len(cases)} 个找案例；"
        "运行 andian index 后生效"
    )
    return 0


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
