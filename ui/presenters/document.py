"""A whole document for reading: what it is, whether it applies, its contents and its text."""

from html import escape

from kb.documents import Origin, Role
from kb.store.rows import StoredDocument
from ui.presenters.crossing import anchors_within
from ui.presenters.document_head import head_html
from ui.presenters.labels import day_label, full_title, origin_label
from ui.presenters.links import around_html, basis_html
from ui.presenters.marking import marker
from ui.presenters.outline import new_headings, outline, outline_html, trail
from ui.presenters.passage import passage_html
from ui.presenters.versions import counterparts_html
from ui.presenters.view import View, address, shown_source


def document_html(view: View) -> str:
    """:returns: The document as one piece of safe HTML."""
    document = view.stored.document
    base = address(document.id)
    title = full_title(view.stored)
    contents = outline_html(outline(document.passages), base, view.at)
    side = ""
    if contents:
        side = f'<details class="rd-toc"><summary>目录</summary><nav>{contents}</nav></details>'
    statute = any(p.role is Role.PROVISION for p in document.passages)
    return (
        f'<div class="rd" lang="zh-CN" data-title="{escape(title)}" data-law="{escape(_law(view))}">{side}'
        f'<div class="rd-main">{head_html(view)}{basis_html(view.stored, view.bases, view.today)}{_toolbar("条" if statute else "段", _label(view))}'
        f'<article class="rd-text{"" if statute else " rd-sections"}">{_body(view, base)}</article>{_parts(view)}{_foot(view)}</div></div>'
    )


def missing_html(document_id: str) -> str:
    """:returns: What to show where no document of that id exists."""
    return _empty(
        "资料库里没有这份资料",
        f"编号“{escape(document_id[:80])}”没有对应的资料，可能已改名或写错了地址。",
    )


def removed_html(title: str) -> str:
    """:returns: What to show where the document was removed; the page offers a button to restore it."""
    return _empty("这份资料已移除", f"“{escape(title)}”已从资料库移除，检索不到它；需要时可以恢复。")


def nothing_html() -> str:
    """:returns: What to show where no document was asked for."""
    return _empty("还没有选择资料", "先检索一个问题，点结果里的标题；或者在资料库里挑一份来读。")


def _empty(title: str, text: str) -> str:
    links = '<a href="./">去检索</a><a href="library">去资料库</a>'
    return f'<div class="rd-empty"><h1>{title}</h1><p>{text}</p><p class="rd-links">{links}</p></div>'


def _law(view: View) -> str:
    document = view.stored.document
    return document.short_title or document.title


def _body(view: View, base: str) -> str:
    pattern = marker(view.words)
    anchors = anchors_within(view.stored.document, base)
    pieces: list[str] = []
    before: tuple[str, ...] = ()
    for position, passage in enumerate(view.stored.document.passages):
        now = trail(passage)
        for depth, text in new_headings(before, now):
            tag = f"h{min(depth + 2, 6)}"
            pieces.append(f'<{tag} class="rd-h rd-h{depth}">{escape(text)}</{tag}>')
        before = now
        there = view.official_positions.get(passage.ref) if passage.ref else None
        official = address(view.official.document.id, there) if view.official and there is not None else ""
        pieces.append(
            passage_html(
                passage,
                position,
                address=base,
                pattern=pattern,
                digests=view.digests.get(passage.ref, ()) if passage.ref else (),
                official=official,
                asked=position == view.at,
                anchors=anchors if passage.ref else None,
                links=counterparts_html(view, position)
                + (around_html(view.around.get(passage.ref)) if passage.ref else ""),
            )
        )
    return "".join(pieces)


def _label(view: View) -> str:
    """What stays in sight while a text that is not the law's own words is scrolled."""
    return origin_label(view.stored) if view.stored.document.origin is Origin.DIGEST else ""


def _toolbar(unit: str, label: str) -> str:
    return (
        '<div class="rd-bar" role="toolbar" aria-label="阅读工具">'
        f'<button type="button" data-go="-1" title="快捷键 k 或 ←">上一{unit}</button>'
        f'<button type="button" data-go="1" title="快捷键 j 或 →">下一{unit}</button>'
        f'<span class="rd-gap">{label}</span>'
        '<button type="button" data-size="-1" aria-label="字小一点">小字</button>'
        '<button type="button" data-size="1" aria-label="字大一点">大字</button>'
        '<button type="button" data-print>打印</button></div>'
    )


def _parts(view: View) -> str:
    """Links to the part of the statute before and after, where one statute spans documents."""
    ids = [part.document.id for part in view.parts]
    document = view.stored.document
    here = ids.index(document.id) if document.id in ids else -1
    links = ""
    if here > 0:
        links += _part_link("上一部分", view.parts[here - 1])
    if 0 <= here < len(view.parts) - 1:
        links += _part_link("下一部分", view.parts[here + 1])
    return f'<nav class="rd-parts">{links}</nav>' if links else ""


def _part_link(name: str, stored: StoredDocument) -> str:
    return f'<a href="{address(stored.document.id)}">{name}：{escape(stored.document.part)}</a>'


def _foot(view: View) -> str:
    source = shown_source(view.stored.document.source)
    origin = f"来源：{escape(source)}　" if source else ""
    return f'<footer class="rd-foot">{origin}打印日期：{day_label(view.today)}　案典</footer>'
