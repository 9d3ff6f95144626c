"""The keyword leg: BM25 over words and character pairs."""

from typing import Any

import numpy as np
import tantivy
from haystack import component, default_to_dict

from retrieval.components.on_generation import OnGeneration
from retrieval.components.ranking import Ranking, ranked
from retrieval.index.catalogue import Mask
from retrieval.query import Filter

FIELD_WEIGHTS = {"body": 1.0, "bigram": 1.0, "heading": 0.5, "title": 0.3}
"""BM25 weights of the fields, chosen on a development split of real lay questions."""


@component
class KeywordRetriever(OnGeneration):
    """
    Rank passages by BM25 (Robertson & Zaragoza 2009) inside the keyword index.

    The filter is a clause of the index query, so that `top_k` results come back whenever that many
    allowed passages match.
    """

    def __init__(self, generation: str, top_k: int = 200) -> None:
        """
        :param generation: Folder of an index generation.
        :param top_k: How many passages to return at most.
        :raises ValueError: If `top_k` is not positive.
        """
        if top_k < 1:
            raise ValueError(f"top_k must be at least 1, got {top_k}")
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()
        self.top_k = top_k

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, generation=self.generation, top_k=self.top_k)

    @component.output_types(ranking=Ranking)
    def run(
        self,
        words: list[str],
        pairs: list[str],
        filter: Filter,
        expansion: list[tuple[str, float]] | None = None,
    ) -> dict[str, Ranking]:
        """
        Look up a query.

        :param words: Segmented query.
        :param pairs: Its character pairs.
        :param expansion: Further words, each with the share of a word's weight that it has.
        :param filter: Which documents may be found.
        :returns: ``ranking`` with BM25 scores (positive, unbounded).
        """
        index = self.index
        clauses = _clauses(index.schema, words, pairs, expansion or [])
        allowed = index.catalogue.allowed(filter)
        if not clauses or not allowed.any():
            return {"ranking": Ranking()}
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, tantivy.Query.boolean_query(clauses)), *_restriction(index.schema, allowed)]
        )
        hits = index.searcher.search(query, self.top_k).hits
        addresses = [address for _, address in hits]
        positions = np.array(index.searcher.fast_field_values("position", addresses), np.int64)
        return {"ranking": ranked(positions, np.array([score for score, _ in hits], np.float32), self.top_k)}


def _clauses(
    schema: tantivy.Schema, words: list[str], pairs: list[str], expansion: list[tuple[str, float]]
) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    weighted = [(word, 1.0) for word in words] + expansion
    return [
        (
            tantivy.Occur.Should,
            tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, term, "freq"), weight * share),
        )
        for field, weight in FIELD_WEIGHTS.items()
        for term, share in ([(pair, 1.0) for pair in pairs] if field == "bigram" else weighted)
    ]


def _restriction(schema: tantivy.Schema, allowed: Mask) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Name the smaller side: the documents that may be found, or those that may not."""
    if allowed.all():
        return []
    if 2 * allowed.sum() > len(allowed):
        rows = np.flatnonzero(~allowed).tolist()
        return [(tantivy.Occur.MustNot, tantivy.Query.term_set_query(schema, "row", rows))]
    members = tantivy.Query.term_set_query(schema, "row", np.flatnonzero(allowed).tolist())
    return [(tantivy.Occur.Must, tantivy.Query.const_score_query(members, 0.0))]
