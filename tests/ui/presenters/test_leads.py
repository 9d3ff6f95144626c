import pytest

from kb.entrances import Source
from kb.store.rows import StoredDocument
from retrieval.query import Lead
from tests.ui.library_samples import HOSTILE, HOSTILE_CASE
from ui.presenters.leads import LONGEST, lead_line, leads_html
from ui.services import Services

ASKED = Lead(Source.QUERY, "物业不想干了，要提前多久说")


@pytest.fixture(scope="module")
def by_title(services: Services) -> dict[str, StoredDocument]:
    return {stored.document.title: stored for stored in services.library.documents()}


@pytest.mark.parametrize(
    ("source", "text", "line"),
    [
        (Source.QUERY, "要提前多久说", "别人也这样问：要提前多久说"),
        (Source.LINKED, "要提前多久说", "别人也这样问：要提前多久说"),
        (Source.QUESTION, "期满前几日\n书面告知", "题库里问过：期满前几日 书面告知"),
        (Source.TERM, "公共收益：用共有部分经营：所得", "词条：公共收益"),
        (Source.DOCUMENT, "楼道堆物第1案", "相关资料：《楼道堆物第1案》"),
    ],
)
def test_each_source_has_a_name(source: Source, text: str, line: str) -> None:
    assert lead_line([Lead(source, text)]) == line
    assert line in leads_html([Lead(source, text)], {}).replace("<bdi>", "").replace("</bdi>", "")


def test_nothing_led_there() -> None:
    assert leads_html([], {}) == ""
    assert lead_line([]) == ""


def test_two_at_most_and_each_cut() -> None:
    leads = [Lead(Source.QUERY, f"{number}" + "问" * 100) for number in range(3)]
    html = leads_html(leads, {})
    assert html.count("<span>") == 2
    assert f"<bdi>0{'问' * (LONGEST - 2)}…</bdi>" in html
    assert lead_line(leads, 1) == f"别人也这样问：0{'问' * (LONGEST - 2)}…"
    assert "…" not in lead_line([Lead(Source.QUERY, "问" * LONGEST)])


@pytest.mark.parametrize(
    ("title", "said", "id"),
    [("楼道堆物第1案", "类似案例", "case-01"), ("动用维修资金", "办事流程", "procedure-weixiu")],
)
def test_a_document_at_hand_is_a_link(
    by_title: dict[str, StoredDocument], title: str, said: str, id: str
) -> None:
    html = leads_html([Lead(Source.DOCUMENT, title)], by_title)
    assert f'{said}：<a href="read?doc={id}"><bdi>《{title}》</bdi></a>' in html


def test_a_question_that_is_worded_like_a_title_is_no_link(by_title: dict[str, StoredDocument]) -> None:
    assert "<a" not in leads_html([Lead(Source.QUERY, "动用维修资金")], by_title)


def test_hostile_text_stays_text(by_title: dict[str, StoredDocument]) -> None:
    for lead in (Lead(Source.QUERY, HOSTILE), Lead(Source.DOCUMENT, HOSTILE_CASE.title)):
        html = leads_html([lead], by_title)
        assert "<script" not in html
        assert "<img" not in html
