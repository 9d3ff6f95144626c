"""Every way of writing the name of a law → its canonical short title."""

from collections.abc import Iterable, Mapping

from kb.references.canonical import short_title


def law_names(titles: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, str]:
    """
    Join titles and popular names.

    :param titles: Official title and its popular names, of each law. Where two laws claim one spelling, a
        title wins over a popular name, and the first over later ones.
    :returns: Spelling (as `short_title` writes it) → short title; for `find_references`.
    """
    known = [(short_title(title), tuple(aliases)) for title, aliases in titles]
    names = {title: title for title, _ in known}
    for title, aliases in known:
        for alias in aliases:
            names.setdefault(short_title(alias), title)
    return {spelling: title for spelling, title in names.items() if len(spelling) > 1}
