from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Document, Kind, Origin, Status
from kb.validity import Validity, is_regulation, validities, version_order

DAYS = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))


def rule(id: str, version: int | None = None, effective: int | None = None, **values) -> Document:
    """A rule passed on the first of May of one year, in force from the first of October of another."""
    return Document(
        id=id,
        kind=Kind.REGULATION,
        title="某条例",
        version_date=date(version, 5, 1) if version else None,
        effective_from=date(effective, 10, 1) if effective else None,
        **values,
    )


def statuses(validity: Validity, *days: date) -> list[Status]:
    return [validity.status_on(day) for day in days]


def test_a_span_includes_its_first_day_and_not_its_last():
    validity = Validity(date(2020, 1, 1), date(2021, 1, 1))
    assert statuses(validity, date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)) == [
        Status.NOT_YET_IN_FORCE,
        Status.IN_FORCE,
        Status.IN_FORCE,
        Status.REPEALED,
    ]


def test_official_text_rather_than_our_digest_is_named_as_the_successor():
    old, new = rule("旧", 2000, 2000), rule("新", 2010, 2010)
    digest = rule("a-digest", 2010, 2010, origin=Origin.DIGEST)
    assert validities([digest, new, old])["旧"].replaced_by == "新"


def test_a_text_marked_as_repealed_ends_when_the_law_that_abolishes_it_starts():
    old = rule("噪声法", 2021, 2022, repealed=True)
    code = rule("法典", 2026, 2026)
    found = validities([old], [code])["噪声法"]
    assert found == Validity(date(2022, 10, 1), date(2026, 10, 1), replaced_by="法典")


def test_unknown_bounds_count_as_in_force():
    assert Validity().status_on(date(1900, 1, 1)) is Status.IN_FORCE


def test_a_version_ends_when_the_next_takes_effect():
    versions = [rule("c", 2020, 2021), rule("a", 2000, 2000), rule("b", 2010, 2010)]
    found = validities(versions)
    assert found["a"] == Validity(date(2000, 10, 1), date(2010, 10, 1), superseded=True, replaced_by="b")
    assert found["b"] == Validity(date(2010, 10, 1), date(2021, 10, 1), superseded=True, replaced_by="c")
    assert found["c"] == Validity(date(2021, 10, 1))
    between = date(2020, 12, 1)
    assert found["b"].status_on(between) is Status.IN_FORCE
    assert found["c"].status_on(between) is Status.NOT_YET_IN_FORCE
    assert found["b"].status_on(date(2021, 10, 1)) is Status.AMENDED


def test_order_of_the_versions_given_does_not_matter():
    versions = [rule("a", 2000, 2000), rule("b", 2010), rule("c", None, 2005), rule("d", 2010, 2011)]
    repealers = [rule("x", 2015, 2016), rule("y", 2012, 2013)]
    results = [
        validities(some, others) for some in permutations(versions) for others in permutations(repealers)
    ]
    assert all(result == results[0] for result in results)


def test_day_of_passing_stands_in_for_an_unknown_day_of_effect():
    assert validities([rule("a", 2000, 2000), rule("b", 2010)])["a"].until == date(2010, 5, 1)


def test_no_text_is_law_before_it_is_passed():
    validity = validities([rule("a", 2010)])["a"]
    assert statuses(validity, date(2010, 4, 30), date(2010, 5, 1)) == [
        Status.NOT_YET_IN_FORCE,
        Status.IN_FORCE,
    ]


def test_a_version_of_unknown_date_ends_nothing_and_is_ended_by_nothing():
    found = validities([rule("a", 2000, 2000), rule("b", None, 2010)], [rule("x", 2020, 2020)])
    assert found["a"] == Validity(date(2000, 10, 1), date(2020, 10, 1), replaced_by="x")
    assert found["b"] == Validity(date(2010, 10, 1))


def test_parts_of_one_version_stand_side_by_side():
    parts = [rule("物权编", 2020, 2020, part="物权编"), rule("合同编", 2020, 2020, part="合同编")]
    assert set(validities(parts).values()) == {Validity(date(2020, 10, 1))}
    newer = rule("新", 2025, 2026)
    found = validities([*parts, newer])
    assert {found[part.id].replaced_by for part in parts} == {"新"}
    assert {found[part.id].until for part in parts} == {date(2026, 10, 1)}


def test_a_later_rule_repeals_an_earlier_one_when_it_takes_effect():
    found = validities([rule("a", 2000, 2000)], [rule("x", 2020, 2021)])["a"]
    assert found == Validity(date(2000, 10, 1), date(2021, 10, 1), replaced_by="x")
    assert found.status_on(date(2021, 9, 30)) is Status.IN_FORCE
    assert found.status_on(date(2021, 10, 1)) is Status.REPEALED


def test_an_earlier_repealer_says_nothing_about_a_rule_passed_after_it():
    assert validities([rule("a", 2010, 2010)], [rule("x", 2000, 2000)])["a"].until is None


def test_the_first_of_several_repealers_counts():
    repealers = [rule("z", 2020, 2020), rule("y", 2010, 2010), rule("x", 1990, 1990)]
    assert validities([rule("a", 2000, 2000)], repealers)["a"].replaced_by == "y"


def test_repealers_may_come_from_a_generator():
    parts = [rule("a", 2000, 2000, part="上"), rule("b", 2000, 2000, part="下")]
    found = validities(parts, (repealer for repealer in [rule("x", 2020, 2020)]))
    assert {found[part.id].replaced_by for part in parts} == {"x"}


def test_a_repealer_of_unknown_date_ends_nothing():
    assert validities([rule("a", 2000, 2000)], [rule("x", None, 2020)])["a"].until is None


def test_a_declared_end_ends_the_last_version():
    ended = rule("a", 2000, 2000, effective_to=date(2010, 1, 1))
    assert validities([ended])["a"].status_on(date(2010, 1, 1)) is Status.REPEALED
    assert validities([ended], [rule("x", 2020, 2020)])["a"].until == date(2010, 1, 1)


@pytest.mark.parametrize("effective", [None, 2000])
def test_a_text_its_source_calls_repealed_is_never_in_force(effective):
    validity = validities([rule("a", 2000, effective, repealed=True)])["a"]
    assert {validity.status_on(date(year, 11, 1)) for year in range(1990, 2030)} <= {
        Status.REPEALED,
        Status.NOT_YET_IN_FORCE,
    }
    assert validity.status_on(date(2026, 1, 1)) is Status.REPEALED


def test_a_newer_version_of_a_repealed_text_makes_it_amended():
    found = validities([rule("a", 2000, 2000, repealed=True), rule("b", 2010, 2010)])
    assert found["a"].status_on(date(2026, 1, 1)) is Status.AMENDED
    assert found["b"].status_on(date(2026, 1, 1)) is Status.IN_FORCE


@given(st.lists(st.tuples(DAYS, DAYS), max_size=5), DAYS)
def test_every_version_gets_a_validity_and_none_replaces_itself(dates, day):
    versions = [
        Document(f"v{i}", Kind.REGULATION, "某条例", version_date=passed, effective_from=effective)
        for i, (passed, effective) in enumerate(dates)
    ]
    found = validities(versions)
    assert set(found) == {version.id for version in versions}
    assert all(validity.replaced_by != id for id, validity in found.items())
    backwards = versions[::-1]
    assert sorted(versions, key=version_order) == sorted(backwards, key=version_order)


def test_only_rules_go_in_and_out_of_force():
    assert [kind for kind in Kind if is_regulation(Document("x", kind, "x"))] == [Kind.REGULATION]
