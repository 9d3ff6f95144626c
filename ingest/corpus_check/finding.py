"""One thing that a check has to say."""

from dataclasses import dataclass
from enum import StrEnum

from kb.errors import InputError


class Severity(StrEnum):
    """Whether it must be mended or only be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong where, in Chinese, in one line; orders by place."""

    path: str
    """Relative to the folder checked."""
    line: int
    check: str
    """Name of the check that found it."""
    message: str
    severity: Severity = Severity.ERROR


def from_error(error: InputError, path: str, check: str) -> Finding:
    """:returns: What a reader of files refused, as a finding."""
    message = error.problem + (f"；{error.remedy}" if error.remedy else "")
    return Finding(path, error.line or 1, check, " ".join(message.split()))
