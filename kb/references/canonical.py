"""The one spelling of a law's name and of a provision's reference."""

import re

from kb.references.numerals import NUMERAL, format_numeral, parse_numeral

_DROPPED = re.compile(r"[《》〈〉<>\s]")
_COUNTRY = "中华人民共和国"
_WIDE = str.maketrans("()", "（）")
_PROVISION = re.compile(
    rf"^(?P<law>.*?)第?(?P<article>{NUMERAL})条(?:之(?P<suffix>{NUMERAL}))?"
    rf"(?:第?{NUMERAL}款)?(?:第?（?{NUMERAL}）?项)?$"
)


def short_title(title: str) -> str:
    """
    Reduce a law's printed title to the name used in references.

    :returns: `title` without 《》〈〉, blanks and 中华人民共和国, its round brackets full-width.
    """
    return _DROPPED.sub("", title).replace(_COUNTRY, "").translate(_WIDE)


def provision_ref(law: str, article: int, suffix: int | None = None) -> str:
    """
    Write a provision's canonical reference.

    :param law: Short or printed title.
    :param article: Article number (条).
    :param suffix: Number after 之, for articles inserted later.
    :returns: ``民法典第二百七十八条``, ``刑法第一百二十条之一``.
    """
    return short_title(law) + article_label(article, suffix)


def article_label(article: int, suffix: int | None = None) -> str:
    """:returns: ``第二百七十八条`` or ``第一百二十条之一``."""
    return f"第{format_numeral(article)}条" + (f"之{format_numeral(suffix)}" if suffix else "")


def comparable(reference: str) -> str:
    """
    Bring a reference into the form in which two of them compare equal.

    Brackets, blanks and 中华人民共和国 do not count, nor does the script of the number; a paragraph
    or item is dropped, because the provision is what the library holds.

    :param reference: A provision's reference or a document's id.
    """
    text = short_title(reference)
    match = _PROVISION.match(text)
    if match is None:
        return text
    try:
        suffix = parse_numeral(match["suffix"]) if match["suffix"] else None
        return provision_ref(match["law"], parse_numeral(match["article"]), suffix)
    except ValueError:
        return text  # no article has such a number
