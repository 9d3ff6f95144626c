"""Citation check: every reference of a text, and whether it may be relied on."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kb.documents import Origin
from kb.errors import InputError
from kb.references.canonical import short_title
from kb.references.find import Mention, find_references
from kb.references.holdings import Holdings
from kb.references.quotation import is_misquoted, quoted_behind
from kb.references.ranges import named
from kb.references.verdict import Gone, Judge, State, Verdict
from kb.store.library import Library

LONGEST = 200_000
"""Characters of a text that are checked at once."""
MOST = 3000
"""References of a text that are checked at once."""
_MISQUOTED = "引号里的文字和条文不完全一样，请对照"
_TITLE = re.compile(r"《[^《》]{2,60}》")
_GRAVITY = {state: number for number, state in enumerate(State)}
TO_MEND = frozenset({State.NONEXISTENT, State.REPEALED, State.AMENDED, State.NOT_YET_IN_FORCE})
"""States in which a citation needs a second look."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A reference where it stands in the text, and what is to be said of it."""

    mention: Mention
    verdicts: tuple[Verdict, ...]
    """At least one: of a range one for each article, else one."""
    misquoted: bool = False
    """Words in quotation marks behind the reference are plainly meant for the provision, but differ from it."""

    @property
    def state(self) -> State:
        """The gravest of the verdicts."""
        return min((v.state for v in self.verdicts), key=_GRAVITY.__getitem__)

    @property
    def note(self) -> str:
        """Why, in Chinese; of a range with the articles concerned."""
        return "；".join(filter(None, (self._reasons(), _MISQUOTED if self.misquoted else "")))

    def _reasons(self) -> str:
        if len(self.verdicts) == 1:
            return self.verdicts[0].note
        noted: dict[str, list[str]] = {}
        for verdict in self.verdicts:
            if verdict.note:
                label = verdict.reference.provision.removeprefix(verdict.reference.law)
                noted.setdefault(verdict.note, []).append(label)
        if len(noted) == 1 and len(next(iter(noted.values()))) == len(self.verdicts):
            return next(iter(noted))
        return "；".join(f"{'、'.join(labels)}：{note}" for note, labels in noted.items())


@dataclass(frozen=True, slots=True)
class Abolished:
    """A law that a text names as a whole although it is law no more."""

    law: str
    """Short title."""
    places: tuple[int, ...]
    """Where its name begins, 《 included."""
    gone: Gone


def check(
    text: str, library: Library, names: Mapping[str, str], day: date, today: date | None = None
) -> list[Checked]:
    """
    Find and judge every reference of a text.

    Each provision is looked up once, all of them together in a few queries.

    :param text: Any text: a notice, a letter, a case.
    :param names: Spelling → short title, see `known_names`.
    :param day: On which day the references are to be good law.
    :param today: Until when changes count as made; `day` itself when omitted.
    :returns: One entry for each mention, in the order of the text.
    :raises InputError: If the text has more than `LONGEST` characters or `MOST` references.
    :raises StoreError: If the database fails.
    """
    if len(text) > LONGEST:
        raise InputError(
            f"文字有 {len(text)} 字，一次最多核 {LONGEST // 10_000} 万字", remedy="请分成几段，一段一段地核"
        )
    mentioned = list(islice(find_references(text, names), MOST + 1))
    if len(mentioned) > MOST:
        raise InputError(f"引用超过 {MOST} 处", remedy="请分成几段，一段一段地核")
    mentions = [(mention, named(mention.reference)) for mention in mentioned]
    asked = dict.fromkeys(reference for _, references in mentions for reference in references)
    judge = Judge(Holdings(library, asked), day, today or day)
    verdicts = {reference: judge.judge(reference) for reference in asked}
    judged = ((mention, tuple(verdicts[r] for r in references)) for mention, references in mentions)
    return [Checked(mention, found, _is_misquoted(text, mention, found)) for mention, found in judged]


def abolished_laws(
    text: str, library: Library, names: Mapping[str, str], day: date, found: Iterable[Checked]
) -> list[Abolished]:
    """
    Find the laws that a text names in 《》 without a provision although they are abolished.

    :param found: What `check` found; names that belong to a reference are left out.
    :returns: One entry for each law, in the order of the text.
    :raises StoreError: If the database fails.
    """
    cited = [(c.mention.start, c.mention.end) for c in found]
    places: dict[str, list[int]] = {}
    for match in _TITLE.finditer(text):
        law = names.get(short_title(match[0]))
        after = bisect_right(cited, (match.start(), len(text)))
        if law is not None and not (after and match.start() < cited[after - 1][1]):
            places.setdefault(law, []).append(match.start())
    judge = Judge(Holdings(library, (), places), day, day)
    gone = ((law, judge.gone(law)) for law in places)
    return [Abolished(law, tuple(places[law]), how) for law, how in gone if how is not None]


def known_names(library: Library, names: Mapping[str, str]) -> Mapping[str, str]:
    """
    Add the laws of a library, and those they abolish, to names known anyway.

    :param names: Spelling → short title; a law's title wins over a popular name.
    :returns: Names for `check`.
    :raises StoreError: If the database fails.
    """
    return {**names, **{title: title for title in library.law_titles() if len(title) > 1}}


def _is_misquoted(text: str, mention: Mention, verdicts: Sequence[Verdict]) -> bool:
    cited = verdicts[0].cited
    if len(verdicts) > 1 or cited is None or cited.document.document.origin is Origin.DIGEST:
        return False
    words = quoted_behind(text, mention.end)
    return bool(words) and is_misquoted(words, cited.passage.passage.text)
