"""From the provisions that a query names to their passages."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from haystack import component, default_to_dict

from kb.lexicon import load_lexicon
from kb.references.in_query import read_query
from kb.references.numerals import NUMERAL
from kb.references.ranges import spread
from retrieval.components.on_generation import OnGeneration
from retrieval.components.ranking import Ranking, ranked
from retrieval.index.generation import Generation
from retrieval.query import Filter

_ARTICLE = re.compile(rf"第{NUMERAL}条(?:之{NUMERAL})?$")


@component
class ReferenceFinder(OnGeneration):
    """
    Find the provisions that a query names in any of the accepted ways (民法典278).

    Laws are known by the names of the lexicon and by the titles in the index; of a range every article
    is found, up to `kb.references.ranges.MOST`.
    """

    def __init__(self, generation: str) -> None:
        """:param generation: Folder of an index generation."""
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, generation=self.generation)

    @component.output_types(named=Ranking)
    def run(self, text: str, filter: Filter) -> dict[str, Ranking]:
        """
        Look up what a query names.

        :param text: What was asked.
        :param filter: Which provisions may be found.
        :returns: ``named``: allowed passages of the named provisions, each with score 1; a provision that
            the index does not hold has none.
        """
        catalogue = self.index.catalogue
        asked = read_query(text, self._names, load_lexicon().law_abbreviations)
        groups = {
            self._groups[single.provision]
            for reference in asked.references
            for single in spread(reference, self._groups.__contains__)
            if single.provision in self._groups
        }
        if not groups:
            return {"named": Ranking()}
        allowed = catalogue.allowed(filter)
        members = np.concatenate([catalogue.members(group) for group in sorted(groups)])
        positions = members[allowed[catalogue.passage_row[members]]].astype(np.int64)
        return {"named": ranked(positions, np.ones(len(positions), np.float32), len(positions))}

    def warm_up(self) -> None:
        """
        Open the index and learn the names of its laws, once.

        :raises IndexDamaged: If it is missing or broken.
        """
        OnGeneration.warm_up(self)
        _ = self._names

    @cached_property
    def _groups(self) -> Mapping[str, int]:
        """Canonical reference of each provision → its group in the catalogue."""
        catalogue = self._opened.catalogue
        pairs = zip(catalogue.name.tolist(), catalogue.group.tolist(), strict=True)
        return {name: group for name, group in pairs if _ARTICLE.search(name)}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Every spelling of a law's name → its short title."""
        titles = {_ARTICLE.sub("", name) for name in self._groups}
        return {**load_lexicon().law_names, **{title: title for title in titles if len(title) > 1}}

    @property
    def _opened(self) -> Generation:
        OnGeneration.warm_up(self)
        assert self._index is not None
        return self._index
