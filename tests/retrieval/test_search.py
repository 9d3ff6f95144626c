import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.documents import Kind, Origin, Status
from kb.entrances import Source
from kb.errors import IndexDamaged
from kb.lexicon import load_lexicon
from kb.progress import SilentProgress
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library
from retrieval.components import query_encoder
from retrieval.index.keeper import IndexKeeper, State
from retrieval.model.catalog import M3E_SMALL
from retrieval.model.resolve import resolve
from retrieval.query import Filter, Lead, Leg, Mode, Query
from retrieval.search import MAX_QUERY_CHARACTERS, Searcher
from tests.retrieval.conftest import use_fake_model
from tests.retrieval.samples import EVERYTHING, TODAY, FakeEncoder, make_case, make_statute, save

OLD, NEW = "上海市物业规定", "上海市物业规定-新"
HOME = Filter(as_of=TODAY, home_region="上海")
DOCUMENTS = (
    make_statute("民法典", "维修资金的使用由业主共同决定", "相邻各方应当方便生活", topics=("维修资金",)),
    make_statute("民法典", "动用维修资金要业主投票", digest=True, topics=("维修资金",)),
    make_statute(OLD, "旧版：维修资金归集由街道办理", region="上海", version=date(2011, 1, 1), since=date(2011, 4, 1)),
    make_statute(OLD, "新版：维修资金归集由中心办理", id=NEW, region="上海", version=date(2020, 1, 1), since=date(2020, 3, 1)),
    make_statute("浙江省物业条例", "维修资金由业主大会决定", region="浙江"),
    make_statute("废止条例", "维修资金由房管局保管", until=date(2010, 1, 1)),
    make_statute("将来条例", "维修资金改为续筹制度", since=date(2030, 1, 1)),
    make_case("案例甲", "维修资金续筹受阻", "社区党组织牵头协商", "最后维修资金到位", topics=("维修资金", "协商")),
    make_case("简报乙", "浙江一社区的维修资金公示", kind=Kind.BULLETIN, region="浙江"),
)  # fmt: skip


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, dictionary_cache: Path
) -> Iterator[tuple[Searcher, FakeEncoder]]:
    """A searcher over `DOCUMENTS` that no test changes, with its model."""
    home = tmp_path_factory.mktemp("search")
    (home / "cache").symlink_to(dictionary_cache)
    library = Library(f"sqlite:///{home / 'andian.db'}")
    save(library, *DOCUMENTS)
    with pytest.MonkeyPatch.context() as patch:
        encoder = use_fake_model(patch)
        settings = Settings(home=home, embedding_model=encoder.name)
        keeper = IndexKeeper(library, segmenter, settings)
        keeper.refresh(SilentProgress())
        searcher = Searcher(library, keeper, settings)
        searcher.warm_up()
        yield searcher, encoder
    library.close()


@pytest.fixture
def ready(shared: tuple[Searcher, FakeEncoder]) -> Searcher:
    return shared[0]


@pytest.fixture
def model(shared: tuple[Searcher, FakeEncoder]) -> FakeEncoder:
    return shared[1]


@pytest.fixture
def own(library: Library, keeper: IndexKeeper, searcher: Searcher) -> Searcher:
    """A searcher over a copy of `DOCUMENTS` that the test may change."""
    save(library, *DOCUMENTS)
    keeper.refresh(SilentProgress())
    return searcher


def refs(searcher: Searcher, text: str, wanted: Filter = EVERYTHING, top_k: int = 50) -> list[str]:
    return [hit.ref for hit in searcher.search(Query(text, wanted, top_k)).hits]


def test_official_text_comes_with_our_gist(ready: Searcher) -> None:
    hit = next(h for h in ready.search(Query("动用维修资金要业主投票", HOME)).hits if h.ref == "民法典第一条")
    assert hit.document.document.origin is Origin.OFFICIAL
    assert hit.passage.passage.text == "维修资金的使用由业主共同决定"
    assert hit.gist == "动用维修资金要业主投票"
    assert hit.keyword_rank == 1
    assert hit.dense_rank == 1
    assert refs(ready, "动用维修资金要业主投票").count("民法典第一条") == 1


