from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Kind, Status
from ui.inquiry import ALL, LONGEST, MOST_SHOWN, Inquiry, look_up
from ui.services import Services

TODAY = date(2026, 11, 22)


def test_empty_address_is_the_default() -> None:
    assert Inquiry.from_address("") == Inquiry()
    assert Inquiry().address() == "?"


def test_address_carries_everything() -> None:
    inquiry = Inquiry("漏水 & 赔偿", Kind.CASE, "物业费", ALL, "repealed", date(2020, 1, 2), shown=30)
    assert Inquiry.from_address(inquiry.address()) == inquiry


@given(
    st.builds(
        Inquiry,
        text=st.text(max_size=80).map(lambda t: " ".join(t.split())),
        kind=st.sampled_from([None, *Kind]),
        topic=st.sampled_from(["", "物业费", "a&b=c#d"]),
        region=st.sampled_from(["", ALL, "浙江"]),
        status=st.sampled_from(["", ALL, "amended", "repealed", "not_yet_in_force"]),
        as_of=st.none() | st.dates(),
        shown=st.integers(10, MOST_SHOWN),
    )
)
def test_every_address_reads_back(inquiry: Inquiry) -> None:
    assert Inquiry.from_address(inquiry.address()) == inquiry


@pytest.mark.parametrize(
    "address",
    [
        "?kind=x&status=y&as_of=z&n=-1",
        "?as_of=2020-13-40&n=٣",
        "?kind=&status=in_force&n=9999999",
        "???&&=",
        "?q",
        "&" * 99,
    ],
)
def test_nonsense_counts_as_not_given(address: str) -> None:
    assert replace(Inquiry.from_address(address), shown=10) == Inquiry()


def test_a_fragment_is_no_part_of_the_question() -> None:
    assert Inquiry.from_address("?q=漏水#3") == Inquiry("漏水")
    assert Inquiry.from_address("?q=漏水%233") == Inquiry("漏水#3")


def test_a_form_may_send_anything() -> None:
    assert Inquiry.read({"q": ["x"], "kind": None, "as_of": 3, "n": {}}) == Inquiry()


def test_too_long_a_question_is_cut_and_says_so() -> None:
    inquiry = Inquiry.read({"q": "长" * (LONGEST + 1)})
    assert len(inquiry.text) == LONGEST
    assert inquiry.cut
    assert not Inquiry.read({"q": "长" * LONGEST}).cut


def test_defaults_mean_in_force_today_here_and_nationwide() -> None:
    wanted = Inquiry("x").filter("上海", TODAY)
    assert (wanted.as_of, wanted.home_region, wanted.regions) == (TODAY, "上海", ())
    assert wanted.statuses == (Status.IN_FORCE,)


def test_all_lifts_the_restrictions() -> None:
    wanted = Inquiry("x", region=ALL, status=ALL).filter("上海", TODAY)
    assert wanted == wanted.unrestricted()


def test_one_region_and_one_status() -> None:
    wanted = Inquiry("x", region="浙江", status="repealed").filter("上海", TODAY)
    assert (wanted.home_region, wanted.regions, wanted.statuses) == ("", ("浙江",), (Status.REPEALED,))


def test_every_kind_is_searched_on_its_own(services: Services) -> None:
    findings = look_up(services.searcher, Inquiry("楼道堆物"), "上海", TODAY)
    by_kind = {section.kind: section for section in findings.sections}
    assert [section.kind for section in findings.sections] == list(Kind)
    assert len(by_kind[Kind.CASE].hits) == 10
    assert by_kind[Kind.CASE].more
    assert len(by_kind[Kind.BULLETIN].hits) == 1
    assert not by_kind[Kind.BULLETIN].more
    assert all(h.document.document.kind is s.kind for s in findings.sections for h in s.hits)


def test_the_next_ones_follow_the_first(services: Services) -> None:
    ten, twenty = (
        look_up(services.searcher, Inquiry("楼道堆物", kind=Kind.CASE, shown=n), "上海", TODAY).visible[0]
        for n in (10, 20)
    )
    assert twenty.hits[:10] == ten.hits
    assert len(twenty.hits) == 13


def test_hidden_are_the_repealed_and_the_far_away(services: Services) -> None:
    hidden = look_up(services.searcher, Inquiry("维修资金"), "上海", TODAY)
    shown = look_up(services.searcher, Inquiry("维修资金", region=ALL, status=ALL), "上海", TODAY)
    assert hidden.facets.hidden == 2
    assert shown.facets.hidden == 0
    refs = {h.ref for s in shown.sections for h in s.hits} - {h.ref for s in hidden.sections for h in s.hits}
    assert refs == {"物权法第七十六条", "浙江省物业管理条例第三十条"}


def test_a_day_in_the_past_finds_the_law_of_that_day(services: Services) -> None:
    found = look_up(services.searcher, Inquiry("维修资金 共同决定", as_of=date(2015, 1, 1)), "上海", TODAY)
    assert [h.ref for h in found.sections[0].hits] == ["物权法第七十六条"]


@pytest.mark.parametrize("typed", ["民法典278条", "民法典第二百七十八条", "《民法典》第278条"])
def test_a_reference_finds_its_law(services: Services, typed: str) -> None:
    found = look_up(services.searcher, Inquiry(typed), "上海", TODAY)
    assert "民法典第二百七十八条" in [h.ref for h in found.sections[0].hits]
