"""The guard over a real small index whose weights, model or content change."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kb.errors import IndexRefused
from kb.judging.judgements import Verdict
from kb.progress import SilentProgress
from kb.segment import Segmenter
from kb.settings import Settings
from kb.store.library import Library
from retrieval import guard as guard_module
from retrieval.guard import LEAST_QUERIES, Guard
from retrieval.index.keeper import IndexKeeper, State
from retrieval.index.serving import Serving
from tests.retrieval.samples import FakeEncoder, make_statute, save

Keep = Callable[..., IndexKeeper]


def judge(library: Library, count: int = LEAST_QUERIES) -> None:
    """Questions that share words with their answers alone."""
    for number in range(count):
        library.judgements.judge(f"事项{number:02}怎么办理", f"条例{number:02}第一条", Verdict.RIGHT)


@pytest.fixture
def keep(library: Library, segmenter: Segmenter, settings: Settings) -> Keep:
    """Make a keeper over one library under changed settings."""
    for number in range(24):
        save(library, make_statute(f"条例{number:02}", f"事项{number:02}怎么办理，由街道决定。"))

    def made(**changes: object) -> IndexKeeper:
        return IndexKeeper(library, segmenter, replace(settings, **changes))  # type: ignore[arg-type]

    return made


@pytest.fixture
def guard(library: Library, settings: Settings) -> Guard:
    return Guard(library, settings, SilentProgress())


class Asked:
    """Counts how often a guard is asked."""

    def __init__(self, guard: Guard) -> None:
        self.guard, self.times = guard, 0

    def __call__(self, before: Serving | None, after: Serving) -> None:
        self.times += 1
        self.guard(before, after)


WORSE = {"keyword_weight": 0.0, "embedding_model": "blind"}


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch, fake_model: FakeEncoder) -> None:
    """A model that sees nothing: every text has the same vector."""
    from retrieval.components import query_encoder
    from retrieval.index import keeper as keeper_module

    class Blind(FakeEncoder):
        name, fingerprint = "blind", "blind-1"

        def _vector(self, _: str):  # type: ignore[no-untyped-def]
            return super()._vector("同")

    known = keeper_module.resolve

    def resolved(settings, progress, *, fetch_allowed=True):  # type: ignore[no-untyped-def]
        if settings.embedding_model == "blind":
            return Blind()
        return known(settings, progress, fetch_allowed=fetch_allowed)

    for module in (keeper_module, query_encoder):
        monkeypatch.setattr(module, "resolve", resolved)


def test_a_worse_model_is_refused_and_the_old_one_goes_on(
    library: Library, keep: Keep, guard: Guard, blind: None, settings: Settings
) -> None:
    judge(library)
    keep().refresh(SilentProgress(), compare=guard)
    old = keep().generation().folder
    worse = keep(**WORSE)
    with pytest.raises(
        IndexRefused,
        match=r"20 个标注过的问题.*recall@10）从 1\.000 降到 0\.\d+.*最多允许降 0\.03.*--accept-worse",
    ):
        worse.refresh(SilentProgress(), compare=guard)
    assert worse.generation().folder == old
    assert worse.serving_settings().embedding_model == "fake"
    assert worse.serving_settings().keyword_weight == settings.keyword_weight
    condition = worse.condition()
    assert condition.state is State.REFUSED
    assert "降到" in condition.reason
    assert keep().condition().state is State.READY, "with the old settings all is well"


def test_a_refused_index_waits_until_it_is_accepted(
    library: Library, keep: Keep, guard: Guard, blind: None, fake_model: FakeEncoder
) -> None:
    judge(library)
    keep().refresh(SilentProgress(), compare=guard)
    worse = keep(**WORSE)
    for _ in range(2):
        with pytest.raises(IndexRefused):
            worse.refresh(SilentProgress(), compare=guard)
    worse.refresh(SilentProgress())
    assert worse.condition().state is State.READY
    assert worse.generation().meta.model == "blind"
    assert worse.serving_settings().keyword_weight == 0.0


def test_a_refused_index_can_be_dropped(library: Library, keep: Keep, guard: Guard, blind: None) -> None:
    judge(library)
    keep().refresh(SilentProgress(), compare=guard)
    worse = keep(**WORSE)
    with pytest.raises(IndexRefused):
        worse.refresh(SilentProgress(), compare=guard)
    worse.discard()
    assert worse.condition().state is State.STALE
    assert keep().condition().state is State.READY


def test_an_index_refused_under_other_settings_is_no_concern(keep: Keep, blind: None) -> None:
    def refuse(*_: object) -> None:
        raise IndexRefused("变差了")

    keep().refresh(SilentProgress())
    for changes in ({"embedding_model": "none"}, {"embedding_model": "blind"}, {"support_weight": 0.0}):
        other = keep(**changes)
        with pytest.raises(IndexRefused):
            other.refresh(SilentProgress(), compare=refuse)
        assert other.condition().state is State.REFUSED
        assert keep().condition().state is State.READY


def test_new_content_makes_a_refused_index_out_of_date(
    library: Library, keep: Keep, guard: Guard, blind: None
) -> None:
    judge(library)
    keep().refresh(SilentProgress(), compare=guard)
    worse = keep(**WORSE)
    with pytest.raises(IndexRefused):
        worse.refresh(SilentProgress(), compare=guard)
    save(library, make_statute("新条例", "新的事项"))
    assert worse.condition().state is State.STALE
    with pytest.raises(IndexRefused):
        worse.refresh(SilentProgress(), compare=guard)
    keep().refresh(SilentProgress(), compare=guard)
    assert keep().condition().state is State.READY
    assert keep().generation().meta.passages == 25


def test_other_weights_need_no_new_vectors_and_are_weighed(
    library: Library, keep: Keep, guard: Guard, fake_model: FakeEncoder, settings: Settings
) -> None:
    judge(library)
    keep().refresh(SilentProgress(), compare=guard)
    known, asked = len(fake_model.seen), Asked(guard)
    other = keep(keyword_weight=0.6)
    assert other.condition().reason == "检索权重换过了"
    assert other.serving_settings().keyword_weight == settings.keyword_weight
    other.refresh(SilentProgress(), compare=asked)
    texts = [text for text in fake_model.seen[known:] if not text.startswith(("事项", "预热"))]
    assert (asked.times, texts) == (1, [])
    assert other.condition().state is State.READY
    assert other.serving_settings().keyword_weight == 0.6


def test_content_alone_is_not_weighed(library: Library, keep: Keep, guard: Guard) -> None:
    judge(library)
    keep().refresh(SilentProgress(), compare=guard)
    save(library, make_statute("新条例", "新的事项"))
    asked = Asked(guard)
    keep().refresh(SilentProgress(), compare=asked)
    assert asked.times == 0
    keep().refresh(SilentProgress(), compare=asked, rebuild=True)
    assert asked.times == 1


def test_with_few_judged_questions_nothing_is_measured(
    library: Library, keep: Keep, guard: Guard, blind: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(library, LEAST_QUERIES - 1)
    monkeypatch.setattr(guard_module, "run_gold", lambda *_: pytest.fail("measured"))
    keep().refresh(SilentProgress(), compare=guard)
    worse = keep(**WORSE)
    worse.refresh(SilentProgress(), compare=guard)
    assert worse.condition().state is State.READY
    assert library.evaluations.all() == []


def test_the_margin_is_a_setting(library: Library, keep: Keep, settings: Settings, blind: None) -> None:
    judge(library)
    lenient = Guard(library, replace(settings, eval_margin=1.0), SilentProgress())
    keep().refresh(SilentProgress(), compare=lenient)
    worse = keep(**WORSE)
    worse.refresh(SilentProgress(), compare=lenient)
    assert worse.condition().state is State.READY
    assert [run.setup.split("，")[0] for run in library.evaluations.all()] == ["fake", "blind"]


def test_where_the_old_index_is_broken_its_last_figures_count(
    library: Library, keep: Keep, guard: Guard, blind: None
) -> None:
    judge(library)
    keep().refresh(SilentProgress(), compare=guard)
    (keep().generation().folder / "meta.json").unlink()
    with pytest.raises(IndexRefused):
        keep(**WORSE).refresh(SilentProgress(), compare=guard)
    keep().refresh(SilentProgress(), compare=guard)
    assert keep().condition().state is State.READY
