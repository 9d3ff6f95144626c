import pytest

from kb.documents import Kind
from kb.entrances import Entrance, Source
from retrieval.evaluate import Judged
from retrieval.index.generation import Generation
from retrieval.training.examples import Example, case_examples, passages_of, provision_examples
from tests.retrieval.conftest import Build
from tests.retrieval.samples import make_case, make_statute

LAY = [
    Entrance(Source.QUERY, "狗叫", ("养犬条例第一条", "没有的条例第一条"), ("案", "没有的案")),
    Entrance(Source.QUERY, "没有", ("没有的条例第一条",), ("没有的案",)),
    Entrance(Source.TERM, "牵绳", ("养犬条例第二条", "养犬条例第一条")),
]


@pytest.fixture(scope="module")
def generation(build: Build) -> Generation:
    """Positions 0 and 1 are a rule's articles, 2 its gist of the first, 3 and 4 a case, 5 a bulletin."""
    return build(
        make_statute("养犬条例", "不得扰民", "应当牵绳"),
        make_statute("养犬条例", "要点", digest=True),
        make_case("案", "半夜狗叫", "上门劝导"),
        make_case("简报", "文明养犬", kind=Kind.BULLETIN),
    )


def test_questions_meet_all_passages_of_their_provisions(generation: Generation) -> None:
    judged = [
        Judged("1", "遛狗", frozenset({"养犬条例第二条"})),
        Judged("2", "养猫", frozenset({"养猫条例第一条"})),
    ]
    assert provision_examples(generation, LAY, judged) == [
        Example("狗叫", (0, 2)),
        Example("牵绳", (1, 0, 2)),
        Example("遛狗", (1,)),
    ]


def test_entrances_of_an_outdated_law_are_not_learnt_but_judged_queries_are(generation: Generation) -> None:
    judged = [Judged("1", "遛狗", frozenset({"养犬条例第二条"}))]
    assert provision_examples(generation, LAY, judged, frozenset({"养犬条例"})) == [Example("遛狗", (1,))]


def test_questions_meet_all_passages_of_cases_like_them(generation: Generation) -> None:
    assert case_examples(generation, LAY) == [Example("狗叫", (3, 4))]
    bulletin = Entrance(Source.QUERY, "狗叫", (), ("简报",))
    assert case_examples(generation, [bulletin]) == []


def test_passages_of_some_kinds(generation: Generation) -> None:
    assert passages_of(generation, [Kind.REGULATION]).tolist() == [0, 1, 2]
    assert passages_of(generation, [Kind.CASE, Kind.BULLETIN]).tolist() == [3, 4, 5]
    assert passages_of(generation, [Kind.PROCEDURE]).tolist() == []
