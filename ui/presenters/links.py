"""What is linked with a passage or a document, as a reader sees it: folded rows, bases, and flags."""

from collections.abc import Sequence
from datetime import date
from html import escape

from kb.bank.names import TYPES
from kb.bank.question import Question
from kb.documents import Kind, Origin
from kb.references.basis import Basis, stated_day
from kb.references.resolve import Version
from kb.references.verdict import State, Verdict
from kb.store.rows import StoredDocument
from ui.linked import Around, Place
from ui.presenters.labels import DIGEST, day_label, full_title
from ui.presenters.view import address, comparison_address

GROUPS = (
    ("cases", "相关案例"),
    ("procedures", "办事流程"),
    ("bulletins", "通报"),
    ("comparisons", "对照辨析"),
    ("questions", "题目"),
    ("citing", "引用它的条文"),
    ("cited", "它引用的条文"),
)
"""Fields of `Around` and what they are called, in the order shown."""
STATES = {
    State.IN_FORCE: "现行",
    State.AMENDED: "已修改",
    State.REPEALED: "已废止",
    State.NOT_YET_IN_FORCE: "尚未施行",
    State.NONEXISTENT: "没有这一条",
    State.OUTSIDE: "资料库未收录",
}
FIRST, MOST = 12, 100
"""Links of one kind below a provision: those in sight, and those that can be unfolded."""
_FEW, _FEW_CHANGES = 8, 4
_CHANGED = {
    Kind.CASE: "办案依据后来有变化",
    Kind.PROCEDURE: "办事依据后来有变化",
    Kind.BULLETIN: "文中依据后来有变化",
}


def around_html(around: Around | None) -> str:
    """:returns: One foldable row with everything linked with a provision; nothing if there is nothing."""
    if around is None:
        return ""
    groups = [(name, getattr(around, field)) for field, name in GROUPS if getattr(around, field)]
    counts = "".join(f"<span>{name} <b>{len(found)}</b></span>" for name, found in groups)
    lists = "".join(f"<dt>{name}</dt><dd><ul>{_lines(found)}</ul></dd>" for name, found in groups)
    return f'<details class="rd-around"><summary>{counts}</summary><dl>{lists}</dl></details>'


def basis_html(stored: StoredDocument, found: Sequence[Basis], today: date) -> str:
    """
    Draw what a document rests on, with each provision's standing today.

    :returns: A warning in sight if something changed since the document's day, then a list that folds.
    """
    if not found:
        return ""
    entries = "".join(_basis(basis, stored) for basis in found)
    unfolded = " open" if len(found) <= _FEW else ""
    return (
        f'{_changes(stored, found)}<details class="rd-basis"{unfolded}>'
        f"<summary>依据（{len(found)}）<small>按{day_label(today)}的效力</small></summary><ul>{entries}</ul></details>"
    )


def changed_note(stored: StoredDocument, found: Sequence[Basis]) -> str:
    """:returns: One line for a search result, as plain text; empty if nothing changed."""
    changed = [basis for basis in found if basis.change is not None]
    if not changed:
        return ""
    more = f"等 {len(changed)} 条" if len(changed) > 1 else ""
    return f"{changes_heading(stored)}：{basis_name(changed[0])}{more}"


def basis_name(basis: Basis) -> str:
    """:returns: ``民法典第二百七十八条第一款、第二款``; the article alone if it is named as a whole somewhere."""
    parts = [str(reference).removeprefix(basis.provision) for reference in basis.references]
    return basis.provision + ("、".join(parts) if all(parts) else "")


def changes_heading(stored: StoredDocument) -> str:
    """:returns: What a change in the basis is called in a document of this kind."""
    return _CHANGED.get(stored.document.kind, "文中依据后来有变化")


def _changes(stored: StoredDocument, found: Sequence[Basis]) -> str:
    changed = [(basis, basis.change) for basis in found if basis.change is not None]
    if not changed:
        return ""
    stated = stated_day(stored.document)
    day = day_label(stated or stored.saved_at.date())
    since = f"对照{day}时的规定" if stated else f"没有注明日期，对照{day}收录时的规定"
    lines = [f"<li>{_change(basis, change)}</li>" for basis, change in changed]
    first, rest = "".join(lines[:_FEW_CHANGES]), "".join(lines[_FEW_CHANGES:])
    if rest:
        more = f"还有 {len(lines) - _FEW_CHANGES} 条有变化"
        rest = f"<details><summary>{more}</summary><ul>{rest}</ul></details>"
    heading = changes_heading(stored)
    return f'<section class="rd-changed" role="note"><p><b>{heading}：</b><small>{since}</small></p><ul>{first}</ul>{rest}</section>'


def _change(basis: Basis, change: Verdict) -> str:
    links = [_version_link("当时的文本", change.cited)]
    if change.now is not None:
        links += [_version_link("现在的文本", change.now), _comparison_link(change.cited, change.now)]
    elif change.replaced_by is not None:
        links.append(f'<a href="{address(change.replaced_by.document.id)}">取代它的规定</a>')
    elif change.cited is not None and change.cited.document.validity.replaced_by:
        links.append(f'<a href="{address(change.cited.document.validity.replaced_by)}">后来的文本</a>')
    shown = "　".join(link for link in links if link)
    return f"{escape(basis_name(basis))}：{escape(change.note)}　{shown}".rstrip("　")


def _version_link(name: str, version: Version | None) -> str:
    if version is None:
        return ""
    gist = "（要点）" if version.document.document.origin is Origin.DIGEST else ""
    return f'<a href="{address(version.document.document.id, version.passage.position)}">{name}{gist}</a>'


def _comparison_link(old: Version | None, new: Version) -> str:
    if old is None or Origin.DIGEST in {v.document.document.origin for v in (old, new)}:
        return ""
    ids = old.document.document.id, new.document.document.id
    return f'<a href="{comparison_address(*ids, new.passage.position)}">逐字对照</a>'


def _basis(basis: Basis, stored: StoredDocument) -> str:
    verdict = basis.today
    version = verdict.now or verdict.cited
    name = escape(basis_name(basis))
    if version is not None:
        gist = version.document.document.origin is Origin.DIGEST
        title = f' title="{DIGEST}"' if gist else ""
        name = (
            f'<a href="{address(version.document.document.id, version.passage.position)}"{title}>{name}</a>'
        )
    note = f"<small>{escape(verdict.note)}</small>" if verdict.note else ""
    where = f'<a class="rd-where" href="{address(stored.document.id)}#p-{basis.position}" data-p="{basis.position}">文中</a>'
    return f'<li>{name} <span class="rd-badge rd-{verdict.state.value}">{STATES[verdict.state]}</span>{where}{note}</li>'


def _lines(found: Sequence[Place] | Sequence[Question]) -> str:
    shown = [_place(one) if isinstance(one, Place) else _question(one) for one in found[:MOST]]
    first, rest = ("".join(f"<li>{line}</li>" for line in part) for part in (shown[:FIRST], shown[FIRST:]))
    if not rest:
        return first
    return (
        f"{first}<li><details><summary>还有 {len(found) - FIRST} 项</summary><ul>{rest}</ul></details></li>"
    )


def _place(place: Place) -> str:
    name = place.ref or full_title(place.document)
    label = f" <small>{escape(place.label)}</small>" if place.label and not place.ref else ""
    return f'<a href="{address(place.document.document.id, place.position)}">{escape(name)}</a>{label}'


def _question(question: Question) -> str:
    return f"<small>{TYPES[question.type]}</small> {escape(question.stem)}"
