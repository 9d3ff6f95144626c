"""What a web page or a newspaper's page prints around its articles."""

import re
from dataclasses import dataclass
from datetime import date

from ingest.structure.dates import find_date

_NOISE = re.compile(
    r"^(?:当前位置|您的位置|扫描二维码|扫一扫|长按|关注[“\"]|微信公众号|分享到|分享至|[—–-]*分享[—–-]*$|图片$|图为|[（(]图|图[：:]"
    r"|摄影?[：:/]|原标题[：:]|本文链接[：:]|上一篇|下一篇|阅读下一篇|阅读原文|相关阅读|责任编辑[：:]|责编[：:]|编辑[：:]|作者[：:]"
    r"|记者[：:]|标签[：:]|关键词[：:]|点击|浏览|字号|打印|\[?关闭|版权|来源[：:]|发布时间[：:]|发布日期[：:]|时间[：:]|导语[：:]"
    r"|[•·]\s*扫一扫|https?://\S+$)"
)
_SPACED = re.compile(r"^[^\s/／·|](?:[\s/／·|]+[^\s/／·|]){2,}$")
_FOOTER = re.compile(
    r"^(?:阅读下一篇|上一篇|下一篇|相关阅读|责任编辑[：:]|责编[：:]|分享至|精彩推荐|相关新闻|返回.*首页)"
)
_SOURCE = re.compile(r"来源[：:]\s*([^\s:：，,]+)")
_PUBLISHER = re.compile(r"^(.{2,20}?)\s*(?:联合出版|主办|编印|出品)$")
_DATED = re.compile(r"(?:发布时间|发布日期|时间|日期|来源)[：:]|^[\d\s年月日:：.-]{8,25}$")
_UPLOADED = re.compile(r"网友上传|不代表本站观点|范文")
_LOW_TRUST = "转载网站称本文由网友上传：来历不明，引用前请核对原文；所述事实可能早于网页日期"
_SENTENCES = 60


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the page says of its origin; what it does not say is empty."""

    publisher: str = ""
    published: date | None = None
    notes: tuple[str, ...] = ()


def is_noise(line: str) -> bool:
    """:returns: Whether a line is navigation, a masthead set in spaced letters, or a mark of origin."""
    if _NOISE.match(line) and not (len(line) > _SENTENCES and line.endswith("。") and "导语" not in line[:3]):
        return True
    letters = re.sub(r"[^\u4e00-\u9fff]", "", line)
    return bool(_SPACED.match(line) or _PUBLISHER.match(line) or (not letters and len(line) < _SENTENCES))


def without_footer(lines: list[str]) -> list[str]:
    """:returns: `lines` up to the first footer mark that no real paragraph follows."""
    last = max((i for i, line in enumerate(lines) if _is_paragraph(line)), default=-1)
    end = next((i for i in range(last + 1, len(lines)) if _FOOTER.match(lines[i])), len(lines))
    return lines[:end]


def read_imprint(lines: list[str]) -> Imprint:
    """:returns: Publisher, day and remarks as far as the page states them."""
    publisher, published = "", None
    notes: tuple[str, ...] = ()
    for line in lines:
        if _is_paragraph(line) and not line.startswith("导语"):
            continue
        named = _SOURCE.search(line) or _PUBLISHER.match(line)
        publisher = publisher or (named[1] if named else "")
        if published is None and _DATED.search(line):
            published = find_date(line)
        if _UPLOADED.search(line):
            notes = (_LOW_TRUST,)
    return Imprint(publisher, published, notes)


def _is_paragraph(line: str) -> bool:
    return len(line) > _SENTENCES and "。" in line
