"""From the store's rows to a new index generation."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from kb.documents import Origin
from kb.entrances import Entrance, Source, outdated
from kb.lexicon import load_lexicon
from kb.progress import Progress
from kb.segment import Segmenter, bigrams
from kb.store.library import Library
from kb.store.rows import StoredDocument, StoredPassage
from retrieval.index.catalogue import Catalogue
from retrieval.index.directory import IndexDirectory
from retrieval.index.entrances import Entrances
from retrieval.index.feature_cache import FeatureCache, pack_vectors, text_key, unpack_vector
from retrieval.index.generation import ADAPTER, CATALOGUE, KEYWORDS, SYNONYMS, keyword_schema, write_meta
from retrieval.index.vector_index import VectorIndex
from retrieval.model.adapter import Adapter
from retrieval.model.encoder import Encoder

_BATCH = 512
_HEAP_BYTES = 120_000_000


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps queries to find provisions, besides the texts themselves."""

    entrances: Sequence[Entrance] = ()
    entrances_fingerprint: str = ""
    adapter: bytes = b""
    """Content of an adapter's file (see `retrieval.model.adapter`); empty for none."""


def build_index(
    library: Library,
    segmenter: Segmenter,
    encoder: Encoder | None,
    directory: IndexDirectory,
    progress: Progress,
    aids: Aids | None = None,
) -> None:
    """
    Build a generation from everything the library holds now, and make it current.

    Words and vectors are taken from the feature cache where the text is unchanged, so that the cost
    is that of the new text; an interrupted build goes on where it stopped.

    :param encoder: ``None`` builds a keyword-only index.
    :param aids: None are used without an encoder.
    :raises IndexDamaged: If the index folder cannot be written.
    """
    revision = library.revision
    passages = list(library.all_passages())
    documents = {d.key: d for d in library.documents()}
    passages = [p for p in passages if p.document_key in documents]
    cache = FeatureCache(directory.features)
    words = _words(passages, segmenter, cache, progress)
    used = aids if aids is not None and encoder is not None else Aids()
    with directory.build() as folder:
        catalogue = _catalogue(passages, documents)
        if encoder is not None:
            embed = partial(_vectors, encoder=encoder, cache=cache, progress=progress)
            vectors = embed([p.passage.text for p in passages], step="计算语义向量")
            VectorIndex.write(folder, vectors)
            linked = [Entrance(Source.LINKED, text, refs) for text, refs in library.entrances()]
            shipped = [*linked, *used.entrances]
            names = load_lexicon()
            old = outdated(names.renumbered, newest_versions(documents.values()))
            entrances = Entrances.build(
                catalogue,
                shipped,
                documents,
                passages,
                vectors,
                names.law_names,
                old,
                partial(embed, step="计算问法的向量"),
            )
            learned = Adapter.unpack(used.adapter).learned if used.adapter else None
            if learned is not None:
                entrances = entrances.remembering(learned, catalogue, old)
            entrances.write(folder)
        if used.adapter:
            (folder / ADAPTER).write_bytes(used.adapter)
        synonyms = json.dumps(library.additions.synonyms(), ensure_ascii=False)
        (folder / SYNONYMS).write_text(synonyms, encoding="utf-8")
        np.savez(folder / CATALOGUE, allow_pickle=False, **catalogue.columns())
        _write_keywords(folder / KEYWORDS, passages, documents, words, catalogue, segmenter, progress)
        write_meta(
            folder,
            revision=revision,
            model=encoder.name if encoder else "",
            model_fingerprint=encoder.fingerprint if encoder else "",
            dimension=encoder.dimension if encoder else 0,
            dictionary=segmenter.fingerprint,
            adapter=sha256(used.adapter).hexdigest() if used.adapter else "",
            entrances=used.entrances_fingerprint,
            passages=len(passages),
        )


