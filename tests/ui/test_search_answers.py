"""What the search page answers, without a browser."""

from pathlib import Path
from typing import Any

import pytest

from kb.errors import IndexDamaged
from retrieval.index import keeper
from ui.inquiry import Inquiry
from ui.pages.search import _present
from ui.services import Services


def test_a_damaged_index_is_named_and_can_be_repaired(own_services: Services) -> None:
    catalogue = next(own_services.settings.index_dir.glob("generation-*/catalogue.npz"))
    catalogue.write_bytes(catalogue.read_bytes()[:-100])
    results, *_, repair, _tell, _settle = _present(own_services, Inquiry("维修资金"))
    assert "catalogue.npz 已损坏" in results
    assert (repair.value, repair.visible) == ("重建索引", True)


def test_a_question_does_not_read_the_whole_index_again(
    own_services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(folder: Path) -> Any:
        raise IndexDamaged(f"every file of {folder} was read")

    own_services.searcher.warm_up()
    monkeypatch.setattr(keeper, "check_files", read)
    results, *_, repair, _tell, _settle = _present(own_services, Inquiry("维修资金"))
    assert "第二百七十八条" in results
    assert not repair.visible
