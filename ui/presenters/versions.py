"""What a reader is told of the other versions of a rule, and of the day whose law is asked for."""

from collections.abc import Sequence
from html import escape

from kb.documents import Origin, Status
from kb.store.rows import StoredDocument
from kb.validity import is_regulation
from ui.presenters.labels import STATUSES, day_label, full_title
from ui.presenters.view import View, address, comparison_address
from ui.timeline import Counterpart


def badge_html(status: Status | None) -> str:
    """:returns: The badge of a rule's standing; nothing for what is not a rule."""
    return "" if status is None else f'<span class="rd-badge rd-{status.value}">{STATUSES[status]}</span>'


def with_version(stored: StoredDocument) -> str:
    """:returns: The title with the day of the text."""
    day = day_label(stored.document.version_date)
    return full_title(stored) + (f"（{day}文本）" if day else "")


def counterparts_html(view: View, position: int) -> str:
    """:returns: The other versions of one provision, folded; empty if there are none."""
    found = view.counterparts.get(position, ())
    if not found:
        return ""
    lines = "".join(_counterpart(view, position, other) for other in reversed(found))
    opened = " open" if position == view.at else ""
    changed = "" if any(c.changed for c in found) else "，文字都一样"
    return (
        f'<details class="rd-versions"{opened}><summary>这一条有 {len(found) + 1} 个版本{changed}</summary>'
        f"<ul>{lines}</ul></details>"
    )


def comparison_link(view: View, other: StoredDocument) -> str:
    """:returns: Link to the comparison of the document with another text of its rule; only for official texts."""
    here = view.stored.document
    if {here.origin, other.document.origin} != {
        Origin.OFFICIAL
    } or here.version_date == other.document.version_date:
        return ""
    ids = [v.document.id for v in view.versions]
    old, new = sorted((here.id, other.document.id), key=ids.index)
    return f' <a class="rd-compare" href="{comparison_address(old, new)}">新旧对照</a>'


def day_form_html(view: View) -> str:
    """:returns: The choice of the day whose law is shown; only where there are several texts, or one was made."""
    if not is_regulation(view.stored.document) or (view.day is None and not _several(view.versions)):
        return ""
    chosen = view.day.isoformat() if view.day else ""
    place = "" if view.at is None else f'<input type="hidden" name="at" value="{view.at}">'
    return (
        '<form class="rd-day" action="read" method="get">'
        f'<input type="hidden" name="doc" value="{escape(view.stored.document.id)}">{place}'
        f'<label>按哪天的规定看 <input type="date" name="day" value="{chosen}" min="1949-10-01" max="2100-12-31" required></label>'
        "<button>打开当天的文本</button></form>"
    )


def day_note_html(view: View) -> str:
    """:returns: One line on what applied on the day asked for; empty if none was."""
    if view.day is None or not is_regulation(view.stored.document):
        return ""
    day, status = day_label(view.day), view.stored.status_on(view.day)
    if view.stored.validity.since is None and view.asked_for is None:
        text = f"这份资料没有注明从哪天起适用，{day}是否适用请看原文。"
    elif status is not Status.IN_FORCE:
        told = {Status.NOT_YET_IN_FORCE: "还没有施行"}.get(status, "已经失效") if status else "已经失效"
        text = f"{day}没有找到适用的文本：这个文本当天{told}。"
    elif view.asked_for is not None:
        back = f'<a href="{address(view.asked_for.document.id)}">{escape(with_version(view.asked_for))}</a>'
        text = f"{day}适用的是这个文本，已替你打开；原来打开的是 {back}。"
    else:
        text = f"{day}适用的就是这个文本。"
    today = f' <a href="{address(view.stored.document.id)}">不限日期</a>'
    return f'<p class="rd-origin rd-on-day" role="status">{text}{today}</p>'


def _counterpart(view: View, position: int, other: Counterpart) -> str:
    here, there = view.stored.document, other.stored.document
    pair = (there.id, here.id) if other.older else (here.id, there.id)
    compared = comparison_address(*pair, position, in_old=not other.older)
    name = f"{day_label(there.version_date) or full_title(other.stored)}文本{other.label}"
    return (
        f'<li><a href="{address(there.id, other.position)}">{escape(name)}</a>'
        f"{badge_html(other.stored.status_on(view.today))} "
        f'{"文字有改动" if other.changed else "文字一样"} <a href="{compared}">对照</a></li>'
    )


def _several(versions: Sequence[StoredDocument]) -> bool:
    return len({v.document.version_date for v in versions} - {None}) > 1
