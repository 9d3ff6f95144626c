"""Why a provision cannot be shown as it was named, and what there is instead."""

from kb.references.canonical import article_label
from kb.references.numerals import format_numeral
from kb.references.paragraphs import paragraphs, part_of
from kb.references.reference import Reference
from kb.references.resolve import Extent, Outcome, Resolution


def shortfall(resolution: Resolution) -> str:
    """:returns: One Chinese line without a final stop; empty if nothing is missing."""
    reference = resolution.reference
    law = f"《{reference.law}》"
    label = article_label(reference.article, reference.suffix)
    match resolution.outcome:
        case Outcome.NO_ARTICLE if resolution.extent is not None:
            return f"{law}{_year(reference)}没有{label}：{_extent(resolution.extent, reference)}"
        case Outcome.NO_PART:
            return f"{law}{label}{_missing_part(resolution)}"
        case Outcome.OTHER_EDITION:
            return f"资料库里没有{law}{reference.edition}年的版本{_editions(resolution)}"
        case Outcome.PARTLY_HELD:
            return f"资料库只收了{law}的要点或部分条文，其中没有{label}，查原文请到国家法律法规数据库"
        case Outcome.LAW_NOT_HELD:
            near = "、".join(f"《{title}》" for title in resolution.similar)
            return f"资料库里没有{law}；" + (
                f"您要找的是不是{near}" if near else "可以到资料库页收录它的全文"
            )
    return ""


def _year(reference: Reference) -> str:
    return f"（{reference.edition}年）" if reference.edition else ""


def _extent(extent: Extent, asked: Reference) -> str:
    first, last = (article_label(r.article, r.suffix) for r in (extent.first, extent.last))
    inserted = "（含加“之一”的条）" if extent.count > extent.last.article else ""
    text = f"共{format_numeral(extent.count)}条{inserted}，从{first}到{last}"
    if asked.suffix:
        near = "、".join(article_label(r.article, r.suffix) for r in extent.nearest)
        text += f"，最近的是{near}"
    return text


def _missing_part(resolution: Resolution) -> str:
    """The part of an article that its official text lacks."""
    reference = resolution.reference
    text = next(v.passage.passage.text for v in resolution.versions if v.official)
    wanted = f"第{format_numeral(reference.paragraph)}款" if reference.paragraph else ""
    if wanted and part_of(text, reference.paragraph, None) is None:
        count = resolution.paragraphs
        return f"没有{wanted}：{'只有一款' if count == 1 else f'共{_counted(count)}款'}"
    parts = paragraphs(text)
    if reference.paragraph:
        parts = parts[reference.paragraph - 1 : reference.paragraph]
    items = max((max(part.items, default=0) for part in parts), default=0)
    held = f"共{_counted(items)}项" if items else "没有分项"
    return f"{wanted}没有第（{format_numeral(reference.item or 1)}）项：{held}"


def _counted(number: int) -> str:
    return "两" if number == 2 else format_numeral(number)


def _editions(resolution: Resolution) -> str:
    years = {v.document.document.version_date for v in resolution.versions}
    listed = "、".join(str(day.year) for day in sorted(filter(None, years)))
    return f"，有的是{'、'.join(dict.fromkeys(listed.split('、')))}年的" if listed else ""
