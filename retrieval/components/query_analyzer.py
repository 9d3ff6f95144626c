"""From what the user typed to the words that are looked up."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from haystack import component, default_to_dict

from kb.lexicon import Lexicon, load_lexicon
from kb.segment import Segmenter, bigrams
from retrieval.components.on_generation import OnGeneration

Expansion = list[tuple[str, float]]


@component
class QueryAnalyzer(OnGeneration):
    """
    Segment a query exactly as the passages were, drop stop words, and add pairs and other names.

    What the glossary knows under several names is also looked up under the others, for less; pairs that
    the glossary keeps apart never stand for each other.
    """

    def __init__(self, generation: str, cache_dir: str | None = None, other_names: float = 0.3) -> None:
        """
        :param generation: Folder of an index generation.
        :param cache_dir: Private folder for the parsed dictionary; see `kb.segment.Segmenter`.
        :param other_names: Weight of other names; 0 leaves them out.
        :raises ValueError: If the weight is negative.
        """
        if other_names < 0:
            raise ValueError(f"other_names must not be negative, got {other_names}")
        OnGeneration.__init__(self, generation)  # Haystack rebuilds the class, which breaks super()
        self.cache_dir = cache_dir
        self.other_names = other_names

    def warm_up(self) -> None:
        """
        Open the index and load the dictionary, once.

        :raises IndexDamaged: If the index is missing or broken.
        """
        OnGeneration.warm_up(self)
        self._parts()[1].words("预热")

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(
            self, generation=self.generation, cache_dir=self.cache_dir, other_names=self.other_names
        )

    @component.output_types(words=list[str], pairs=list[str], expansion=Expansion)
    def run(self, text: str) -> dict[str, Any]:
        """
        Analyse a query.

        :param text: What the user typed.
        :returns: ``words`` without stop words, and ``pairs``, each without repetition, in order;
            ``expansion``: words of other names, with their weight.
        """
        lexicon, segmenter = self._parts()
        words = segmenter.query_words(text)
        others = lexicon.other_names(words) if self.other_names else []
        added = dict.fromkeys(w for name in others for w in segmenter.query_words(name) if w not in words)
        return {
            "words": words,
            "pairs": list(dict.fromkeys(bigrams(text))),
            "expansion": [(word, self.other_names) for word in added],
        }

    def _parts(self) -> tuple[Lexicon, Segmenter]:
        return _dictionary(self.index.synonyms, self.cache_dir)


@lru_cache(maxsize=2)
def _dictionary(synonyms: tuple[tuple[str, str], ...], cache_dir: str | None) -> tuple[Lexicon, Segmenter]:
    """:returns: Names and segmentation, loaded once for all pipelines over the same added names."""
    lexicon = load_lexicon().extended(synonyms)
    return lexicon, Segmenter(lexicon.terms, Path(cache_dir) if cache_dir else None)
