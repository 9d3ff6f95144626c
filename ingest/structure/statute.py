"""A statute's file → one regulation with its provisions, history and standing."""

from ingest.front_matter import FrontMatter
from ingest.source_text import SourceText
from ingest.structure.articles import read_articles
from ingest.structure.head import read_head
from ingest.structure.history import effective_from, read_history, version_of
from ingest.structure.rank import issuer_of, level_of
from ingest.structure.regions import region_of_folders, region_of_title
from ingest.structure.repeals import read_repeals
from kb.documents import NATIONWIDE, Document, Kind, Level
from kb.references.canonical import short_title

_LOCAL = (Level.LOCAL_REGULATION, None, Level.NORMATIVE_DOCUMENT)


def read_statute(source: SourceText, front: FrontMatter) -> Document:
    """
    Understand a statute, decision, reply or digest.

    :param source: Text without front matter.
    :param front: What the file says of itself; it has the last word where it says anything.
    :returns: A regulation. What neither file nor front matter tells stays empty.
    """
    head = read_head(source.text, source.stem)
    title = front.title or head.title
    law = front.law or title
    passages = read_articles(head.body, law)
    history = read_history(head.lines)
    version, notes = version_of(source.stem, history)
    region = region_of_title(title) or region_of_folders(source.folders)
    level = front.level or level_of(title, history, source.folders, region)
    return Document(
        id=source.stem,
        kind=Kind.REGULATION,
        title=title,
        passages=passages,
        short_title=short_title(law),
        part=head.part,
        level=level,
        region=region if region and level in _LOCAL else NATIONWIDE,
        issuer=issuer_of(title, level, history, source.folders),
        source=source.source,
        version_date=version,
        effective_from=effective_from(history, passages, version),
        history=history,
        repeals=read_repeals(passages, short_title(law)),
        notes=notes,
    )
