"""The text of a citation check: read from wherever it comes, checked against the library."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ingest.package_laws import package_titles
from ingest.readers.dispatch import ARCHIVE, read_bytes
from ingest.source_text import SourceText
from kb.errors import InputError, UnreadableFile
from kb.references.canonical import short_title
from kb.references.check import TO_MEND, Abolished, Checked, abolished_laws, check, known_names
from ui.services import Services


@dataclass(frozen=True, slots=True)
class Examination:
    """A text whose references have been checked."""

    text: str
    day: date
    """On which day the references are to be good law."""
    found: Sequence[Checked]
    abolished: Sequence[Abolished] = ()
    """Laws that it names without a provision although they are abolished."""

    @property
    def needs_mending(self) -> bool:
        """Whether anything in it is more than outside the library."""
        return bool(self.abolished) or any(checked.state in TO_MEND for checked in self.found)


def examine(services: Services, text: str, day: date, today: date) -> Examination:
    """
    Check every reference of a text against the library as it stands; nothing of it is kept.

    :raises InputError: If the text is too long.
    :raises StoreError: If the database fails.
    """
    names = _names(services)
    found = check(text, services.library, names, day, today)
    return Examination(text, day, found, abolished_laws(text, services.library, names, day, found))


def read_letter(name: str, data: bytes) -> SourceText:
    """
    Read the text of one file.

    :param name: Its name, which chooses the reader and is shown to the user.
    :raises UnreadableFile: If it cannot be read, or is an archive.
    """
    if name.lower().endswith(ARCHIVE):
        raise UnreadableFile("压缩包里可能有几份文件", remedy="请解压后一份一份地核", path=name)
    (outcome,) = islice(read_bytes(name, data), 1)
    if isinstance(outcome, UnreadableFile):
        raise outcome
    return outcome


def _names(services: Services) -> Mapping[str, str]:
    """Names of all laws known here: a law that the library lacks must not be taken for one inside its name."""
    names: dict[str, str] = {}
    with suppress(InputError):  # without the package its laws are merely not told apart so well
        names = {title: title for title in map(short_title, package_titles())}
    return known_names(services.library, {**names, **services.lexicon.law_names})
