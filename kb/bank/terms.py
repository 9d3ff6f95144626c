"""What a text speaks of: its words, each in the form in which answers and scoring points compare."""

from typing import NamedTuple

from kb.bank.figures import is_numeral
from kb.bank.wordings import Wordings
from kb.segment import STOP_WORDS, Segmenter, Token

_EMPTY = STOP_WORDS | frozenset(
    "不 没 没有 别 未 无 不能 不得 不要 再 先 并 由 向 以 其 或 请 做 叫 各 每 已 按 从 才 地 得 着 过 好 家 事 进行 有关 "
    "相关 情况 这样 那样 何 前 之 且 又".split()
)


class Term(NamedTuple):
    """A word that carries meaning, and where it stands: ``text[start:end]``."""

    key: str
    start: int
    end: int


class Terms:
    """Reads the terms of texts; same text, same terms."""

    def __init__(self, segmenter: Segmenter, wordings: Wordings):
        """:param wordings: What they join counts as one term; other words are taken from `segmenter`."""
        self._segmenter = segmenter
        self._wordings = wordings

    def of(self, text: str) -> list[Term]:
        """:returns: The wordings of a text, then its other words; figures and empty words are left out."""
        spotted = list(self._wordings.find(text))
        words = _longest(self._segmenter.tokens(text))
        free = (w for w in words if not any(s.start < w.end and w.start < s.end for s in spotted))
        kept = (w for w in free if w.word not in _EMPTY and not is_numeral(w.word))
        return [*(Term(*s) for s in spotted), *(Term(*w) for w in kept)]


def _longest(tokens: list[Token]) -> list[Token]:
    """Without the shorter words inside longer ones."""
    return [t for t in tokens if not any(o != t and o.start <= t.start and t.end <= o.end for o in tokens)]
