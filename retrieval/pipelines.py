"""The search pipeline: analysis → keyword ∥ vector (→ entrances) ∥ references → fusion → grouping."""

from pathlib import Path

from haystack import Pipeline

from kb.settings import Settings
from retrieval.components.dense_retriever import DenseRetriever
from retrieval.components.entrance_voter import EntranceVoter
from retrieval.components.keyword_retriever import KeywordRetriever
from retrieval.components.passage_grouper import PassageGrouper
from retrieval.components.query_adapter import QueryAdapter
from retrieval.components.query_analyzer import QueryAnalyzer
from retrieval.components.query_encoder import QueryEncoder
from retrieval.components.reference_finder import ReferenceFinder
from retrieval.components.score_fusion import ScoreFusion
from retrieval.index.generation import shared_generation
from retrieval.model.resolve import LEXICAL

CANDIDATES = 300
"""Passages each leg hands to the fusion."""


def search_pipeline(
    settings: Settings, generation: Path, *, hybrid: bool, candidates: int = CANDIDATES
) -> Pipeline:
    """
    Join the components over one index generation.

    :param hybrid: Whether queries are embedded; without, the keyword leg works alone.
    :returns: A warmed-up pipeline; its inputs are the ``text`` of ``analyzer``, ``encoder``,
        ``references`` and ``fusion``, the ``filter`` of ``keyword``, ``dense``, ``entrances``, ``references`` and
        ``grouper``, and ``grouper.top_k``.
    :raises ModelUnavailable: If the model that made the generation's vectors is not on this machine.
    """
    folder = str(generation)
    pipeline = Pipeline()
    pipeline.add_component("analyzer", QueryAnalyzer(folder, str(settings.home / "cache")))
    model = settings.embedding_model if hybrid else LEXICAL
    fingerprint = shared_generation(folder).meta.model_fingerprint
    pipeline.add_component("encoder", QueryEncoder(str(settings.home), model, settings.threads, fingerprint))
    pipeline.add_component("adapter", QueryAdapter(folder))
    pipeline.add_component("keyword", KeywordRetriever(folder, candidates))
    pipeline.add_component("dense", DenseRetriever(folder, candidates))
    weights = (settings.keyword_weight, settings.support_weight, settings.entrance_weight)
    pipeline.add_component("entrances", EntranceVoter(folder))
    pipeline.add_component("references", ReferenceFinder(folder))
    pipeline.add_component("fusion", ScoreFusion(folder, *weights))
    pipeline.add_component("grouper", PassageGrouper(folder))
    pipeline.connect("analyzer.words", "keyword.words")
    pipeline.connect("analyzer.pairs", "keyword.pairs")
    pipeline.connect("analyzer.expansion", "keyword.expansion")
    pipeline.connect("encoder.vector", "adapter.vector")
    for taker in ("dense", "entrances", "fusion"):
        pipeline.connect("adapter.vectors", f"{taker}.vectors")
    pipeline.connect("dense.ranking", "entrances.dense")
    pipeline.connect("entrances.votes", "fusion.votes")
    pipeline.connect("entrances.linked", "fusion.linked")
    pipeline.connect("entrances.likeness", "fusion.likeness")
    pipeline.connect("references.named", "fusion.named")
    pipeline.connect("keyword.ranking", "fusion.keyword")
    pipeline.connect("dense.ranking", "fusion.dense")
    pipeline.connect("fusion.ranking", "grouper.ranking")
    pipeline.warm_up()
    return pipeline