def test_a_digest_stands_for_itself_where_there_is_no_official_text(
    library: Library, keeper: IndexKeeper, own: Searcher
) -> None:
    library.remove("民法典")
    keeper.refresh(SilentProgress())
    hit = next(h for h in own.search(Query("维修资金", HOME)).hits if h.ref == "民法典第一条")
    assert (hit.document.document.origin, hit.gist) == (Origin.DIGEST, "")


def test_a_case_is_one_hit_named_by_its_id(ready: Searcher) -> None:
    asked, cases = (
        "维修资金续筹受阻 社区党组织牵头协商",
        replace(EVERYTHING, kinds=(Kind.CASE, Kind.BULLETIN)),
    )
    assert refs(ready, asked, cases) == ["案例甲", "简报乙"]
    assert refs(ready, asked).count("案例甲") == 1


def test_a_hit_tells_what_led_to_it(library: Library, keeper: IndexKeeper, own: Searcher) -> None:
    asked = "屋顶漏水大修的钞票哪里来"
    assert all(hit.led_by == () for hit in own.search(Query(asked, EVERYTHING, 50)).hits)
    save(library, make_case("案例丙", asked, "依据《民法典》第一条动用"))
    keeper.refresh(SilentProgress())
    hits = {hit.ref: hit for hit in own.search(Query(asked, EVERYTHING, 50)).hits}
    assert hits["民法典第一条"].led_by == (Lead(Source.DOCUMENT, "案例丙"),)
    assert {ref for ref, hit in hits.items() if hit.led_by} == {"民法典第一条"}


def test_a_linked_search_leads_to_its_answer_after_the_next_refresh(
    library: Library, keeper: IndexKeeper, own: Searcher
) -> None:
    asked, answer = "阿拉屋顶漏水哪能办", "浙江省物业条例第一条"
    rules = replace(EVERYTHING, kinds=(Kind.REGULATION,))
    before = refs(own, asked, rules).index(answer)
    number = library.additions.link([asked], answer)
    assert keeper.condition().state is State.STALE
    keeper.refresh(SilentProgress())
    hits = own.search(Query(asked, rules)).hits
    assert {hit.ref: hit.led_by for hit in hits if hit.led_by} == {answer: (Lead(Source.LINKED, asked),)}
    assert refs(own, asked, rules).index(answer) < before
    library.additions.undo(number)
    keeper.refresh(SilentProgress())
    assert all(hit.led_by == () for hit in own.search(Query(asked, rules)).hits)


def test_only_the_nearest_leads_are_told(library: Library, keeper: IndexKeeper, own: Searcher) -> None:
    asked = "屋顶漏水大修的钞票哪里来"
    for text in (asked[:8], asked[:9], asked[:10], asked):
        library.additions.link([text], "民法典第一条")
    keeper.refresh(SilentProgress())
    hit = next(h for h in own.search(Query(asked, EVERYTHING, 50)).hits if h.ref == "民法典第一条")
    assert len(hit.led_by) == 2
    assert hit.led_by[0] == Lead(Source.LINKED, asked)


def test_ranks_scores_and_times_are_told(ready: Searcher) -> None:
    result = ready.search(Query("维修资金归集", HOME))
    assert result.mode is Mode.HYBRID
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    for ranks in ([h.keyword_rank for h in result.hits], [h.dense_rank for h in result.hits]):
        known = [rank for rank in ranks if rank is not None]
        assert min(known) >= 1
        assert len(set(known)) == len(known)
    assert 0 < result.embedding_ms < result.took_ms
    assert "维修资金" in result.words


def test_top_k_bounds_the_hits(ready: Searcher) -> None:
    assert refs(ready, "维修资金", top_k=2) == refs(ready, "维修资金")[:2]
    with pytest.raises(ValueError, match="top_k must be at least 1"):
        Query("维修资金", HOME, 0)


