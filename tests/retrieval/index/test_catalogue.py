from datetime import date, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.documents import NATIONWIDE, Document, Kind, Level, Origin, Status
from kb.store.rows import StoredDocument
from kb.validity import Validity
from retrieval.index.catalogue import Catalogue
from retrieval.query import Filter
from tests.retrieval.samples import TODAY, passes

REGIONS = (NATIONWIDE, "上海", "浙江")
TOPICS = ("物业", "物业费", "电梯")
days = st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n))
topics = st.lists(st.sampled_from(TOPICS), unique=True, max_size=2).map(tuple)


@st.composite
def stored_documents(draw: st.DrawFn) -> list[StoredDocument]:
    return [
        StoredDocument(
            key=10 * number + 3,
            document=Document(
                id=f"d{number}", kind=draw(st.sampled_from(Kind)), title="", region=draw(st.sampled_from(REGIONS)),
                level=draw(st.none() | st.sampled_from(Level)), topics=draw(topics),
                origin=draw(st.sampled_from(Origin)),
            ),
            validity=Validity(draw(st.none() | days), draw(st.none() | days), draw(st.booleans())),
            collection="user", origin_path="", saved_at=datetime(2024, 1, 1), passages=0,
        )
        for number in range(draw(st.integers(0, 6)))
    ]  # fmt: skip


filters = st.builds(
    Filter,
    as_of=days,
    home_region=st.sampled_from(("", *REGIONS)),
    kinds=st.lists(st.sampled_from(Kind), unique=True, max_size=2).map(tuple),
    regions=st.lists(st.sampled_from(REGIONS), unique=True, max_size=2).map(tuple),
    topics=topics,
    levels=st.lists(st.sampled_from(Level), unique=True, max_size=2).map(tuple),
    statuses=st.lists(st.sampled_from(Status), unique=True, max_size=2).map(tuple),
)


@given(stored_documents(), filters)
@settings(deadline=None)
def test_lets_through_what_the_filter_promises(documents: list[StoredDocument], wanted: Filter) -> None:
    mask = Catalogue.build(documents, [], [], []).allowed(wanted)
    assert mask.dtype == np.bool_
    assert mask.tolist() == [passes(document, wanted) for document in documents]


@given(stored_documents(), filters)
@settings(deadline=None)
def test_the_unrestricted_filter_lets_everything_through(
    documents: list[StoredDocument], wanted: Filter
) -> None:
    assert Catalogue.build(documents, [], [], []).allowed(wanted.unrestricted()).all()


@given(stored_documents(), days)
@settings(deadline=None)
def test_statuses_are_those_of_the_validity(documents: list[StoredDocument], day: date) -> None:
    statuses = Catalogue.build(documents, [], [], []).statuses(day)
    assert statuses.tolist() == [document.validity.status_on(day).value for document in documents]


@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=12))
@settings(deadline=None)
def test_members_are_the_passages_of_one_name(names: list[str]) -> None:
    document = StoredDocument(
        7,
        Document(id="d", kind=Kind.CASE, title=""),
        Validity(),
        "user",
        "",
        datetime(2024, 1, 1),
        len(names),
    )
    catalogue = Catalogue.build([document], range(len(names)), [7] * len(names), names)
    for position, name in enumerate(names):
        members = catalogue.members(int(catalogue.group[position]))
        assert members.tolist() == [p for p, other in enumerate(names) if other == name]
