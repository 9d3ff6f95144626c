from kb.documents import Passage, Role
from ui.presenters.labels import DIGEST
from ui.presenters.marking import marked, marker
from ui.presenters.passage import lines_html, passage_html

ARTICLE = Passage(
    "第二百七十八条",
    "下列事项由业主共同决定：\n（一）制定规则；\n1．细则；\n业主共同决定事项，应当过半数。",
    (),
    Role.PROVISION,
    "民法典第二百七十八条",
)


def test_paragraphs_items_and_subitems_are_told_apart() -> None:
    html = passage_html(ARTICLE, 277, address="read?doc=x")
    assert '<section class="rd-p rd-provision" id="p-277">' in html
    assert '<a class="rd-no" href="read?doc=x#p-277">第二百七十八条</a>\u3000下列事项' in html
    assert '<p class="rd-item">（一）制定规则；</p><p class="rd-subitem">1．细则；</p><p>业主共同' in html


def test_our_digest_stands_below_the_official_text_and_is_labelled() -> None:
    html = passage_html(ARTICLE, 0, address="x", digests=["要过半数。"])
    assert html.index("应当过半数") < html.index(DIGEST) < html.index("要过半数。")
    assert f"<b>{DIGEST}</b>" in html


def test_only_provisions_have_a_reference_to_copy() -> None:
    assert "rd-copy" in passage_html(ARTICLE, 0, address="x")
    assert "rd-copy" not in passage_html(Passage("情景", "文字"), 0, address="x")


def test_list_lines_become_list_items_with_their_key() -> None:
    assert lines_html("- 谁办：业委会。") == '<p class="rd-bullet"><b>谁办：</b>业委会。</p>'
    assert lines_html("- 没有键") == '<p class="rd-bullet">没有键</p>'


def test_a_decimal_number_is_not_an_item() -> None:
    assert "rd-subitem" not in lines_html("3.5元每平方米")


def test_words_are_marked_after_escaping() -> None:
    pattern = marker(["资金", "维修资金", "b"])
    assert marked("<b>维修资金</b>", pattern) == "&lt;b&gt;<mark>维修资金</mark>&lt;/b&gt;"


def test_single_characters_are_marked_only_if_there_is_nothing_else() -> None:
    assert marked("业主", marker(["业"])) == "<mark>业</mark>主"
    assert marked("业主大会", marker(["业", "大会"])) == "业主<mark>大会</mark>"
    assert marker([""]) is None
