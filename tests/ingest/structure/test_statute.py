from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import Kind, Level, Role
from kb.references.canonical import article_label
from kb.references.numerals import format_numeral


def read(text: str, stem: str = "某规定", folders: tuple[str, ...] = ()):
    source = SourceText(f"{stem}.md", stem, text, "markdown", folders)
    (document,) = understand(source, kind=Kind.REGULATION)
    return document


def labels(document):
    return [p.label for p in document.passages if p.role is Role.PROVISION]


def texts(document):
    return {p.label: p.text for p in document.passages}


def test_headings_paragraphs_and_items_stay_with_their_article():
    document = read(
        "# 某规定\n第一编 通则\n第一章 总　则\n第一节 目的\n第一条 甲款。\n乙款：\n（一）一项；\n（二）二项。\n"
        "第二章 附则\n第二条 丙款。"
    )
    first, second = document.passages
    assert first.text == "甲款。\n乙款：\n（一）一项；\n（二）二项。"
    assert first.path == ("第一编 通则", "第一章 总则", "第一节 目的")
    assert second.path == ("第一编 通则", "第二章 附则")
    assert second.ref == "某规定第二条"


@pytest.mark.parametrize(
    "line", ["第12条 乙", "第１２条 乙", "**第十二条** 乙", "第十二 条乙", "笫十二条 乙", "第 十 二 条　乙"]
)
def test_every_script_of_a_number_is_an_article(line):
    document = read(f"# 某规定\n第十一条 甲\n{line}\n第十三条 丙")
    assert labels(document) == ["第十一条", "第十二条", "第十三条"]
    assert texts(document)["第十二条"] == "乙"


def test_inserted_articles_follow_their_number():
    document = read("# 某法\n第一条 甲\n第一条之一 乙\n第一条之二 丙\n第二条 丁")
    assert labels(document) == ["第一条", "第一条之一", "第一条之二", "第二条"]
    assert document.passages[1].ref == "某法第一条之一"


@pytest.mark.parametrize(
    "line",
    [
        "第二条规定的事项，另行办理。",
        "第二条、第三条所列情形除外。",
        "第二条第一款的期限为十日。",
        "第九条 、第十条另有规定的，从其规定。",
    ],
)
def test_a_line_that_begins_with_a_cross_reference_is_text(line):
    document = read(f"# 某规定\n第一条 依照下列办理：\n{line}\n第二条 乙。\n第三条 丙。")
    assert labels(document) == ["第一条", "第二条", "第三条"]
    assert line in texts(document)["第一条"]


def test_quoted_articles_of_another_law_are_text():
    document = read(
        "# 某决定\n第一条 将某法修改如下：\n第九十条 被引用的条文。\n第九十一条 也是。\n第二条 乙。"
    )
    assert labels(document) == ["第一条", "第二条"]
    assert "第九十一条 也是。" in texts(document)["第一条"]


def test_headings_glued_to_text_are_cut_off():
    document = read("# 某规定\n第一章 总则第一条 甲。\n第二条 乙。第二章 罚则\n# 第三章 附则\n第三条 丙。")
    assert labels(document) == ["第一条", "第二条", "第三条"]
    assert document.passages[0].path == ("第一章 总则",)
    assert document.passages[1].text == "乙。"
    assert document.passages[2].path == ("第三章 附则",)


def test_articles_run_together_on_one_line_are_separated():
    document = read("# 某规定\n第一条 甲。 第二条 乙：（一）子； （二）丑。 第三条 丙，依照第二条 办理。")
    assert labels(document) == ["第一条", "第二条", "第三条"]
    assert texts(document)["第二条"] == "乙：（一）子；\n（二）丑。"
    assert texts(document)["第三条"] == "丙，依照第二条 办理。"