def newest_versions(documents: Iterable[StoredDocument]) -> dict[str, date | None]:
    """:returns: Short title of each rule → first day of its newest version."""
    newest: dict[str, date | None] = {}
    for stored in documents:
        title, since = stored.document.short_title, stored.validity.since
        if title and stored.document.origin is not Origin.DIGEST:
            known = newest.get(title)
            newest[title] = max(filter(None, (known, since)), default=None)
    return newest


def _words(
    passages: Sequence[StoredPassage], segmenter: Segmenter, cache: FeatureCache, progress: Progress
) -> list[str]:
    texts = [p.passage.text for p in passages]

    def segment(batch: Sequence[str]) -> Iterable[bytes]:
        return (" ".join(segmenter.words(text)).encode() for text in batch)

    found = _cached(texts, f"words:{segmenter.fingerprint}", segment, cache, "分词", progress)
    return [value.decode() for value in found]


def _vectors(
    texts: Sequence[str], encoder: Encoder, cache: FeatureCache, progress: Progress, step: str
) -> NDArray[np.float32]:
    # Passages come bare: with the law's title and chapter in front the vectors of one chapter grow alike,
    # and recall on lay questions falls.
    def embed(batch: Sequence[str]) -> Iterable[bytes]:
        return pack_vectors(encoder.encode(batch))

    found = _cached(texts, f"vectors:{encoder.fingerprint}", embed, cache, step, progress)
    return np.array([unpack_vector(v) for v in found], np.float32).reshape(len(found), encoder.dimension)


def _cached(
    texts: Sequence[str],
    maker: str,
    make: Callable[[Sequence[str]], Iterable[bytes]],
    cache: FeatureCache,
    step: str,
    progress: Progress,
) -> list[bytes]:
    keys = [text_key(text) for text in texts]
    found = cache.get(maker, list(set(keys)))
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
    # Texts of like length share a batch: padding is wasted work.
    pending = iter(sorted(missing.items(), key=lambda item: len(item[1])))
    with progress.step(step, len(missing)) as bar:
        while batch := list(islice(pending, _BATCH)):
            features = list(zip([k for k, _ in batch], make([t for _, t in batch]), strict=True))
            cache.put(maker, features)
            found.update(features)
            bar.advance(len(batch))
    return [found[key] for key in keys]


def _catalogue(passages: Sequence[StoredPassage], documents: dict[int, StoredDocument]) -> Catalogue:
    names = [p.passage.ref or documents[p.document_key].document.id for p in passages]
    return Catalogue.build(
        list(documents.values()), [p.id for p in passages], [p.document_key for p in passages], names
    )


def _write_keywords(
    folder: Path,
    passages: Sequence[StoredPassage],
    documents: dict[int, StoredDocument],
    words: Sequence[str],
    catalogue: Catalogue,
    segmenter: Segmenter,
    progress: Progress,
) -> None:
    folder.mkdir()
    writer = tantivy.Index(keyword_schema(), path=str(folder)).writer(_HEAP_BYTES, 1)
    titles = {
        key: " ".join(segmenter.words(d.document.short_title or d.document.title))
        for key, d in documents.items()
    }
    with progress.step("写入索引", len(passages)) as bar:
        for position, (passage, body) in enumerate(zip(passages, words, strict=True)):
            row = tantivy.Document()
            row.add_unsigned("position", position)
            row.add_unsigned("row", int(catalogue.passage_row[position]))
            row.add_text("title", titles[passage.document_key])
            row.add_text("heading", " ".join(segmenter.words(_heading(passage))))
            row.add_text("body", body)
            row.add_text("bigram", " ".join(bigrams(passage.passage.text)))
            writer.add_document(row)
            bar.advance()
    writer.commit()
    writer.wait_merging_threads()


def _heading(passage: StoredPassage) -> str:
    own = "" if passage.passage.ref else passage.passage.label
    return " ".join([*passage.passage.path[-1:], own]).strip()
