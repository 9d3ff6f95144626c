"""
Lots that anybody can draw again.

A lot is the SHA-256 of the seed and of what the lot is for, as UTF-8, one part a line::

    printf '第五期\\nperson\\n王芳\\n东村居民区\\n1' | sha256sum

Read as an unsigned big-endian number it orders people and picks numbers. No generator with an inner state
is needed, so that a draw can be repeated in any language, by hand if need be, and does not depend on the
order of a list.
"""

from collections.abc import Collection
from hashlib import sha256

from kb.drill.person import tidy
from kb.errors import InputError

LONGEST_SEED = 60


def checked_seed(text: str) -> str:
    """
    :returns: The seed as it is shown and used: one line without blanks around it.
    :raises InputError: If nothing is left of it or it is too long.
    """
    seed = tidy(text)
    if not 1 <= len(seed) <= LONGEST_SEED:
        raise InputError(f"随机种子应有 1 到 {LONGEST_SEED} 个字", remedy="请写一行短文字，如 第五期")
    return seed


def lot(seed: str, *parts: str) -> int:
    """:returns: The lot of `parts`: 0 up to 2²⁵⁶, the same wherever it is drawn."""
    return int.from_bytes(sha256("\n".join((seed, *parts)).encode()).digest(), "big")


def draw_number(seed: str, left: Collection[int], purpose: str) -> int:
    """
    Draw one of the numbers that are left.

    :param purpose: Tells this draw from others with the same seed, such as ``第2轮 第3组``.
    :returns: The number whose lot ``(seed, "number", purpose, number)`` is the smallest.
    :raises InputError: If none is left.
    """
    if not left:
        raise InputError("签已抽完", remedy="请进入下一轮，或给这一轮加题")
    return min(left, key=lambda number: lot(seed, "number", purpose, str(number)))