def test_a_table_of_contents_is_neither_article_nor_heading():
    document = read(
        "# 某规定\n目　录\n第一章 总则……1\n第二章 附则……2\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    )
    assert [(p.label, p.path) for p in document.passages] == [
        ("第一条", ("第一章 总则",)),
        ("第二条", ("第二章 附则",)),
    ]


def test_a_chapter_number_and_its_name_may_stand_on_two_lines():
    document = read("# 某规定\n第一章\n总 则\n第一条 甲。\n第二条 乙。")
    assert document.passages[0].path == ("第一章 总则",)


def test_a_gap_in_the_numbers_loses_no_text():
    document = read("# 某规定\n第一条 甲。\n第四条 乙。\n第五条 丙。")
    assert texts(document) == {"第一条": "甲。", "第四条": "乙。", "第五条": "丙。"}


def test_text_before_the_first_article_is_the_preamble():
    document = read("# 某解释\n为统一尺度，作如下规定：\n第一条 甲。")
    assert document.passages[0].role is Role.PREAMBLE
    assert document.passages[0].text == "为统一尺度，作如下规定："


def test_appendices_are_kept_with_their_names():
    document = read(
        "# 某规定\n第一条 甲。\n第二条 自公布之日起施行。\n附表一\n\n收费标准\n\n第一条 表中说明\n附件：样式"
    )
    appendix = [p for p in document.passages if p.role is Role.APPENDIX]
    assert [p.label for p in appendix] == ["附表一 收费标准", "附件：样式"]
    assert "第一条 表中说明" in appendix[0].text
    assert labels(document) == ["第一条", "第二条"]


def test_a_text_without_articles_is_cut_by_its_points():
    document = read("# 某批复\n来函收悉。\n一、甲。\n补充。\n二、乙。")
    assert [(p.label, p.text, p.ref) for p in document.passages] == [
        ("", "来函收悉。", ""),
        ("一", "一、甲。\n补充。", ""),
        ("二", "二、乙。", ""),
    ]
    long = read("# 某批复\n一、" + "这是一句十个字的话。" * 100)
    assert len(long.passages) > 2
    assert all(len(p.text) <= 400 and p.label == "一" for p in long.passages)


def test_comments_and_page_numbers_are_dropped():
    document = read("# 某规定\n<!-- INFO END -->\n第一条 甲。\n<!-- FORCE BREAK -->\n- 3 -\n第二条 乙。")
    assert texts(document) == {"第一条": "甲。", "第二条": "乙。"}


def test_one_statute_in_several_files_says_which_part_it_holds():
    document = read("# 中华人民共和国某法典\n\n# 分则\n\n<!-- INFO END -->\n\n第九条 甲。\n第十条 乙。")
    assert (document.short_title, document.part) == ("某法典", "分则")
    assert document.passages[0].ref == "某法典第九条"


HEAD = (
    "# 甲市某条例\n\n2004年8月19日 甲市第十二届人民代表大会常务委员会第十四次会议通过\n\n"
    "2005年1月1日 施行\n\n{more}<!-- INFO END -->\n\n第一条 甲。\n\n第二条 本条例自2005年1月1日起施行。"
)


def test_history_version_and_start_come_from_the_head():
    document = read(HEAD.format(more=""), "某条例(2004-08-19)")
    assert [entry.on for entry in document.history] == [date(2004, 8, 19), date(2005, 1, 1)]
    assert document.version_date == date(2004, 8, 19)
    assert document.effective_from == date(2005, 1, 1)
    assert document.notes == ()


def test_an_amended_version_does_not_start_before_it_was_made():
    more = "2018年11月22日 甲市人民代表大会常务委员会《关于修改〈甲市某条例〉的决定》第一次修正）\n\n"
    document = read(HEAD.format(more=more), "某条例(2018-11-22)")
    assert document.effective_from == date(2018, 11, 22)
    assert document.history[-1].event.endswith("第一次修正")


def test_a_head_with_a_later_amendment_than_the_file_name_wins_with_a_note():
    more = "2018年11月22日 甲市人民代表大会常务委员会修正\n\n"
    document = read(HEAD.format(more=more), "某条例(2010-12-23)")
    assert document.version_date == document.effective_from == date(2018, 11, 22)
    assert "2010-12-23" in document.notes[0]


def test_a_file_name_later_than_the_head_gets_a_note():
    document = read(HEAD.format(more=""), "某条例(2018-03-19)")
    assert document.version_date == date(2018, 3, 19)
    assert "2004-08-19" in document.notes[0] or "2005-01-01" in document.notes[0]


@pytest.mark.parametrize(
    ("closing", "start"),
    [
        ("本办法自2021年5月1日起施行。", date(2021, 5, 1)),
        ("本办法自二〇二一年五月一日起施行。", date(2021, 5, 1)),
        ("本办法自公布之日起施行。", date(2021, 3, 2)),
        ("本办法自公布之日起三十日后施行。", None),
        ("某法自2021年5月1日起施行后，依照执行。", None),
        ("本办法自2021年13月45日起施行。", None),
        ("别的话。", None),
    ],
)
def test_the_start_is_stated_or_unknown(closing, start):
    document = read(f"# 某办法\n（2021年3月1日某会议通过　2021年3月2日公布）\n第一条 甲。\n第二条 {closing}")
    assert document.effective_from == start
    assert [entry.event for entry in document.history] == ["某会议通过", "公布"]


def test_malformed_dates_are_ignored():
    document = read(
        "# 某办法\n2021年2月30日 某会议通过\n<!-- INFO END -->\n第一条 甲。", "某办法(2021-02-30)"
    )
    assert (document.history, document.version_date) == ((), None)


@pytest.mark.parametrize(
    ("closing", "names"),
    [
        ("自某日起施行。《中华人民共和国旧法》、《老条例》（〔2001〕3号）同时废止。", ("旧法", "老条例")),
        ("1999年某机关发布的《关于实施〈某法〉的办法》予以废止。", ("关于实施某法的办法",)),
        ("下列文件同时废止：\n（一）《甲办法》；\n（二）《乙办法》。", ("甲办法", "乙办法")),
        ("《甲办法》第三条同时废止。", ()),
        ("《甲办法》中有关收费的条款同时废止。", ()),
        ("根据《立法法》，《甲办法》同时废止。", ("甲办法",)),
        ("《甲办法》废止前的行为，从其规定。", ()),
        ("同名的《某规定》同时废止。", ()),
    ],
)
def test_repeals_are_read_from_the_closing_sentence(closing, names):
    assert read(f"# 某规定\n第一条 甲。\n第二条 {closing}").repeals == names


@pytest.mark.parametrize(
    ("title", "folders", "level", "region", "issuer"),
    [
        ("中华人民共和国某法", ("经济法",), Level.LAW, "全国", ""),
        ("某条例", ("行政法规",), Level.ADMINISTRATIVE_REGULATION, "全国", "国务院"),
        ("上海某所管理规定", ("行政法规",), Level.ADMINISTRATIVE_REGULATION, "全国", "国务院"),
        ("某规则", ("部门规章", "公安部"), Level.DEPARTMENT_RULE, "全国", "公安部"),
        (
            "最高人民法院、最高人民检察院关于某事的解释",
            ("司法解释",),
            Level.JUDICIAL_INTERPRETATION,
            "全国",
            "最高人民法院、最高人民检察院",
        ),
        ("上海市某条例", (), Level.LOCAL_REGULATION, "上海", ""),
        ("浙江省某条例", (), Level.LOCAL_REGULATION, "浙江", ""),
        ("杭州市某条例", (), Level.LOCAL_REGULATION, "杭州", ""),
        ("城市某条例", (), None, "全国", ""),
        ("某条例", ("上海地方法规", "地方性法规", "上海"), Level.LOCAL_REGULATION, "上海", ""),
    ],
)
def test_rank_region_and_issuer(title, folders, level, region, issuer):
    document = read(f"# {title}\n<!-- INFO END -->\n第一条 甲。", folders=folders)
    assert (document.level, document.region, document.issuer) == (level, region, issuer)


def test_the_issuer_of_a_local_rule_is_the_body_that_passed_it():
    assert read(HEAD.format(more="")).issuer == "甲市人民代表大会常务委员会"


def test_a_digest_refers_to_the_law_it_sums_up():
    text = (
        "---\nkind: regulation\norigin: digest\nlaw: 某某条例\ntitle: 某某条例要点\n---\n"
        "### 第十一条\n甲的要点。\n\n### 第四十八条\n乙的要点。\n\n### 第九条\n丙的要点。"
    )
    (document,) = understand(SourceText("某.md", "某", text, "markdown"))
    assert [(p.label, p.ref, p.text, p.role) for p in document.passages] == [
        ("第十一条", "某某条例第十一条", "甲的要点。", Role.PROVISION),
        ("第四十八条", "某某条例第四十八条", "乙的要点。", Role.PROVISION),
        ("第九条", "某某条例第九条", "丙的要点。", Role.PROVISION),
    ]
    assert (document.title, document.short_title) == ("某某条例要点", "某某条例")


def test_a_title_in_front_matter_leaves_the_first_chapter_its_heading():
    (document,) = understand(
        SourceText(
            "某.md",
            "某",
            "---\nkind: regulation\ntitle: 某法\n---\n## 第一章 总则\n### 第一条\n甲。",
            "markdown",
        )
    )
    assert (document.title, document.passages[0].path) == ("某法", ("第一章 总则",))


WORDS = st.text("甲乙丙丁戊己庚辛，", max_size=20).map(lambda text: f"凡{text}者。")
KEYS = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2)), min_size=1, max_size=30)
GAPS = st.sampled_from([" ", "　", "\u2002\u2002", "** "])


