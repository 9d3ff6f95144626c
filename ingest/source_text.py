"""What a reader hands on: the text of one file, whatever its format was."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceText:
    """
    The text of one file, with headings as Markdown ``#`` lines and tables as ``甲 | 乙`` rows.

    Line ends are ``\\n``; the text has no byte order mark and no control characters.
    """

    source: str
    """Where it came from, shown to the user: a path, or ``archive.zip!inner/name.docx``."""
    stem: str
    """File name without folder and suffix; the document's id where front matter gives none."""
    text: str
    format: str
    """``markdown``, ``text``, ``html``, ``docx`` or ``pdf``."""
    folders: tuple[str, ...] = ()
    """Names of the folders above the file, outermost first, as far as they were given to ingest."""
    notes: tuple[str, ...] = ()
    """What the reader has to say, in Chinese, one line each: scanned pages, footnotes left out."""
