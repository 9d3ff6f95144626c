"""
Every error a user can meet.

    AndianError                 one Chinese line: what was wrong and what to do
    ├── InputError              the user's file, query or option; names file and line
    │   ├── UnreadableFile      the bytes cannot be read as their format says
    │   ├── Refused             a running seminar does not accept this now
    │   └── InvalidFrontMatter  the front matter breaks its documented schema
    ├── NotFound                a document or reference the library does not hold
    ├── SettingsError           unknown key or impossible value in a setting
    ├── StoreError              the database cannot be opened, is damaged or is full
    ├── IndexDamaged            derived files are missing, stale or broken; rebuildable
    ├── IndexRefused            a new index finds less than the current one; waits for confirmation
    └── ModelUnavailable        no embedding model and no way to get one now

Translate only at the edges: the command line prints the message and exits 1, a page shows it.
"""

from pathlib import Path


class AndianError(Exception):
    """Base of all errors with a message meant for the user (Chinese, one line, with a remedy)."""


class InputError(AndianError):
    """
    What the user gave cannot be used.

    The message reads ``file:line: problem；remedy`` with the parts that are known.
    """

    def __init__(
        self, problem: str, *, remedy: str = "", path: Path | str | None = None, line: int | None = None
    ):
        """
        :param problem: What is wrong, in Chinese, without a final stop.
        :param remedy: What to do about it, in Chinese.
        :param path: The file concerned.
        :param line: 1-based line in `path`.
        """
        self.problem = problem
        self.remedy = remedy
        self.path = path
        self.line = line
        place = "" if path is None else f"{path}" + ("" if line is None else f":{line}") + "："
        super().__init__(place + problem + (f"；{remedy}" if remedy else ""))


class UnreadableFile(InputError):
    """The bytes of a file cannot be read as the format they claim to be."""


class Refused(InputError):
    """What somebody wants to do in a running seminar cannot be done now: too late, not their turn, not theirs."""


class InvalidFrontMatter(InputError):
    """A file's front matter breaks its documented schema."""


class NotFound(AndianError):
    """The library holds no document or provision of that name."""


class SettingsError(AndianError):
    """A setting has an unknown key or an impossible value."""


class StoreError(AndianError):
    """The database cannot be opened, is damaged, or its disk is full."""


class IndexDamaged(AndianError):
    """The derived index is missing, stale or broken; it can be rebuilt from the store."""


class IndexRefused(AndianError):
    """A new index answers the judged questions worse than the current one, which goes on serving."""


class ModelUnavailable(AndianError):
    """There is no embedding model on this machine and none could be fetched."""