@given(start=st.integers(1, 1500), steps=KEYS, words=st.lists(WORDS, min_size=30, max_size=30), gap=GAPS)
def test_any_generated_statute_gives_back_its_numbers_and_text(start, steps, words, gap):
    keys, number = [], start - 1
    for step, inserted in steps:
        number += step
        keys += [(number, suffix) for suffix in range(inserted + 1)]
    expected = [(article_label(n, s or None), words[i % 30]) for i, (n, s) in enumerate(keys)]
    bold = "**" if "*" in gap else ""
    lines = []
    for i, (label, text) in enumerate(expected):
        if i % 7 == 0:
            lines.append(f"第{format_numeral(i // 7 + 1)}章 名称")
        lines.append(f"{bold}{label}{gap}{text}")
    document = read("# 某规定\n" + "\n".join(lines))
    assert [(p.label, p.text) for p in document.passages] == expected


@pytest.mark.parametrize("name", ["勘查、开采", "所有权", "第一审程序"])
def test_names_of_chapters_that_look_like_the_rest_of_a_sentence(name):
    document = read(f"# 某规定\n第一章 总则\n第一条 甲。\n第二章 {name}\n第二条 乙。")
    assert texts(document)["第一条"] == "甲。"
    assert document.passages[1].path == (f"第二章 {name}",)
