from datetime import date
from pathlib import Path

import pytest

from ingest.source_text import SourceText
from ingest.structure.understand import understand
from kb.documents import Kind

SEEDS = Path(__file__).parents[3].parent / "shared" / "data" / "bulletins"
SENTENCE = "街道组织各居民区书记围绕业委会换届展开讨论，大家结合实际谈了体会。"


def read(text: str):
    return understand(SourceText("某.txt", "某报", text, "text"), kind=Kind.BULLETIN)


def test_a_web_page_gives_title_publisher_and_day_without_noise():
    (document,) = read(
        "当前位置:首页 > 新闻\n\n甲木街道开展议事活动\n\n来源:某某融媒体 作者:某人 2021-11-29 09:50:06\n—分享—\n\n"
        f"{SENTENCE}\n\n图片\n\n{SENTENCE}\n\n责任编辑:某人\n\n阅读下一篇\n\n返回首页\n某栏目"
    )
    assert document.title == "甲木街道开展议事活动"
    assert (document.issuer, document.published) == ("某某融媒体", date(2021, 11, 29))
    assert document.place == "甲木街道"
    assert [p.text for p in document.passages] == [f"{SENTENCE}\n{SENTENCE}"]


def test_a_newspaper_page_is_cut_after_a_byline():
    documents = read(
        f"某 木 周 到\n\n扫描二维码\n关注“某报”\n\n某街道党工委 联合出版\n\n甲街道召开研讨会\n\n{SENTENCE}\n\n(甲党建)\n\n"
        f"搭建平台\n\n乙街道召开会议\n\n{SENTENCE}\n\n(乙工委)"
    )
    assert [(d.id, d.title) for d in documents] == [
        ("某报", "甲街道召开研讨会"),
        ("某报-2", "搭建平台：乙街道召开会议"),
    ]
    assert all(d.issuer == "某街道党工委" and d.published is None for d in documents)
    assert all("(" not in p.text for d in documents for p in d.passages)


def test_markdown_articles_are_cut_at_first_level_headings():
    documents = read(f"# 甲\n{SENTENCE}\n## 小标题\n{SENTENCE}\n# 乙\n{SENTENCE}")
    assert [d.title for d in documents] == ["甲", "乙"]
    assert [p.label for p in documents[0].passages] == ["", "小标题"]


def test_broken_lines_are_joined():
    (document,) = read(
        "甲街道召开研讨会\n\n各居民区要勇于面对问题，想干事、能干事、\n\n干成事，不断解决难题。\n\n"
        "会后，大家由负责人带领参观了某某科技集团有\n\n限公司，并同负责人座谈，了解了园区的管理办法。"
    )
    assert document.passages[0].text.split("\n") == [
        "各居民区要勇于面对问题，想干事、能干事、干成事，不断解决难题。",
        "会后，大家由负责人带领参观了某某科技集团有限公司，并同负责人座谈，了解了园区的管理办法。",
    ]


def test_captions_are_dropped_and_subheadings_kept():
    (document,) = read(
        f"甲街道召开研讨会\n\n{SENTENCE}\n\n\n\n改造后的花园\n\n{SENTENCE}\n\n注重协商共治\n\n{SENTENCE}\n\n\n\n推进会现场"
    )
    assert [p.label for p in document.passages] == ["", "注重协商共治"]
    assert not any("花园" in p.text or "现场" in p.text for p in document.passages)


def test_a_reposted_text_is_marked_as_low_trust():
    (document,) = read(
        f"某经验\n\n时间:2022-07-06 07:31:00\n\n导语:某经验一文来源于网友上传,不代表本站观点。\n\n{SENTENCE}"
    )
    assert document.published == date(2022, 7, 6)
    assert "网友上传" in document.notes[0]
    assert not any("导语" in p.text for p in document.passages)


def test_a_markdown_title_stands_apart_from_the_first_subheading():
    (document,) = read(f"# 某经验\n\n## 做法\n\n{SENTENCE}")
    assert (document.title, document.passages[0].label) == ("某经验", "做法")


def test_passages_are_short_and_carry_their_heading():
    (document,) = read(f"某经验\n\n一、第一方面\n\n{SENTENCE * 20}\n\n二、第二方面\n\n{SENTENCE}")
    assert all(len(p.text) <= 300 for p in document.passages)
    assert {p.label for p in document.passages} == {"一、第一方面", "二、第二方面"}


def test_a_plain_note_loses_nothing():
    (document,) = read("会议纪要\n今天讨论三件事。\n车位\n电梯")
    assert "".join(p.label + p.text for p in document.passages) == "今天讨论三件事。\n车位\n电梯"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/bulletins is not on this machine")
@pytest.mark.parametrize(
    ("number", "articles", "publisher", "published", "place"),
    [
        ("000", 2, "花木街道党工委", None, "花木街道"),
        ("001", 1, "雨花区融媒体中心", date(2021, 11, 29), "东山街道"),
        ("002", 1, "", date(2022, 7, 6), "临汾社区(街道)"),
        ("003", 1, "上海基层党建网", date(2019, 6, 11), "上海浦东东明路街道"),
        ("004", 3, "", None, "华阳路街道"),
    ],
)
def test_real_pages(number, articles, publisher, published, place):
    (path,) = SEEDS.glob(f"{number}_*.txt")
    documents = understand(SourceText(path.name, path.stem, path.read_text(encoding="utf-8"), "text"))
    assert len(documents) == articles
    for document in documents:
        assert document.kind is Kind.BULLETIN
        assert (document.issuer, document.published, document.place) == (publisher, published, place)
        text = "\n".join(p.text for p in document.passages)
        assert all(noise not in text for noise in ("二维码", "分享到", "阅读下一篇", "责任编辑", "图片\n"))
        assert all(len(p.text) <= 300 for p in document.passages)
