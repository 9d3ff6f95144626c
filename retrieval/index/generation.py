"""One finished, immutable build of both indexes."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import tantivy
from numpy.typing import NDArray

from kb.errors import IndexDamaged
from retrieval.index.catalogue import Catalogue
from retrieval.index.entrances import Entrances
from retrieval.index.vector_index import VectorIndex
from retrieval.model.adapter import Adapter

FORMAT = 4
META, CATALOGUE, KEYWORDS, ADAPTER = "meta.json", "catalogue.npz", "keywords", "adapter.npz"
SYNONYMS = "synonyms.json"


@dataclass(frozen=True, slots=True)
class Meta:
    """What a generation was built from, and the digests of its files."""

    format: int
    revision: int
    model: str
    """Name of the embedding model; empty in a lexical index."""
    model_fingerprint: str
    dimension: int
    dictionary: str
    """Fingerprint of the segmentation dictionary."""
    adapter: str
    """SHA-256 of the query adapter; empty without one."""
    entrances: str
    """Fingerprint of the shipped entrances; empty in a lexical index."""
    passages: int
    files: dict[str, str]
    """SHA-256 by relative file name."""


@dataclass(frozen=True)
class Generation:
    """An opened build. Searches on it are safe from any number of threads."""

    folder: Path
    meta: Meta
    catalogue: Catalogue
    searcher: tantivy.Searcher
    schema: tantivy.Schema
    vectors: VectorIndex | None
    entrances: Entrances | None
    adapter: Adapter
    synonyms: tuple[tuple[str, str], ...]
    """Names that an administrator had added: pairs of a term and its other name."""


def keyword_schema() -> tantivy.Schema:
    """Fields of the keyword index; texts are segmented beforehand and split at blanks."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("position", fast=True)
    builder.add_unsigned_field("row", indexed=True)
    for name in ("title", "heading", "body", "bigram"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write_meta(folder: Path, **values: Any) -> None:
    """Seal a build: write the digests of all its files."""
    files = {str(p.relative_to(folder)): _digest(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    meta = Meta(format=FORMAT, files=files, **values)
    (folder / META).write_text(json.dumps(asdict(meta), ensure_ascii=False, indent=1), encoding="utf-8")


def read_meta(folder: Path) -> Meta:
    """:raises IndexDamaged: If the build is missing, incomplete or of another format."""
    try:
        values = json.loads((folder / META).read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise IndexDamaged("索引由另一版本的案典建立；运行 andian index --rebuild 重建")
        return Meta(**{f.name: values[f.name] for f in fields(Meta)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"索引不完整：{folder}；运行 andian index --rebuild 重建") from error


def check_files(folder: Path) -> Meta:
    """
    Compare every file of a build with its digest.

    :raises IndexDamaged: If one is missing, truncated or altered.
    """
    meta = read_meta(folder)
    for name, digest in meta.files.items():
        try:
            intact = _digest(folder / name) == digest
        except OSError:
            intact = False
        if not intact:
            raise IndexDamaged(f"索引文件 {name} 已损坏；运行 andian index --rebuild 重建")
    return meta


def open_generation(folder: Path) -> Generation:
    """
    Check a build's files, then open it.

    :raises IndexDamaged: If a file is missing, truncated or altered.
    """
    try:
        meta = check_files(folder)
        catalogue = Catalogue(**_columns(folder / CATALOGUE))
        index = tantivy.Index.open(str(folder / KEYWORDS))
        vectors = VectorIndex.open(folder) if meta.dimension else None
        entrances = Entrances.open(folder) if meta.dimension else None
        synonyms = tuple((term, alias) for term, alias in json.loads((folder / SYNONYMS).read_text("utf-8")))
        adapter = Adapter.unpack((folder / ADAPTER).read_bytes()) if meta.adapter else Adapter()
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        raise IndexDamaged(f"索引打不开（{error}）；运行 andian index --rebuild 重建") from error
    return Generation(
        folder, meta, catalogue, index.searcher(), keyword_schema(), vectors, entrances, adapter, synonyms
    )


_opened: WeakValueDictionary[str, Generation] = WeakValueDictionary()
_opening = Lock()


def shared_generation(folder: str) -> Generation:
    """:returns: `open_generation`, opened once for all who work on the same build, while one of them does."""
    with _opening:
        generation = _opened.get(folder)
        if generation is None:
            generation = _opened[folder] = open_generation(Path(folder))
        return generation


def _columns(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path, allow_pickle=False) as columns:
        return {name: columns[name] for name in columns.files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
