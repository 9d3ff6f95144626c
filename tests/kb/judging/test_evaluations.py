from kb.judging import evaluations
from kb.judging.evaluations import Run
from kb.store.library import Library


def test_runs_are_kept_in_order(library: Library, clock) -> None:
    library.evaluations.add("g1", 20, "m3e-small", {"fused": {"recall@10": 0.5}})
    library.evaluations.add("g1", 20, "m3e-small", {"fused": {"recall@10": 0.6}})
    first, second = library.evaluations.all()
    assert first == Run(clock.now, "g1", 20, "m3e-small", {"fused": {"recall@10": 0.5}})
    assert second.figures["fused"]["recall@10"] == 0.6


def test_only_the_last_are_kept(library: Library, monkeypatch) -> None:
    monkeypatch.setattr(evaluations, "MOST_KEPT", 2)
    for number in range(4):
        library.evaluations.add(f"g{number}", 20, "", {})
    assert [run.gold for run in library.evaluations.all()] == ["g2", "g3"]
