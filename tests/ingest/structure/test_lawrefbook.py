"""Every statute and case of the real data set, read once."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ingest.source_text import SourceText
from ingest.structure.head import INFO_END
from ingest.structure.understand import NAVIGATION, understand
from kb.documents import Document, Kind, Level, Role
from kb.references.numerals import parse_numeral

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "lawrefbook"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data/lawrefbook is not on this machine"),
]
FIRST_NUMBERS = {
    "宪法修正案（1993年）": 3,  # amendments are numbered on from one to the next
    "宪法修正案（1999年）": 12,
    "宪法修正案（2004年）": 18,
    "宪法修正案（2018年）": 32,
    "物权编": 205,  # the civil code, a file a part
    "合同编": 463,
    "人格权编": 989,
    "婚姻家庭编": 1040,
    "继承编": 1119,
    "侵权责任编": 1164,
    "附则": 1259,
}
PAGE_NUMBER = "飞行基本规则(2007-10-18)"
REPRINTED_CONTENTS = "最高人民法院关于适用《民事诉讼法》的解释(2022-04-01)"


@cache
def library() -> dict[str, tuple[str, list[Document]]]:
    found = {}
    for path in sorted(DATA.rglob("*.md")):
        name = path.relative_to(DATA)
        text = path.read_text(encoding="utf-8")
        found[str(name)] = (
            text,
            understand(SourceText(str(name), path.stem, text, "markdown", name.parts[:-1])),
        )
    return found


def regulations():
    return [
        (name, d, text)
        for name, (text, found) in library().items()
        for d in found
        if d.kind is Kind.REGULATION
    ]


def provisions(document: Document):
    return [p for p in document.passages if p.role is Role.PROVISION]


def test_every_file_but_navigation_pages_gives_one_document():
    for name, (_, documents) in library().items():
        assert len(documents) == (0 if Path(name).stem == NAVIGATION else 1), name
    kinds = Counter(d.kind for _, found in library().values() for d in found)
    assert kinds == {Kind.REGULATION: 1801, Kind.CASE: 52, Kind.BULLETIN: 1}


def test_no_article_is_missing_or_read_twice():
    for name, document, _ in regulations():
        labels = [p.label for p in provisions(document)]
        assert len(labels) == len(set(labels)), name
        numbers = sorted({parse_numeral(re.findall("第(.+?)条", label)[0]) for label in labels})
        if numbers:
            first = FIRST_NUMBERS.get(Path(name).stem, 1)
            assert numbers == list(range(first, first + len(numbers))), name


def test_the_national_provisions_are_all_there():
    national = {
        p.ref
        for name, document, _ in regulations()
        if not name.startswith("DLC")
        for p in provisions(document)
    }
    assert len(national) == 58_758


@pytest.mark.parametrize(
    "ref",
    [
        "民法典第二百七十八条",
        "民法典第一千二百六十条",
        "刑法第二百九十一条之二",
        "刑事诉讼法第一百二十八条",
        "飞行基本规则第一百二十四条",
        "农民专业合作社法第五十四条",
        "最高人民法院关于适用刑事诉讼法的解释第四百一十四条",
    ],
)
def test_hidden_articles_are_found(ref):
    assert any(p.ref == ref and p.text for _, document, _ in regulations() for p in provisions(document))


def test_nothing_of_a_statute_is_lost():
    def bare(text: str) -> str:
        return re.sub(r"<!--.*?-->|[\s\u200b#*]", "", text).replace("笫", "第")

    for name, document, text in regulations():
        if Path(name).stem == REPRINTED_CONTENTS:
            continue
        shown, path = "", ()
        for passage in document.passages:
            same = next((i for i, (a, b) in enumerate(zip(path, passage.path, strict=False)) if a != b), None)
            same = min(len(path), len(passage.path)) if same is None else same
            label = passage.label if passage.role is Role.PROVISION and passage.text != passage.label else ""
            shown += "".join(passage.path[same:]) + label + passage.text
            path = passage.path
        body, shown = bare(text.partition(INFO_END)[2]), bare(shown)
        if Path(name).stem == PAGE_NUMBER:
            body = body.replace("置124第", "置第")
        start = body.find(shown[:12])
        assert 0 <= start < 300, name
        assert body[start:] == shown, name


def test_standing_is_read_where_the_source_states_it():
    found = [document for _, document, _ in regulations()]
    assert sum(d.version_date is not None for d in found) >= 1734
    assert sum(d.effective_from is not None for d in found) >= 1677
    assert sum(bool(d.repeals) for d in found) >= 260
    assert all(d.level is not None for d in found)
    assert Counter(d.level for d in found)[Level.CONSTITUTION] == 6


def test_known_traps_of_the_data():
    by_name = {Path(name).stem: document for name, document, _ in regulations()}
    shanghai = by_name["上海市住宅物业管理规定(2010-12-23)"]
    assert str(shanghai.version_date) == "2018-11-22"
    assert shanghai.notes
    national = by_name["物业管理条例(2018-03-19)"]
    assert str(national.version_date) == str(national.effective_from) == "2018-03-19"
    assert national.notes
    assert {"物权法", "合同法", "婚姻法"} <= set(by_name["附则"].repeals)
