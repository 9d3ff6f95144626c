"""What the reading page collects around a document."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.documents import Document, Kind, Origin, Passage, Role
from kb.errors import NotFound
from kb.store.library import Library
from ui.pages.gathering import gather
from ui.pages.reader import Request, parse
from ui.presenters.view import View

TODAY = date(2026, 11, 22)


def provision(law: str, number: str, text: str = "条文。") -> Passage:
    return Passage(f"第{number}条", text, (), Role.PROVISION, f"{law}第{number}条")


LAW = Document(
    id="某法",
    kind=Kind.REGULATION,
    title="某法",
    short_title="某法",
    version_date=date(2020, 1, 1),
    effective_from=date(2020, 1, 1),
    passages=(provision("某法", "一"), provision("某法", "二")),
)
DIGEST = replace(
    LAW,
    id="要点",
    title="某法（要点）",
    origin=Origin.DIGEST,
    passages=(provision("某法", "二", "我们的话。"),),
)


def read(tmp_path: Path, wanted: str, *documents: Document, at: int | None = None) -> View:
    library = Library(f"sqlite:///{tmp_path / 'library.db'}")
    for document in documents:
        library.save_file([document], origin_path=document.id, origin_hash="")
    view = gather(library, wanted, at, (), TODAY)
    library.close()
    return view


def test_a_digest_stands_below_the_article_it_is_about(tmp_path: Path) -> None:
    view = read(tmp_path, "某法", LAW, DIGEST)
    assert view.digests == {"某法第二条": ["我们的话。"]}
    assert view.official is None


def test_a_digest_knows_where_the_official_text_is(tmp_path: Path) -> None:
    view = read(tmp_path, "要点", LAW, DIGEST)
    assert view.official is not None
    assert view.official.document.id == "某法"
    assert view.official_positions["某法第二条"] == 1
    assert view.digests == {}


def test_a_digest_of_another_version_is_not_shown(tmp_path: Path) -> None:
    newer = replace(DIGEST, version_date=date(2025, 1, 1), effective_from=date(2025, 1, 1))
    assert read(tmp_path, "某法", LAW, newer).digests == {}


def test_the_same_name_elsewhere_is_another_rule(tmp_path: Path) -> None:
    elsewhere = replace(DIGEST, id="外地", region="浙江")
    view = read(tmp_path, "某法", LAW, elsewhere)
    assert [v.document.id for v in view.versions] == ["某法"]
    assert view.digests == {}


def test_official_text_is_named_as_what_replaced_an_old_one(tmp_path: Path) -> None:
    new = replace(LAW, id="某法新", version_date=date(2025, 1, 1), effective_from=date(2025, 6, 1))
    gist = replace(new, id="A要点", origin=Origin.DIGEST, passages=(provision("某法", "一", "话。"),))
    view = read(tmp_path, "某法", LAW, gist, new)
    assert view.replacement is not None
    assert view.replacement.document.id == "某法新"


def test_parts_come_in_statute_order(tmp_path: Path) -> None:
    parts = [
        replace(LAW, id=name, part=name, passages=(provision("某法", number),))
        for name, number in (("丙编", "三百"), ("甲编", "一"), ("乙编", "二十"))
    ]
    assert [p.document.id for p in read(tmp_path, "乙编", *parts).parts] == ["甲编", "乙编", "丙编"]


@pytest.mark.parametrize(("at", "kept"), [(1, 1), (2, None), (None, None)])
def test_a_position_beyond_the_text_is_ignored(tmp_path: Path, at: int | None, kept: int | None) -> None:
    assert read(tmp_path, "某法", LAW, at=at).at == kept


def test_an_unknown_document_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path, "没有", LAW)


@pytest.mark.parametrize(
    ("params", "request_"),
    [
        ({}, Request("", None, "")),
        ({"doc": " 某法 ", "at": "3", "q": "维修"}, Request("某法", 3, "维修")),
        ({"doc": "x", "at": "-1"}, Request("x", None, "")),
        ({"doc": "x", "at": "²"}, Request("x", None, "")),
        ({"doc": "x", "at": "9" * 30}, Request("x", None, "")),
        ({"doc": "长" * 999, "q": "长" * 999}, Request("长" * 300, None, "长" * 200)),
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(params: dict[str, str], request_: Request) -> None:
    assert parse(params) == request_
