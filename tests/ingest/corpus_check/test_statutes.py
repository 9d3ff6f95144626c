"""Where provisions are looked up, and what is said of them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ingest.corpus_check.statutes import Standing, Statutes
from kb.documents import Status
from kb.references.reference import parse_reference
from tests.ingest.corpus_check.conftest import LAWS, TODAY, make_law

REAL = Path(__file__).parents[3].parent / "shared" / "data"


def test_the_version_of_the_day_is_asked() -> None:
    newer = make_law("改过法", "新。", version=date(2025, 6, 1), since=date(2026, 1, 1))
    statutes = Statutes([make_law("改过法", "老。", "老二。"), newer])
    second = parse_reference("改过法第二条")
    assert statutes.look_up(second, TODAY).standing is Standing.NO_SUCH_ARTICLE
    before = statutes.look_up(second, date(2026, 1, 1) - timedelta(days=1))
    assert before.standing is Standing.IN_FORCE
    assert before.provision is not None
    assert before.provision.text == "老二。"


def test_former_law_names_its_successor() -> None:
    verdict = Statutes(LAWS).look_up(parse_reference("旧法律第一条"), TODAY)
    assert (verdict.standing, verdict.status, verdict.replaced_by) == (
        Standing.NOT_IN_FORCE, Status.REPEALED, "新法@2026-01-01False",
    )  # fmt: skip


def test_a_digest_proves_what_it_has_and_disproves_nothing() -> None:
    statutes = Statutes(LAWS)
    assert statutes.look_up(parse_reference("要点条例第一条"), TODAY).standing is Standing.IN_FORCE
    assert not statutes.look_up(parse_reference("要点条例第一条"), TODAY).official
    assert statutes.look_up(parse_reference("要点条例第二条"), TODAY).standing is Standing.UNVERIFIABLE


def test_a_law_nobody_has_is_never_wrong() -> None:
    assert Statutes(()).look_up(parse_reference("无名法第一条"), TODAY).standing is Standing.UNVERIFIABLE


def test_a_newer_digest_overrules_an_older_official_text() -> None:
    digest = make_law("改过法", "新要点。", version=date(2025, 1, 1), since=date(2025, 1, 1), digest=True)
    verdict = Statutes([make_law("改过法", "老。", "老二。"), digest]).look_up(
        parse_reference("改过法第二条"), TODAY
    )
    assert verdict.standing is Standing.UNVERIFIABLE


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not on this machine")
def test_local_rules_are_read_from_the_law_collection() -> None:
    statutes = Statutes((), [REAL])
    reference = "上海市住宅物业管理规定第二十八条"
    verdict = statutes.look_up(parse_reference(reference), TODAY)
    assert (verdict.standing, verdict.region, verdict.official) == (Standing.IN_FORCE, "上海", True)
    assert (
        statutes.look_up(parse_reference("上海市住宅物业管理规定第九百条"), TODAY).standing
        is Standing.NO_SUCH_ARTICLE
    )
