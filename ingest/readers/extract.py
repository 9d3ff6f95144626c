"""What a reader takes from the bytes of one file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file as its format gives it, before its characters are cleaned."""

    text: str
    notes: tuple[str, ...] = ()
    """What the text does not show of the file, in Chinese: pages without text, headers left out."""
