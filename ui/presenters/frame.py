"""What stands above every page."""

from html import escape

PAGES = (("查一查", "./"), ("阅读", "read"), ("核引用", "cite"), ("资料库", "library"), ("命中测试", "hits"))


def header_html(current: str) -> str:
    """
    Draw the head of a page.

    :param current: Name of the page it stands above.
    """
    links = "".join(
        f'<a href="{target}"{" aria-current=page" if name == current else ""}>{escape(name)}</a>'
        for name, target in PAGES
    )
    return (
        '<header class="an-head" lang="zh-CN"><a class="an-brand" href="./"><b>案典</b>'
        f'<span>社区治理知识库</span></a><nav aria-label="主要页面">{links}</nav></header>'
    )
