"""One passage as a reader sees it: paragraphs (款), indented items (项), lists, and our digest below."""

import re
from collections.abc import Sequence
from html import escape

from kb.documents import Passage, Role
from ui.presenters.crossing import Anchors
from ui.presenters.labels import DIGEST
from ui.presenters.marking import marked_and_linked

_ITEM = re.compile(r"^[（(][一二三四五六七八九十百]+[)）]")
_SUBITEM = re.compile(r"^(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）])")
_BULLET = re.compile(r"^[-*•]\s+")
_KEY = re.compile(r"^([\u4e00-\u9fff]{1,6}[：:])")


def passage_html(
    passage: Passage,
    position: int,
    *,
    address: str,
    pattern: re.Pattern[str] | None = None,
    digests: Sequence[str] = (),
    official: str = "",
    asked: bool = False,
    links: str = "",
    anchors: Anchors | None = None,
) -> str:
    """
    Draw a passage.

    :param position: Its place in the document; its anchor is ``p-POSITION``.
    :param address: Address of the document, escaped.
    :param pattern: Words to mark.
    :param digests: Our gists of this provision, shown below it and labelled as ours.
    :param official: Address of the official text of the same provision, escaped, or empty.
    :param asked: Whether this is the passage the reader came for.
    :param links: HTML of what is linked with the passage, shown last.
    :param anchors: Links inside the text, by line.
    """
    provision = passage.role is Role.PROVISION
    number = ""
    if provision:
        number = f'<a class="rd-no" href="{address}#p-{position}">{escape(passage.label)}</a>\u3000'
    tools = '<button type="button" class="rd-copy" title="复制出处">复制出处</button>' if provision else ""
    if official:
        tools += f'<a class="rd-official" href="{official}">看官方原文</a>'
    classes = "rd-p" + (" rd-provision" if provision else "") + (" rd-asked" if asked else "")
    return (
        f'<section class="{classes}" id="p-{position}">'
        + lines_html(passage.text, pattern, before=number, anchors=anchors)
        + (f'<div class="rd-tools">{tools}</div>' if tools else "")
        + "".join(_digest(text, pattern) for text in digests)
        + links
        + "</section>"
    )


def lines_html(
    text: str, pattern: re.Pattern[str] | None = None, *, before: str = "", anchors: Anchors | None = None
) -> str:
    """:returns: One HTML paragraph a line of `text`; `before` (HTML) stands at the head of the first."""
    lines = text.split("\n")
    return "".join(_line(line, pattern, before if i == 0 else "", anchors) for i, line in enumerate(lines))


def _line(line: str, pattern: re.Pattern[str] | None, before: str, anchors: Anchors | None) -> str:
    if _BULLET.match(line):
        shown = _BULLET.sub("", line)
        key = _KEY.match(shown)
        head = f"<b>{escape(key[1])}</b>" if key else ""
        return f'<p class="rd-bullet">{before}{head}{_drawn(shown[key.end() if key else 0 :], pattern, anchors)}</p>'
    kind = "" if before else line_class(line)
    opening = f'<p class="{kind}">' if kind else "<p>"
    return f"{opening}{before}{_drawn(line, pattern, anchors)}</p>"


def _drawn(text: str, pattern: re.Pattern[str] | None, anchors: Anchors | None) -> str:
    return marked_and_linked(text, pattern, anchors(text) if anchors else ())


def line_class(line: str) -> str:
    """:returns: Style of a line that is an item (项) or a list's entry; empty for a paragraph."""
    return "rd-item" if _ITEM.match(line) else "rd-subitem" if _SUBITEM.match(line) else ""


def _digest(text: str, pattern: re.Pattern[str] | None) -> str:
    return f'<aside class="rd-digest"><b>{DIGEST}</b>{lines_html(text, pattern)}</aside>'
