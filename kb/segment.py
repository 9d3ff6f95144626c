"""The one segmentation shared by the index, queries, highlighting and grading."""

import logging
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import jieba

_NOT_A_WORD = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_DICTIONARY_FREQUENCY = 20_000  # high enough that jieba keeps the term whole before splitting it
_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD = str.maketrans(_NARROW | {c: c.lower() for c in map(chr, range(65, 91))})

STOP_WORDS = frozenset(
    "的 了 是 在 和 与 或 及 吗 呢 吧 啊 呀 怎么 怎么办 如何 什么 哪些 哪 谁 可以 应该 需要 能 能否 是否 会 有 没有 "
    "我 你 他 她 它 们 我们 你们 他们 这 那 这个 那个 被 把 对 为 就 都 也 还 要 不 应当 以及 等 时 后 个 人 "
    "请问 一个 一下 现在 已经 但是 因为 所以 如果 还是 不是 到 说 给 去 来 让 上 下 里".split()
)
"""Words that say nothing about the subject; dropped from queries, never from the index."""


class Token(NamedTuple):
    """A word and where it stands in the text, ``text[start:end]``."""

    word: str
    start: int
    end: int


class Segmenter:
    """
    Chinese words with our dictionary: glossary terms and law titles stay whole and are also split.

    Same input, same output, in every process; safe to use from several threads.
    """

    def __init__(self, terms: Iterable[str] = (), cache_dir: Path | None = None):
        """
        :param terms: Words of our dictionary; those of one character are ignored.
        :param cache_dir: Private folder for jieba's parsed dictionary. Without it nothing is cached;
            the system's shared temporary folder is never used, since anybody could plant a file there.
        """
        self._terms = sorted({folded(t) for t in terms if len(t) > 1})
        self._cache_dir = cache_dir
        self._jieba: jieba.Tokenizer | None = None
        self._lock = Lock()

    @property
    def fingerprint(self) -> str:
        """Identifies the dictionary: words segmented under another one do not fit."""
        return sha256("\n".join((jieba.__version__, *self._terms)).encode()).hexdigest()[:16]

    def tokens(self, text: str) -> list[Token]:
        """
        Split a text into words, long ones also into the shorter words inside them.

        Letters are lower-cased and full-width forms narrowed; punctuation yields nothing.
        """
        found = self._ready().tokenize(folded(text), mode="search")
        return [Token(*t) for t in found if not _NOT_A_WORD.fullmatch(t[0])]

    def pieces(self, text: str) -> list[str]:
        """:returns: The text cut at word borders, each word once, with all between them; joined they are `text`."""
        found, end = [], 0
        for piece in self._ready().cut(folded(text), HMM=False):
            found.append(text[end : end + len(piece)])
            end += len(piece)
        return found

    def words(self, text: str) -> list[str]:
        """:returns: The words of `tokens`, in order, repeated as often as they occur."""
        return [token.word for token in self.tokens(text)]

    def query_words(self, text: str) -> list[str]:
        """:returns: Words of a query without stop words; all of them if nothing else is left."""
        words = list(dict.fromkeys(self.words(text)))
        return [w for w in words if w not in STOP_WORDS] or words

    def _ready(self) -> jieba.Tokenizer:
        with self._lock:
            if self._jieba is None:
                self._jieba = self._load()
            return self._jieba

    def _load(self) -> jieba.Tokenizer:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        if self._cache_dir is not None:
            self._cache_dir.mkdir(parents=True, exist_ok=True)
            tokenizer.tmp_dir = str(self._cache_dir)
            tokenizer.initialize()
        else:
            tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
            tokenizer.initialized = True
        for term in self._terms:
            tokenizer.add_word(term, _DICTIONARY_FREQUENCY)
        return tokenizer


def bigrams(text: str) -> Iterator[str]:
    """Yield every pair of neighbouring Chinese characters: a safety net under the segmentation."""
    for run in _HAN.findall(text):
        for start in range(len(run) - 1):
            yield run[start : start + 2]


def folded(text: str) -> str:
    """:returns: The text with narrow, lower-case letters, one character for one."""
    # Token positions therefore fit the original text.
    return text.translate(_FOLD).translate(_FOLD)
