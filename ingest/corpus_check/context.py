"""What every check works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.corpus_check.folder import Folder, read_folder
from ingest.corpus_check.statutes import Statutes
from ingest.package_laws import package_statutes
from kb.documents import Kind
from kb.errors import InputError
from kb.lexicon import PackageLaw
from kb.references.law_names import law_names


@dataclass(frozen=True)
class Context:
    """The folder to check, what it may rely on, and the day for which it is checked."""

    folder: Folder
    shipped: Folder
    """The shipped corpus; the same object as `folder` where that is checked."""
    statutes: Statutes
    names: Mapping[str, str]
    """Spelling → short title of every law known here."""
    day: date
    texts: tuple[Path, ...] = ()
    """Folders of other people's texts: official statutes to look up, and wording not to copy."""

    @property
    def folders(self) -> tuple[Folder, ...]:
        """The folder, and the shipped corpus where that is another one."""
        return (self.folder,) if self.shipped is self.folder else (self.folder, self.shipped)


def prepare(root: Path, shipped_root: Path, day: date, texts: Sequence[Path] = ()) -> Context:
    """
    Read a folder and all that is needed to check it.

    :param root: The folder.
    :param shipped_root: The shipped corpus, whose topics, terms, digests and cases may be relied on.
    :raises InputError: If a folder does not exist.
    """
    missing = next((text for text in texts if not text.is_dir()), None)
    if missing is not None:
        raise InputError(f"没有文件夹 {missing}", remedy="请检查 --texts 后面的路径")
    folder = read_folder(root)
    shipped = folder if root.resolve() == shipped_root.resolve() else read_folder(shipped_root)
    folders = (folder,) if shipped is folder else (folder, shipped)
    chosen = {
        p.value.name: PackageLaw(p.value.name, effective_from=p.value.effective_from)
        for f in folders
        for p in f.laws
    }
    digests = [d for f in folders for _, d in f.documents if d.kind is Kind.REGULATION]
    statutes = Statutes([*package_statutes(chosen), *digests], texts)
    named = [(p.value.name, p.value.aliases) for f in folders for p in f.laws]
    named += [(p.value.name, p.value.aliases) for f in folders for p in f.laws_outside]
    names = law_names([*named, *((title, ()) for title in sorted(statutes.titles()))])
    return Context(folder, shipped, statutes, names, day, tuple(texts))