def test_by_default_only_law_in_force_here_is_found(ready: Searcher) -> None:
    found = ready.search(Query("维修资金", HOME, 50)).hits
    assert {hit.ref for hit in found if hit.status} == {"民法典第一条", "民法典第二条", f"{OLD}第一条"}
    assert {hit.document.document.id for hit in found} >= {"案例甲", "简报乙", NEW}
    assert {hit.status for hit in found} == {Status.IN_FORCE, None}


def test_repealed_and_future_rules_are_found_when_asked_for(ready: Searcher) -> None:
    repealed = replace(HOME, statuses=(Status.REPEALED,), kinds=(Kind.REGULATION,))
    future = replace(HOME, statuses=(Status.NOT_YET_IN_FORCE,), kinds=(Kind.REGULATION,))
    assert refs(ready, "维修资金", repealed) == ["废止条例第一条"]
    assert refs(ready, "维修资金", future) == ["将来条例第一条"]


@pytest.mark.parametrize(
    ("day", "wording"), [(date(2015, 1, 1), "旧版"), (date(2020, 2, 29), "旧版"), (date(2020, 3, 1), "新版")]
)
def test_a_date_finds_the_version_of_that_day(ready: Searcher, day: date, wording: str) -> None:
    hits = ready.search(Query("维修资金归集", replace(HOME, as_of=day))).hits
    hit = next(h for h in hits if h.ref == f"{OLD}第一条")
    assert hit.passage.passage.text.startswith(wording)
    assert hit.status is Status.IN_FORCE


def test_amended_versions_are_named_so(ready: Searcher) -> None:
    hits = ready.search(Query("维修资金归集由街道办理", replace(HOME, statuses=(Status.AMENDED,)))).hits
    assert [h.status for h in hits if h.status] == [Status.AMENDED]


def test_a_region_leaves_what_is_nationwide(ready: Searcher) -> None:
    found = refs(ready, "维修资金", Filter(as_of=TODAY, regions=("浙江",)))
    assert {"浙江省物业条例第一条", "简报乙", "民法典第一条", "案例甲"} <= set(found)
    assert f"{OLD}第一条" not in found


@pytest.mark.parametrize("text", ["", "  \n", "？！……", "——，。", "🏠🏠", "_ _"])
def test_a_query_without_words_finds_nothing(ready: Searcher, text: str) -> None:
    result = ready.search(Query(text, HOME))
    assert (result.words, result.hits) == ((), ())
    assert ready.facets(Query(text, HOME)).hidden == 0


def test_a_very_long_query_is_cut(ready: Searcher, model: FakeEncoder) -> None:
    text = "维修资金" * 1000
    assert refs(ready, text)
    assert model.seen[-1] == text[:MAX_QUERY_CHARACTERS]


def test_strange_characters_do_no_harm(ready: Searcher) -> None:
    for text in (
        '"维修" AND (资金',
        "title:* OR body:[a TO b]",
        "\x00\ud800维修资金",
        "🏠" * 50,
        "' OR 1=1 --",
    ):
        ready.search(Query(text, HOME))
    assert refs(ready, "\x00维修资金")


def test_slips_of_the_keyboard_are_put_right(ready: Searcher, model: FakeEncoder) -> None:
    slip, meant = next(iter(load_lexicon().typos.items()))
    ready.search(Query(slip, HOME))
    assert model.seen[-1] == load_lexicon().corrected(slip)
    assert meant in model.seen[-1]


def test_a_passage_removed_since_the_build_is_left_out(library: Library, own: Searcher) -> None:
    before = refs(own, "维修资金")
    library.remove("案例甲")
    assert refs(own, "维修资金") == [ref for ref in before if ref != "案例甲"]


def test_a_new_build_is_followed(library: Library, keeper: IndexKeeper, own: Searcher) -> None:
    assert "新案例" not in refs(own, "高空抛物")
    save(library, make_case("新案例", "高空抛物砸车"))
    keeper.refresh(SilentProgress())
    assert refs(own, "高空抛物")[0] == "新案例"


