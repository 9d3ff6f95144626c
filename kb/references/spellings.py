"""The names of laws that texts were read with, and whether they are still the same."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

FINDING_VERSION = 2
"""Raised when `find_references` finds more or otherwise, so that stored texts are read anew."""


@dataclass(frozen=True)
class Spellings:
    """Every spelling of the name of a law, as `find_references` takes them."""

    names: Mapping[str, str]
    """Spelling → short title."""

    @cached_property
    def fingerprint(self) -> str:
        """64 characters that change whenever a text might be read otherwise."""
        digest = hashlib.sha256(str(FINDING_VERSION).encode())
        for spelling, title in sorted(self.names.items()):
            digest.update(f"\0{spelling}\0{title}".encode())
        return digest.hexdigest()
