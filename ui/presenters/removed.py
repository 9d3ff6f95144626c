"""What was taken out of the library, each with a button to bring it back."""

from collections.abc import Sequence
from html import escape

from kb.store.rows import StoredDocument
from ui.presenters.labels import KINDS, full_title

MOST_SHOWN = 200


def removed_html(removed: Sequence[StoredDocument]) -> str:
    """:returns: The removed documents, the latest saved first; a word where there are none."""
    if not removed:
        return '<p class="lb lb-none">没有移除过的资料。</p>'
    newest = sorted(removed, key=lambda d: d.key, reverse=True)[:MOST_SHOWN]
    rows = "".join(
        f'<tr><td class="lb-title">{escape(full_title(d))}</td><td>{KINDS[d.document.kind]}</td>'
        f'<td class="lb-act"><button type="button" data-do="restore" data-value="{escape(d.document.id)}" '
        f'aria-label="恢复 {escape(full_title(d))}">恢复</button></td></tr>'
        for d in newest
    )
    return f'<div class="lb"><table class="lb-table lb-short"><tbody>{rows}</tbody></table></div>'
