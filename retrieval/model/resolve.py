"""From the setting `embedding_model` to an encoder that runs."""

from filelock import FileLock

from kb.errors import ModelUnavailable
from kb.progress import Progress
from kb.settings import Settings
from retrieval.model.catalog import PINNED, PinnedModel
from retrieval.model.encoder import Encoder, OnnxEncoder, SentenceTransformerEncoder
from retrieval.model.export import export, is_exported
from retrieval.model.fetch import fetch

LEXICAL = "none"
"""Value of the setting that asks for search by keywords only."""


def resolve(settings: Settings, progress: Progress, *, fetch_allowed: bool = True) -> Encoder | None:
    """
    Find, and if need be fetch and convert, the embedding model the settings name.

    Two processes may do this at once: the second waits for the first. Models from the hub are loaded on
    first use, not here.

    :param fetch_allowed: Whether the network may be used.
    :returns: The encoder, or ``None`` where the settings ask for keywords only.
    :raises ModelUnavailable: If the model is not on this machine and cannot be fetched.
    """
    name = settings.embedding_model
    if name == LEXICAL:
        return None
    if name not in PINNED:
        return SentenceTransformerEncoder(name, settings.threads, local_only=not fetch_allowed)
    folder = settings.model_dir / name
    if not is_exported(folder):
        if not fetch_allowed:
            raise ModelUnavailable(
                f'本机还没有向量模型 {name}；请联网建一次索引，或设 embedding_model = "none" 只用关键词检索'
            )
        _prepare(PINNED[name], settings, progress)
    return OnnxEncoder(folder, settings.threads)


def _prepare(model: PinnedModel, settings: Settings, progress: Progress) -> None:
    models = settings.model_dir
    try:
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / ".lock"):
            if not is_exported(models / model.name):
                export(model, fetch(model, models, progress), models / model.name, progress)
    except OSError as error:
        raise ModelUnavailable(
            f"向量模型写不进 {models}（{error.strerror}）；请检查磁盘空间和文件夹权限后重试"
        ) from error
