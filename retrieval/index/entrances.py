"""Texts in lay words beside the passages: what leads to provisions from words no statute uses."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.documents import Kind
from kb.entrances import Entrance, Source, law_of
from kb.references.find import find_references
from kb.store.rows import StoredDocument, StoredPassage
from retrieval.index.catalogue import Catalogue
from retrieval.model.learned import Learned

_COLUMNS, _TEXTS = "entrances.npz", "entrances.json"
_CITING = (Kind.CASE.value, Kind.PROCEDURE.value, Kind.REGULATION.value)
APART = (Source.ASIDE, Source.LEARNED)
"""Sources that are asked apart from the others."""
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class Entrances:
    """
    Sources (a query, a question, a case …) with their texts' vectors and the provisions they lead to.

    A source has one vector or, a document, one for each passage; it leads to its provisions as a whole.
    """

    vectors: NDArray[np.float16]
    """Shape ``(texts, dimension)``, normalised."""
    source: NDArray[np.int32]
    """Number of the source of each text."""
    pair_source: NDArray[np.int32]
    """Sources and provisions, as pairs in two columns, by source."""
    pair_group: NDArray[np.int32]
    """Group of the provision in the catalogue."""
    labels: tuple[tuple[str, str], ...]
    """Of each source: value of `kb.entrances.Source`, and its text or title."""

    @classmethod
    def build(
        cls,
        catalogue: Catalogue,
        shipped: Iterable[Entrance],
        documents: Mapping[int, StoredDocument],
        passages: Sequence[StoredPassage],
        vectors: NDArray[np.float32],
        law_names: Mapping[str, str],
        outdated: frozenset[str],
        encode: Encode,
    ) -> "Entrances":
        """
        Gather what leads to provisions of the catalogue; what leads to none is left out.

        :param passages: All passages in index order; documents lead where their texts point. Provisions' own
            cross-references do not count: they do not tell what a provision is about.
        :param vectors: Of the passages.
        :param outdated: Laws (short titles) that `shipped` cites by other numbers than the library's; what was
            linked by hand was linked by the library's own.
        """
        groups = dict(zip(catalogue.name.tolist(), catalogue.group.tolist(), strict=True))
        labels: list[tuple[str, str]] = []
        targets: list[list[int]] = []
        texts: list[str] = []
        for entrance in shipped:
            old = outdated if entrance.source is not Source.LINKED else frozenset()
            refs = [r for r in entrance.refs if r in groups and law_of(r) not in old]
            if refs:
                labels.append((entrance.source.value, entrance.text))
                targets.append([groups[r] for r in refs])
                texts.append(entrance.text)
        source = list(range(len(texts)))
        cited = _cited(catalogue, passages, law_names, groups)
        inside = [p for p, row in enumerate(catalogue.passage_row.tolist()) if row in cited]
        numbers = {row: len(labels) + n for n, row in enumerate(cited)}
        for row, found in cited.items():
            title = documents[int(catalogue.document_key[row])].document.title
            labels.append((Source.DOCUMENT.value, title))
            targets.append(found)
        source += [numbers[int(catalogue.passage_row[p])] for p in inside]
        pairs = [(number, group) for number, found in enumerate(targets) for group in found]
        columns = np.array(pairs, np.int32).reshape(-1, 2)
        joined = np.concatenate([encode(texts), vectors[inside]]).astype(np.float16)
        return cls(joined, np.array(source, np.int32), columns[:, 0], columns[:, 1], tuple(labels))

    def remembering(
        self, learned: Learned, catalogue: Catalogue, outdated: frozenset[str] = frozenset()
    ) -> "Entrances":
        """
        Add the questions that an adapter learned from; those whose answers the library lacks are left out.

        :param outdated: Laws (short titles) that they cite by other numbers than the library's.
        :returns: These entrances, with nothing else that was learned.
        """
        groups = dict(zip(catalogue.name.tolist(), catalogue.group.tolist(), strict=True))
        answers = [
            [groups[r] for r in refs if r in groups and law_of(r) not in outdated] for refs in learned.refs
        ]
        kept = [row for row, found in enumerate(answers) if found]
        told = sum(kind != Source.LEARNED.value for kind, _ in self.labels)  # the learned stand last
        texts, pairs = self.source < told, self.pair_source < told
        numbers = range(told, told + len(kept))
        columns = [(n, group) for n, row in zip(numbers, kept, strict=True) for group in answers[row]]
        added = np.array(columns, np.int32).reshape(-1, 2)
        return Entrances(
            np.concatenate([self.vectors[texts], learned.unit_vectors()[kept].astype(np.float16)]),
            np.concatenate([self.source[texts], np.array(numbers, np.int32)]),
            np.concatenate([self.pair_source[pairs], added[:, 0]]),
            np.concatenate([self.pair_group[pairs], added[:, 1]]),
            (*self.labels[:told], *[(Source.LEARNED.value, "")] * len(kept)),
        )

    def write(self, folder: Path) -> None:
        """Store in a folder."""
        np.savez(
            folder / _COLUMNS,
            allow_pickle=False,
            vectors=self.vectors,
            source=self.source,
            pair_source=self.pair_source,
            pair_group=self.pair_group,
        )
        (folder / _TEXTS).write_text(json.dumps(self.labels, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Entrances":
        """:raises OSError, ValueError, TypeError: If a file is missing or broken."""
        with np.load(folder / _COLUMNS, allow_pickle=False) as columns:
            arrays: dict[str, NDArray[Any]] = {name: columns[name] for name in columns.files}
        labels = json.loads((folder / _TEXTS).read_text(encoding="utf-8"))
        return cls(**arrays, labels=tuple((kind, text) for kind, text in labels))

    def provisions(self, source: int) -> NDArray[np.int32]:
        """:returns: Groups of the provisions that a source leads to."""
        return self.pair_group[self._starts[source] : self._starts[source + 1]]

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """:returns: Cosine of every text with a query, shape ``(texts,)``."""
        found: NDArray[np.float32] = self._matrix @ vector
        return found

    def nearest(
        self, cosines: NDArray[np.float32], most: int, apart: Source | None = None
    ) -> list[tuple[int, float]]:
        """
        Find the sources nearest to a query.

        :param cosines: Of every text.
        :param apart: One of `APART`, to look among its sources only; ``None`` looks among all the others.
        :returns: At most `most` sources, each with the cosine of its nearest text, nearest first.
        """
        texts = self._texts[apart]
        among = cosines[texts]
        depth = min(len(among), 8 * most)
        best = texts[np.argpartition(-among, depth - 1)[:depth]] if depth else np.empty(0, np.int64)
        best = best[np.lexsort((best, -cosines[best]))]
        _, first = np.unique(self.source[best], return_index=True)
        chosen = best[np.sort(first)[:most]]
        return [(int(self.source[i]), float(cosines[i])) for i in chosen]

    @cached_property
    def _texts(self) -> dict[Source | None, NDArray[np.int64]]:
        """Texts of each sort of source in `APART`, and of all the others."""
        sorts = [APART.index(Source(kind)) if kind in APART else len(APART) for kind, _ in self.labels]
        of_text = np.array(sorts, np.int64)[self.source]
        return {sort: np.flatnonzero(of_text == n) for n, sort in enumerate((*APART, None))}

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self.pair_source, np.arange(len(self.labels) + 1))

    @cached_property
    def _matrix(self) -> NDArray[np.float32]:
        return self.vectors.astype(np.float32)


def _cited(
    catalogue: Catalogue,
    passages: Sequence[StoredPassage],
    law_names: Mapping[str, str],
    groups: Mapping[str, int],
) -> dict[int, list[int]]:
    """:returns: Row of each citing document → groups of the provisions it cites."""
    found: dict[int, dict[int, None]] = {}
    for passage, row in zip(passages, catalogue.passage_row.tolist(), strict=True):
        if passage.passage.ref or catalogue.kind[row] not in _CITING:
            continue
        for mention in find_references(passage.passage.text, law_names):
            names = [part.provision for part in mention.reference.provisions()]
            cited = [groups[name] for name in names if name in groups]
            if cited:
                found.setdefault(row, {}).update(dict.fromkeys(cited))
    return {row: list(cited) for row, cited in sorted(found.items())}
