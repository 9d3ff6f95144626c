"""From what the user typed to the words that are looked up."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from haystack import component, default_to_dict

from kb.lexicon import load_lexicon
from kb.segment import Segmenter, bigrams


@component
class QueryAnalyzer:
    """
    Segment a query exactly as the passages were, drop stop words, and add its character pairs.

    Typing slips known to the glossary are put right first.
    """

    def __init__(self, cache_dir: str | None = None) -> None:
        """:param cache_dir: Private folder for the parsed dictionary; see `kb.segment.Segmenter`."""
        self.cache_dir = cache_dir
        self._segmenter: Segmenter | None = None

    def warm_up(self) -> None:
        """Load the dictionary, once."""
        if self._segmenter is None:
            self._segmenter = _segmenter(self.cache_dir)
            self._segmenter.words("预热")

    def to_dict(self) -> dict[str, Any]:
        """:returns: The component's parameters."""
        return default_to_dict(self, cache_dir=self.cache_dir)

    @component.output_types(words=list[str], pairs=list[str])
    def run(self, text: str) -> dict[str, list[str]]:
        """
        Analyse a query.

        :param text: What the user typed.
        :returns: ``words`` without stop words, and ``pairs``, each without repetition, in order.
        """
        self.warm_up()
        assert self._segmenter is not None
        return {"words": self._segmenter.query_words(text), "pairs": list(dict.fromkeys(bigrams(text)))}


@lru_cache(maxsize=1)
def _segmenter(cache_dir: str | None) -> Segmenter:
    """:returns: The segmentation, loaded once for all pipelines of the process."""
    return Segmenter(load_lexicon().terms, Path(cache_dir) if cache_dir else None)
