"""What the library holds of the laws that some references name, read before any of them is looked up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from kb.comparison.compare import partners
from kb.documents import Origin, Role, Status
from kb.references.reference import Reference
from kb.store.library import Library
from kb.store.rows import StoredDocument, StoredPassage


class Holdings:
    """
    The part of a library that some references need; `kb.references.resolve` looks references up in it.

    A few queries read it all. Only the whole text of a law is read when, and if, it is asked for.
    """

    def __init__(self, library: Library, references: Iterable[Reference], laws: Iterable[str] = ()):
        """
        :param references: Those that will be looked up; of ranges every provision (see `check`).
        :param laws: Short titles of further laws that will be asked about.
        :raises StoreError: If the database fails.
        """
        # A name that cannot be printed is no law's, and some of them no database accepts.
        wanted = [r for r in references if r.law.isprintable()]
        self._library = library
        self._cited = library.cited({*laws, *(r.law for r in wanted)}, {r.provision for r in wanted})
        self._texts: dict[str, StoredDocument] = {}
        self._partners: dict[tuple[int, int], Mapping[int, tuple[int, bool]]] = {}
        self._articles: dict[str, list[Reference]] = {}
        self._rules: dict[str, list[StoredDocument]] = defaultdict(list)
        self._passages: dict[str, list[StoredPassage]] = defaultdict(list)
        for rule in self._cited.rules:
            self._rules[rule.document.short_title].append(rule)
        for passage in self._cited.passages:
            self._passages[passage.passage.ref].append(passage)

    def passages_of_ref(self, ref: str) -> list[StoredPassage]:
        """:returns: The provision of a canonical reference, in every version that holds it."""
        return self._passages.get(ref, [])

    def documents_by_key(self, keys: set[int]) -> dict[int, StoredDocument]:
        """:returns: Documents by key, without passages."""
        found = {rule.key: rule for rule in self._cited.rules if rule.key in keys}
        missing = keys - found.keys()
        return found | self._library.documents_by_key(missing) if missing else found

    def versions(self, short_title: str) -> list[StoredDocument]:
        """:returns: All documents of one law, without passages."""
        return self._rules.get(short_title, [])

    def document(self, document_id: str) -> StoredDocument:
        """
        Read a document with its passages, once.

        :raises NotFound: If it has been removed meanwhile.
        """
        if document_id not in self._texts:
            self._texts[document_id] = self._library.document(document_id)
        return self._texts[document_id]

    def articles(self, document_id: str) -> list[Reference]:
        """List the articles of a document by number, read once."""
        if document_id not in self._articles:
            self._articles[document_id] = self._library.articles(document_id)
        return self._articles[document_id]

    def short_titles(self) -> list[str]:
        """:returns: Nothing: similar names are not suggested for laws that the library does not hold."""
        return []

    def in_force(self, law: str, day: date) -> StoredDocument | None:
        """:returns: The law as it applies on `day`: official and whole where there is such a text."""
        applying = [rule for rule in self.versions(law) if rule.status_on(day) is Status.IN_FORCE]
        return max(applying, key=_completeness, default=None)

    def counterpart(self, old: StoredDocument, position: int, new: StoredDocument) -> StoredPassage | None:
        """
        Find what became of a provision, wherever its number moved to.

        :param position: The provision's place in `old`.
        :returns: The provision of `new`; ``None`` if it has none that says much the same.
        """
        there = self.document(new.document.id)
        if (old.key, new.key) not in self._partners:
            here = self.document(old.document.id)
            self._partners[old.key, new.key] = partners(there.document.passages, here.document.passages)
        place, _ = self._partners[old.key, new.key].get(position, (None, False))
        if place is None or there.document.passages[place].role is not Role.PROVISION:
            return None
        return StoredPassage(there.passage_ids[place], there.key, place, there.document.passages[place])

    def replacement(self, stored: StoredDocument) -> StoredDocument | None:
        """:returns: What took the document's place, if the library holds it; official text before a gist."""
        found = self._cited.replacing.get(stored.validity.replaced_by)
        if found is None:
            return None
        siblings = [r for r in self.versions(found.document.short_title) if _same_version(r, found)]
        return max([*siblings, found], key=_completeness)

    def repealer(self, law: str) -> StoredDocument | None:
        """:returns: The rule that abolishes a law by name, whether or not the law itself is here."""
        found = [r for r in self._cited.repealers.get(law, ()) if r.validity.since is not None]
        return max(found, key=_completeness, default=None)


def is_whole(stored: StoredDocument) -> bool:
    """Whether the document holds the official text of all its law."""
    return stored.document.origin is not Origin.DIGEST and not stored.document.part


def _completeness(stored: StoredDocument) -> tuple[bool, bool, date]:
    newest = stored.document.version_date or date.min
    return (is_whole(stored), stored.document.origin is not Origin.DIGEST, newest)


def _same_version(one: StoredDocument, other: StoredDocument) -> bool:
    return one.document.version_date == other.document.version_date
