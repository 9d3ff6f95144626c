import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.html import read_html
from kb.errors import UnreadableFile


def read(page: str, encoding: str = "utf-8") -> str:
    return read_html(page.encode(encoding), "a.html")


def test_headings_paragraphs_and_tables_keep_their_order() -> None:
    page = """<!DOCTYPE html><html><head><title>站点</title></head><body>
      <h1>物业管理<br>办法</h1><p>第一条　为了<b>规范</b>管理，
      制定本办法。<br>第二条　略。</p>
      <table><tr><th>项目</th><th>标准</th></tr><tr><td>清运</td><td><p>30</p><p>元</p></td></tr></table>
      <h3>附则</h3>施行日期</body></html>"""
    assert read(page) == (
        "# 物业管理 办法\n第一条　为了规范管理，制定本办法。\n"
        "第二条　略。\n项目 | 标准\n清运 | 30 元\n### 附则\n施行日期"
    )


def test_noise_is_dropped_and_what_follows_it_stays() -> None:
    page = """<body><nav>导航</nav><header>某网</header><div class="breadcrumb">首页 &gt; 法规</div>
      <p>正<script>alert("坏")</script>文<style>p{}</style></p><p style="display: none">隐藏</p>
      <p hidden>也隐藏</p><!-- 注释 --><footer>版权</footer>结尾</body>"""
    assert read(page) == "正文\n结尾"


def test_a_header_that_holds_the_title_stays() -> None:
    assert read("<article><header><h1>标题</h1></header><p>内容</p></article>") == "# 标题\n内容"


def test_main_element_wins_over_the_rest_of_the_page() -> None:
    assert read("<body><div>推荐阅读</div><main><p>内容</p></main><div>更多</div></body>") == "内容"


def test_page_inside_a_form_and_a_layout_table_is_read() -> None:
    page = """<form><table><tr><td>左</td><td><h2>标题</h2><p>一</p><p>二</p>
      <table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table></form>"""
    assert read(page) == "左\n## 标题\n一\n二\n甲 | 乙"


@pytest.mark.parametrize(("declared", "encoding"), [("gb2312", "gb18030"), ("GBK", "gbk"), ("big5", "big5")])
def test_declared_charset_is_honoured(declared: str, encoding: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    assert read(f"<html><head>{meta}</head><body>管理</body></html>", encoding) == "管理"


@pytest.mark.parametrize("lie", ["gb2312", "iso-8859-1", "unicode_escape", "hex", "无"])
def test_charset_that_does_not_fit_is_found_out(lie: str) -> None:
    assert read(f"<meta charset='{lie}'><p>业主大会可以决定下列事项") == "业主大会可以决定下列事项"


def test_xml_declaration_and_external_entities_do_no_harm() -> None:
    page = """<?xml version="1.0" encoding="gbk"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>
      <html><body><p>前&amp;&nbsp;后&x;完</p></body></html>"""
    assert read(page).endswith("前& 后&x;完")


@pytest.mark.parametrize("page", ["<p>前" + "<div>" * 5_000 + "深", "<p>前" + "长" * 12_000_000])
def test_page_beyond_the_parsers_limits_is_refused_rather_than_cut(page: str) -> None:
    with pytest.raises(UnreadableFile, match="只能读到一部分；请"):
        read(page)


def test_usual_nesting_is_read() -> None:
    assert read("<div>" * 200 + "深") == "深"


def test_binary_page_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="a.html："):
        read_html(bytes(range(256)) * 4, "a.html")


@given(st.text(st.sampled_from("<>/pbtrdh1 =\"'!-&;业主大会\n")))
def test_any_tag_soup_is_read_or_refused(page: str) -> None:
    with contextlib.suppress(UnreadableFile):
        assert "\r" not in read(page)
