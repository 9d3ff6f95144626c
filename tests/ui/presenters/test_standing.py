"""Badges of a hit: law then, law now, another place's."""

from dataclasses import replace
from datetime import date

import pytest

from kb.documents import Kind, Origin, Status
from kb.validity import Validity
from retrieval.query import Hit
from tests.ui.library_samples import CASES, CIVIL_CODE, HOSTILE
from ui.inquiry import ALL, Inquiry, look_up
from ui.presenters.hits import sections_html
from ui.presenters.standing import Setting, badges_html, in_force_today
from ui.services import Services

TODAY, THEN = date(2026, 11, 22), date(2020, 1, 1)


@pytest.fixture(scope="module")
def hit(services: Services) -> Hit:
    findings = look_up(services.searcher, Inquiry("维修资金"), "上海", TODAY)
    return findings.sections[0].hits[0]


def told(hit: Hit, validity: Validity, day: date | None = None, region: str = "全国") -> str:
    document = replace(CIVIL_CODE, region=region)
    stored = replace(hit.document, document=document, validity=validity)
    seen = replace(hit, document=stored, status=validity.status_on(day or TODAY))
    return badges_html(seen, Setting(TODAY, day, "上海"))


@pytest.mark.parametrize(
    ("validity", "day", "labels"),
    [
        (Validity(date(2010, 1, 1)), None, ["现行"]),
        (Validity(date(2010, 1, 1)), TODAY, ["现行"]),
        (Validity(date(2010, 1, 1)), THEN, ["当时有效"]),
        (Validity(date(2010, 1, 1), date(2021, 1, 1)), THEN, ["当时有效", "今天已废止"]),
        (Validity(date(2010, 1, 1), date(2021, 1, 1), superseded=True), THEN, ["当时有效", "今天已修改"]),
        (Validity(date(2025, 1, 1)), THEN, ["当时尚未施行", "今天现行"]),
        (Validity(), THEN, ["没有注明日期"]),
        (Validity(), None, ["现行"]),
    ],
)
def test_a_rule_is_law_then_and_now(
    hit: Hit, validity: Validity, day: date | None, labels: list[str]
) -> None:
    html = told(hit, validity, day)
    assert html.count("<span") == len(labels)
    assert all(f"<bdi>{label}</bdi>" in html for label in labels)


@pytest.mark.parametrize(("region", "label"), [("全国", ""), ("上海", ""), ("浙江", "外地：浙江")])
def test_a_rule_of_another_place_is_labelled(hit: Hit, region: str, label: str) -> None:
    html = told(hit, Validity(), region=region)
    assert ("elsewhere" in html) == bool(label)
    assert label in html


def test_what_is_no_rule_tells_whose_words_it_holds(hit: Hit) -> None:
    case = replace(hit, status=None, document=replace(hit.document, document=CASES[0]))
    assert "教学案例" in badges_html(case, Setting(TODAY))
    plain = replace(case, document=replace(hit.document, document=replace(CASES[0], origin=Origin.OFFICIAL)))
    assert badges_html(plain, Setting(TODAY)) == ""
    assert in_force_today(case, Setting(TODAY))


def test_a_hostile_region_stays_text(hit: Hit) -> None:
    assert "<script" not in told(hit, Validity(), region=HOSTILE)


def test_hits_of_another_day_lead_to_that_day_and_to_what_changed(services: Services) -> None:
    inquiry = Inquiry("维修资金", kind=Kind.REGULATION, as_of=date(2015, 6, 1), region=ALL)
    findings = look_up(services.searcher, inquiry, "上海", TODAY)
    html = sections_html(findings)
    assert {h.status for s in findings.visible for h in s.hits} == {Status.IN_FORCE}
    assert "当时有效" in html
    assert "今天已废止" in html
    assert "&amp;day=2015-06-01" in html
