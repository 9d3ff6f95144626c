"""The head of a document: title, standing, dates, history, versions and remarks."""

from html import escape

from kb.documents import Kind, Origin, Status
from kb.store.rows import StoredDocument
from ui.presenters.labels import COLLECTIONS, KINDS, day_label, full_title, origin_label
from ui.presenters.versions import badge_html, comparison_link, day_form_html, day_note_html, with_version
from ui.presenters.view import View, address, shown_source

_NARROW = 20
"""Characters of a fact that fit a column."""


def head_html(view: View) -> str:
    """:returns: Everything above the text."""
    document = view.stored.document
    kicker = [KINDS[document.kind]]
    if document.kind is Kind.REGULATION:
        kicker += [document.level.value if document.level else "", document.region]
    status = view.stored.status_on(view.today)
    line = " · ".join(escape(part) for part in kicker if part)
    return (
        f'<header class="rd-head"><p class="rd-kicker">{line}</p>'
        f"<h1>{escape(full_title(view.stored))}{badge_html(status)}</h1>"
        f"{day_note_html(view)}{_standing(view, status)}{_origin(view)}{_facts(view.stored)}{_notes(view.stored)}"
        f"{_history(view.stored)}{_versions(view)}{day_form_html(view)}</header>"
    )


def _standing(view: View, status: Status | None) -> str:
    """One line on what ended or will begin, with a link to what replaced it."""
    since, until = day_label(view.stored.validity.since), day_label(view.stored.validity.until)
    link = ""
    if view.replacement is not None:
        title = escape(with_version(view.replacement))
        link = f'<a href="{address(view.replacement.document.id)}">{title}</a>'
    if status is Status.AMENDED:
        text = f"这是旧文本，{until or '此后'}起不再适用" + (f"，现在看 {link}" if link else "")
    elif status is Status.REPEALED:
        text = (f"{until}起" if until else "已经") + "废止" + (f"，由 {link} 取代" if link else "")
    elif status is Status.NOT_YET_IN_FORCE:
        text = f"尚未施行，{since}起施行；在此之前仍适用原规定"
    elif until and status is not None:
        text = f"现行，{until}起不再适用" + (f"，改用 {link}" if link else "")
    else:
        return ""
    return f'<p class="rd-standing rd-{status.value}">{text}。</p>'


def _origin(view: View) -> str:
    """Tells a digest, a teaching case and the like from official text, wherever it could be mistaken."""
    document = view.stored.document
    if document.origin is Origin.OFFICIAL:
        return ""
    link = ""
    if view.official is not None:
        link = f' <a href="{address(view.official.document.id)}">看官方原文</a>'
    elif document.origin is Origin.DIGEST and document.kind is Kind.REGULATION:
        link = " 资料库里没有它的官方原文，引用前请查原文。"
    return f'<p class="rd-origin">{escape(origin_label(view.stored))}{link}</p>'


def _facts(stored: StoredDocument) -> str:
    document = stored.document
    rule = document.kind is Kind.REGULATION
    ended = stored.validity.until
    rows = [
        ("制定机关" if rule else "发布", document.issuer),
        ("公布", day_label(document.version_date)),
        ("施行", day_label(document.effective_from)),
        ("失效", day_label(ended)),
        ("发布日期", day_label(document.published)),
        ("事实时间", day_label(document.facts_date)),
        ("地点", document.place),
        ("地区", "" if rule else document.region),
        ("主题", "、".join(document.topics)),
        ("来源", shown_source(document.source)),
        ("收录", COLLECTIONS.get(stored.collection, stored.collection)),
    ]
    return f'<dl class="rd-facts">{"".join(_fact(name, value) for name, value in rows if value)}</dl>'


def _fact(name: str, value: str) -> str:
    wide = ' class="rd-wide"' if len(value) > _NARROW else ""
    return f"<div{wide}><dt>{name}</dt><dd>{escape(value)}</dd></div>"


def _notes(stored: StoredDocument) -> str:
    notes = "".join(f"<li>{escape(note)}</li>" for note in stored.document.notes)
    return f'<ul class="rd-notes">{notes}</ul>' if notes else ""


def _history(stored: StoredDocument) -> str:
    events = "".join(
        f"<li><time>{day_label(event.on)}</time> {escape(event.event)}</li>"
        for event in stored.document.history
    )
    return f'<details class="rd-more"><summary>沿革</summary><ul>{events}</ul></details>' if events else ""


def _versions(view: View) -> str:
    here = view.stored.document
    others = [v for v in view.versions if v.document.id != here.id]
    if not others:
        return ""
    lines = "".join(_version(v, view) for v in reversed(others))
    return (
        f'<details class="rd-more"><summary>同一规定的其他文本（{len(others)}）</summary>'
        f"<ul>{lines}</ul></details>"
    )


def _version(stored: StoredDocument, view: View) -> str:
    what = origin_label(stored)
    compared = comparison_link(view, stored)
    link = f'<a href="{address(stored.document.id)}">{escape(with_version(stored))}</a>'
    return (
        f"<li>{link} {badge_html(stored.status_on(view.today))} <small>{escape(what)}</small>{compared}</li>"
    )
