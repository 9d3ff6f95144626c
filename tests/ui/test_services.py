"""What `Services` adds to its parts: which settings serve, the log, and the administrator's names."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import IndexRefused, InputError, StoreError
from kb.judging.gaps import How
from kb.progress import SilentProgress
from retrieval.index.keeper import State
from tests.ui.conftest import home_settings
from ui.services import Services, open_services


def refuse(*_: object) -> None:
    raise IndexRefused("新索引没有采用：变差了；运行 andian index --accept-worse")


def test_an_index_that_waits_is_told_and_the_old_one_serves(own_services: Services) -> None:
    told: list[str] = []
    settings = replace(own_services.settings, keyword_weight=0.9)
    other = open_services(settings, told.append)
    with pytest.raises(IndexRefused):
        other.keeper.refresh(SilentProgress(), compare=refuse)
    other.prepare(SilentProgress())
    assert told == ["新索引没有采用：变差了；运行 andian index --accept-worse"]
    assert other.keeper.serving_settings() == own_services.settings
    before = other.searcher
    assert other.searcher is before
    assert other.refresh_index(SilentProgress(), accept_worse=True) == "按确认采用新索引"
    assert other.keeper.condition().state is State.READY
    assert other.keeper.serving_settings().keyword_weight == 0.9
    assert other.searcher is not before
    other.library.close()


def test_added_names_reach_lexicon_and_segmentation_and_go_again(own_services: Services) -> None:
    number = own_services.add_synonym("维修资金", "修缮款", ["修缮款怎么动"])
    assert "修缮款" in own_services.segmenter.words("修缮款怎么动")
    assert own_services.keeper.condition().reason == "词典有更新"
    assert own_services.library.additions.handled()[0].how is How.SYNONYM
    own_services.undo_handling(number)
    assert "修缮款" not in own_services.lexicon.terms
    assert own_services.keeper.condition().state is State.READY


def test_names_that_mean_different_things_are_not_joined(own_services: Services) -> None:
    with pytest.raises(InputError, match="“房东”和“租客”不是一回事：.*；请另选说法"):
        own_services.add_synonym(" 房东", "租客")
    assert own_services.library.additions.synonyms() == []


def test_searches_are_noted_unless_switched_off(own_services: Services) -> None:
    quiet = open_services(replace(own_services.settings, log_searches=False))
    quiet.library.searches.clear()
    quiet.log_search("维修资金", "", 3, None)
    quiet.log_opened("维修资金")
    assert quiet.library.searches.all() == []
    quiet.library.close()
    own_services.library.searches.clear()
    own_services.log_search("维修资金", "", 3, None)
    own_services.log_opened("维修资金")
    own_services.log_opened("")
    assert [(s.text, s.opened) for s in own_services.library.searches.all()] == [("维修资金", True)]


def test_a_log_that_cannot_be_written_spoils_no_search(
    own_services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("磁盘已满")

    monkeypatch.setattr(own_services.library.searches, "record", fail)
    monkeypatch.setattr(own_services.library.searches, "mark_opened", fail)
    own_services.log_search("维修资金", "", 3, None)
    own_services.log_opened("维修资金")


def test_a_home_without_an_index_has_a_searcher_all_the_same(tmp_path: Path) -> None:
    services = open_services(home_settings(tmp_path / "new"))
    assert services.searcher is services.searcher
    services.library.close()
