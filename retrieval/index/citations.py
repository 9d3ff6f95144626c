"""Which provisions the cases, procedures and comparisons of the library rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.documents import Kind
from kb.references.find import find_references
from kb.store.rows import StoredPassage
from retrieval.index.catalogue import Catalogue, Mask

_CITING = (Kind.CASE.value, Kind.PROCEDURE.value, Kind.REGULATION.value)


@dataclass(frozen=True)
class Citations:
    """Pairs of a citing document and a cited provision, in two columns of equal length."""

    row: NDArray[np.int32]
    """Row of the citing document in the catalogue."""
    group: NDArray[np.int32]
    """Group of the cited provision in the catalogue."""

    @classmethod
    def build(
        cls, catalogue: Catalogue, passages: Sequence[StoredPassage], law_names: Mapping[str, str]
    ) -> "Citations":
        """
        Read the references in the texts; those the library does not hold are left out.

        Provisions' own texts do not count: a cross-reference does not tell what a provision is about.

        :param passages: All passages in index order.
        :param law_names: Spelling → short title, see `find_references`.
        """
        groups = dict(zip(catalogue.name.tolist(), catalogue.group.tolist(), strict=True))
        pairs: set[tuple[int, int]] = set()
        for passage, row in zip(passages, catalogue.passage_row.tolist(), strict=True):
            if passage.passage.ref or catalogue.kind[row] not in _CITING:
                continue
            for mention in find_references(passage.passage.text, law_names):
                names = [part.provision for part in mention.reference.provisions()]
                pairs |= {(row, groups[name]) for name in names if name in groups}
        columns = np.array(sorted(pairs), np.int32).reshape(-1, 2)
        return cls(columns[:, 0], columns[:, 1])

    def columns(self) -> dict[str, NDArray[Any]]:
        """:returns: The columns by name, for saving."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def cited_by(self, row: int) -> NDArray[np.int32]:
        """:returns: Groups of the provisions that the document at `row` cites."""
        first, last = np.searchsorted(self.row, [row, row + 1])
        return self.group[first:last]

    def citing(self, catalogue: Catalogue) -> Mask:
        """:returns: Which passages belong to a citing document, shape ``(passages,)``."""
        rows = np.zeros(len(catalogue.document_key), np.bool_)
        rows[self._rows] = True
        return rows[catalogue.passage_row]

    @cached_property
    def _rows(self) -> NDArray[np.int32]:
        return np.unique(self.row)
