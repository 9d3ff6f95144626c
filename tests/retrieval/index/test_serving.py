from dataclasses import replace

import pytest

from kb.errors import IndexDamaged
from kb.progress import SilentProgress
from kb.settings import Settings
from kb.store.library import Library
from retrieval.index.generation import Generation
from retrieval.index.keeper import IndexKeeper
from retrieval.index.serving import ranking_of, same_way, serving, serving_settings, write_ranking
from tests.retrieval.samples import make_case, save


@pytest.fixture
def built(library: Library, keeper: IndexKeeper) -> Generation:
    save(library, make_case("a", "楼道堆物"))
    keeper.refresh(SilentProgress())
    return keeper.generation()


def test_a_generation_keeps_the_weights_it_was_accepted_with(built: Generation, settings: Settings) -> None:
    other = replace(settings, keyword_weight=0.9, embedding_model="another")
    served = serving_settings(built.folder, other)
    assert (served.keyword_weight, served.embedding_model) == (settings.keyword_weight, "fake")
    assert serving(built.folder, other).generation() is built
    write_ranking(built.folder, other)
    assert serving_settings(built.folder, settings).keyword_weight == 0.9


@pytest.mark.parametrize("noted", [None, "{", "[]", '{"keyword_weight": null}', '{"new": 1}'])
def test_without_readable_weights_those_of_the_settings_hold(
    built: Generation, settings: Settings, noted: str | None
) -> None:
    (built.folder / "setup.json").unlink()
    if noted is not None:
        (built.folder / "setup.json").write_text(noted)
    assert ranking_of(built.folder, settings) == settings.ranking


def test_content_makes_no_other_way_of_searching(
    library: Library, keeper: IndexKeeper, built: Generation, settings: Settings, tmp_path
) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(built.folder, copy)
    save(library, make_case("b", "养犬"))
    keeper.refresh(SilentProgress())
    new = keeper.generation().folder
    assert same_way(copy, new, settings)
    write_ranking(copy, replace(settings, support_weight=0.5))
    assert not same_way(copy, new, settings)
    (copy / "meta.json").unlink()
    write_ranking(copy, settings)
    assert not same_way(copy, new, settings)
    with pytest.raises(IndexDamaged):
        serving(copy, settings)
