import sqlite3
from contextlib import closing

import pytest

from ingest.package_laws import package_database
from kb.lexicon import Lexicon, corpus_folder, load_lexicon
from kb.references.canonical import short_title


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_corpus_folder_holds_the_shipped_texts():
    assert (corpus_folder() / "glossary.yaml").is_file()
    assert (corpus_folder() / "package_laws.yaml").is_file()


def test_every_selected_law_is_in_the_package_under_that_name(lexicon):
    with closing(sqlite3.connect(f"file:{package_database()}?mode=ro", uri=True)) as connection:
        names = {name for (name,) in connection.execute("SELECT law_name FROM laws")}
    assert lexicon.package_laws
    assert lexicon.package_laws.keys() - names == set()
    assert {name for name, law in lexicon.package_laws.items() if law.name != name} == set()


def test_terms_hold_the_names_and_aliases_of_laws(lexicon):
    assert {"民法典", "业主大会", "维修资金", "物业管理条例"} <= lexicon.terms
    for law in lexicon.package_laws.values():
        assert short_title(law.name) in lexicon.terms
        assert set(law.aliases) <= lexicon.terms


def test_terms_have_no_blanks_and_are_not_empty(lexicon):
    assert {term for term in lexicon.terms if not term or term != term.strip()} == set()


def test_no_slip_occurs_inside_a_term(lexicon):
    """Else a word spelled right would be spoiled."""
    spoiled = {term: lexicon.corrected(term) for term in lexicon.terms if lexicon.corrected(term) != term}
    assert spoiled == {}


def test_no_slip_occurs_inside_what_was_meant(lexicon):
    assert {meant for meant in lexicon.typos.values() if lexicon.corrected(meant) != meant} == set()


def test_every_slip_is_put_right_wherever_it_stands(lexicon):
    assert lexicon.typos
    for slip, meant in lexicon.typos.items():
        assert lexicon.corrected(f"请问{slip}，{slip}") == f"请问{meant}，{meant}"


def test_a_slip_inside_a_longer_one_does_not_spoil_it(tmp_path, monkeypatch):
    (tmp_path / "glossary.yaml").write_text(
        "terms: []\ntypos: {业伟: 业委, 业伟汇: 业委会}", encoding="utf-8"
    )
    (tmp_path / "package_laws.yaml").write_text("laws: []\nlaws_outside_package: []", encoding="utf-8")
    monkeypatch.setattr("kb.lexicon.corpus_folder", lambda: tmp_path)
    lexicon = load_lexicon.__wrapped__()
    assert lexicon.corrected("业伟汇和业伟") == "业委会和业委"


def test_correct_text_is_left_alone(lexicon):
    assert lexicon.corrected("业主大会决定动用维修资金") == "业主大会决定动用维修资金"
    assert lexicon.corrected("") == ""


def test_added_names_join_the_group_of_their_term(lexicon):
    official = next(names for names in lexicon.names if "业主委员会" in names)
    more = lexicon.extended([("业委会", "小区管事的"), ("新词条", "新说法"), ("新说法", "又一说法")])
    assert {"小区管事的", "新词条", "新说法", "又一说法"} <= more.terms
    assert (*official, "小区管事的") in more.names
    assert more.names[-1] == ("新词条", "新说法", "又一说法")
    assert len(more.names) == len(lexicon.names) + 1
    assert "新词条" not in lexicon.terms


def test_adding_what_is_known_changes_nothing(lexicon):
    assert lexicon.extended([("业主委员会", "业委会")]) == lexicon
    assert lexicon.extended([]) == lexicon


def test_names_that_mean_different_things_are_kept_apart(lexicon):
    assert lexicon.kept_apart
    for pair in lexicon.kept_apart:
        assert lexicon.why_apart(*pair)
        assert lexicon.why_apart(*reversed(tuple(pair)))
    assert "表决权" in lexicon.why_apart("房东", "租客"), "their other names count, too"
    assert lexicon.why_apart("业主", "产权人") == ""
    assert lexicon.why_apart("没有的词", "又一个") == ""


def test_other_names_come_from_the_glossary_and_spare_what_is_kept_apart():
    lexicon = Lexicon(
        terms=frozenset(),
        names=(("业主委员会", "业委会"), ("租客", "房客", "使用人")),
        law_names={},
        package_laws={},
        typos={},
        kept_apart={frozenset(("业委会", "使用人")): "不是一回事"},
    )
    assert lexicon.other_names(["业委会"]) == ["业主委员会"]
    assert lexicon.other_names(["业委会", "租客"]) == ["业主委员会", "房客"]
    assert lexicon.other_names(["电梯"]) == []
