"""Every way of writing a reference that we know of, and what must not be taken for one."""

import json
from pathlib import Path
from typing import Any

import pytest

from kb.lexicon import load_lexicon
from kb.references.find import find_references
from kb.references.in_query import read_query
from kb.references.reference import Reference

FORMS = [
    json.loads(line)
    for line in Path(__file__).with_name("forms.jsonl").read_text(encoding="utf-8").splitlines()
]


def read(form: dict[str, Any]) -> tuple[Reference, ...]:
    lexicon, own = load_lexicon(), form.get("own", "")
    if form.get("in") == "text":
        return tuple(m.reference for m in find_references(form["text"], lexicon.law_names, own))
    return read_query(form["text"], lexicon.law_names, lexicon.law_abbreviations, own).references


def test_the_table_is_long_enough_and_says_nothing_twice() -> None:
    assert len(FORMS) >= 200
    assert len({(f["text"], f.get("own"), f.get("in")) for f in FORMS}) == len(FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.get('in', 'query')}:{form['text']}")
def test_written_form(form: dict[str, Any]) -> None:
    found = read(form)
    assert [str(reference) for reference in found] == form["expected"]
    assert {reference.edition for reference in found} <= {form.get("edition")}


@pytest.mark.parametrize(
    "form", [f for f in FORMS if "only" in f or "rest" in f], ids=lambda form: form["text"]
)
def test_what_else_a_query_says(form: dict[str, Any]) -> None:
    lexicon = load_lexicon()
    asked = read_query(form["text"], lexicon.law_names, lexicon.law_abbreviations)
    assert asked.rest == form.get("rest", "")
    assert asked.only == form.get("only", False)
