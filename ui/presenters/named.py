"""The provisions that a question names, at the head of what was found."""

from datetime import date
from html import escape

from kb.references.resolve import Resolution, Version
from ui.named import Named, ordered
from ui.presenters.labels import DIGEST, STATUSES, full_title
from ui.presenters.passage import lines_html
from ui.presenters.shortfall import shortfall
from ui.presenters.view import address

_OPENED = 5
"""Provisions whose text is shown at once; of the others only a link."""


def named_html(named: Named, day: date) -> str:
    """
    Show what was named: its text if nothing else was asked, else the way to it.

    What does not exist, or is not in the library, is told with what there is instead.

    :param day: Which version is shown, and what its status is.
    """
    notes = "".join(
        f'<p class="notice grave" role="note">{escape(text)}。</p>'
        for text in map(shortfall, named.lacking)
        if text
    )
    shown = []
    for index, resolution in enumerate(named.held):
        best, *others = _official_first(resolution, day)
        if named.asked.only and index < _OPENED:
            shown.append(_opened(best, others, day))
        else:
            shown += [f'<p class="direct">直接打开：{_link(version, day)}</p>' for version in (best, *others)]
    return notes + "".join(shown)


def _official_first(resolution: Resolution, day: date) -> list[Version]:
    """The texts to offer; our gists only where there is no official text."""
    versions = ordered(resolution, day)
    return [v for v in versions if v.official] or versions


def _opened(best: Version, others: list[Version], day: date) -> str:
    gist = "" if best.official else f'<p class="ours">{DIGEST}</p>'
    also = "".join(f'<p class="also">另一版本：{_link(version, day)}</p>' for version in others)
    return f'<article class="direct opened"><h3>{_link(best, day)}</h3>{gist}{_text(best)}{also}</article>'


def _text(version: Version) -> str:
    """The whole article, with the paragraph or item asked for brought out."""
    whole = version.passage.passage.text
    if version.text is None or version.text == whole:
        return lines_html(whole)
    asked = set(version.text.split("\n"))
    lines = []
    for line in whole.split("\n"):
        drawn = lines_html(line)
        lines.append(f'<div class="asked">{drawn}</div>' if line.strip() in asked else drawn)
    return "".join(lines)


def _link(version: Version, day: date) -> str:
    stored, passage = version.document, version.passage
    status = stored.status_on(day)
    badge = f'<span class="badge {status.value}">{STATUSES[status]}</span>' if status else ""
    title = escape(f"{full_title(stored)} {passage.passage.label}")
    return f'<a href="{address(stored.document.id, passage.position)}"><bdi>{title}</bdi></a>{badge}'