def test_facets_count_the_best_matches_without_the_filter(ready: Searcher) -> None:
    facets = ready.facets(Query("维修资金", HOME))
    assert facets.kinds == {Kind.REGULATION: 6, Kind.CASE: 1, Kind.BULLETIN: 1}
    assert facets.regions == {"全国": 5, "上海": 1, "浙江": 2}
    assert facets.topics == {"维修资金": 3, "协商": 1}
    assert facets.statuses == {Status.IN_FORCE: 4, Status.REPEALED: 1, Status.NOT_YET_IN_FORCE: 1}


def test_hidden_counts_what_the_filter_keeps_out(ready: Searcher) -> None:
    everything = set(refs(ready, "维修资金"))
    shown = set(refs(ready, "维修资金", HOME))
    assert ready.facets(Query("维修资金", HOME)).hidden == len(everything - shown) == 3
    assert ready.facets(Query("维修资金", EVERYTHING)).hidden == 0


def test_rankings_name_each_leg(ready: Searcher) -> None:
    found = ready.rankings("维修资金归集由中心办理", EVERYTHING, 3)
    assert set(found) == set(Leg)
    assert all(0 < len(names) <= 3 for names in found.values())
    assert found[Leg.FUSED] == refs(ready, "维修资金归集由中心办理", top_k=3)
    assert found[Leg.KEYWORD][0] == f"{OLD}第一条"


def test_keywords_alone_answer_when_that_is_asked_for(
    library: Library, segmenter: Segmenter, settings: Settings
) -> None:
    lexical = replace(settings, embedding_model="none")
    keeper = IndexKeeper(library, segmenter, lexical)
    searcher = Searcher(library, keeper, lexical)
    save(library, *DOCUMENTS)
    keeper.refresh(SilentProgress())
    result = searcher.search(Query("维修资金归集", HOME))
    assert result.mode is Mode.LEXICAL
    assert result.hits[0].ref == f"{OLD}第一条"
    assert {hit.dense_rank for hit in result.hits} == {None}
    assert searcher.rankings("维修资金", HOME, 5)[Leg.DENSE] == []
    assert searcher.search(Query("？！", HOME)).hits == ()


@pytest.mark.parametrize("lost", ["model", "weights"])
def test_without_the_models_of_the_index_keywords_answer(
    own: Searcher, library: Library, keeper: IndexKeeper, settings: Settings, fake_model: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch, lost: str,
) -> None:  # fmt: skip
    assert own.search(Query("维修资金归集", HOME)).mode is Mode.HYBRID
    if lost == "weights":
        monkeypatch.setattr(fake_model, "fingerprint", "fake-2")
    else:
        monkeypatch.setattr(query_encoder, "resolve", resolve)
        monkeypatch.setattr("retrieval.model.resolve.PINNED", {"fake": M3E_SMALL})
    result = Searcher(library, keeper, settings).search(Query("维修资金归集", HOME))
    assert result.mode is Mode.LEXICAL
    assert result.hits[0].ref == f"{OLD}第一条"


def test_without_an_index_the_searcher_says_so(library: Library, searcher: Searcher) -> None:
    with pytest.raises(IndexDamaged, match="还没有索引；运行 andian index"):
        searcher.search(Query("维修资金", HOME))


@pytest.mark.model
def test_the_real_model_finds_what_shares_no_word(
    library: Library, segmenter: Segmenter, model_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(model_home / "models" / "m3e-small", tmp_path / "real" / "models" / "m3e-small")
    settings = Settings(home=tmp_path / "real")
    keeper = IndexKeeper(library, segmenter, settings)
    save(library, *DOCUMENTS, make_statute("养犬条例", "饲养的动物造成他人损害的，饲养人应当承担侵权责任"))
    keeper.refresh(SilentProgress())
    rules = replace(HOME, kinds=(Kind.REGULATION,))
    hits = Searcher(library, keeper, settings).search(Query("被狗咬了谁赔钱", rules)).hits
    assert (hits[0].ref, hits[0].dense_rank) == ("养犬条例第一条", 1)
