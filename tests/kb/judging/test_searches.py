from kb.judging import searches
from kb.judging.searches import LONGEST_TEXT
from kb.store.library import Library


def texts(library: Library) -> list[str]:
    return [search.text for search in library.searches.all()]


def test_a_search_is_noted_without_more_than_its_words(library: Library, clock) -> None:
    library.searches.record("  维修资金  怎么用", "case", 3, 0.8)
    (search,) = library.searches.all()
    assert (search.text, search.kind, search.hits, search.top_score) == ("维修资金 怎么用", "case", 3, 0.8)
    assert (search.opened, search.missed, search.at) == (False, False, clock.now)


def test_the_same_words_shortly_after_are_one_search(library: Library, clock) -> None:
    log = library.searches
    log.record("电梯", "", 0, None)
    clock.advance(minutes=29)
    log.record("电梯", "case", 4, 0.9)
    assert [(s.hits, s.kind) for s in log.all()] == [(4, "case")]
    clock.advance(minutes=2)
    log.record("电梯", "", 5, 0.9)
    assert [s.hits for s in log.all()] == [4, 5]


def test_opening_and_missing_belong_to_the_latest(library: Library, clock) -> None:
    log = library.searches
    log.record("电梯", "", 1, 0.9)
    clock.advance(hours=1)
    log.record("电梯", "", 1, 0.9)
    log.mark_opened("电梯")
    log.mark_missed("电梯")
    assert [(s.opened, s.missed) for s in log.all()] == [(False, False), (True, True)]
    log.mark_missed("电梯", False)
    assert [s.missed for s in log.all()] == [False, False]


def test_opening_what_nobody_searched_notes_nothing(library: Library) -> None:
    library.searches.mark_opened("没有搜过")
    library.searches.mark_missed("没有搜过", False)
    assert texts(library) == []


def test_a_visitor_may_complain_without_a_log(library: Library) -> None:
    library.searches.mark_missed("找不到的")
    assert [(s.text, s.missed) for s in library.searches.all()] == [("找不到的", True)]


def test_long_texts_are_cut_alike_everywhere(library: Library) -> None:
    long = "楼道" * LONGEST_TEXT
    library.searches.record(long, "", 1, 0.9)
    library.searches.mark_opened(long)
    (search,) = library.searches.all()
    assert (len(search.text), search.opened) == (LONGEST_TEXT, True)


def test_only_the_last_are_kept(library: Library, monkeypatch) -> None:
    monkeypatch.setattr(searches, "MOST_KEPT", 3)
    for number in range(5):
        library.searches.record(f"第{number}问", "", 1, 0.9)
    assert texts(library) == ["第2问", "第3问", "第4问"]


def test_clearing_forgets_everything(library: Library) -> None:
    library.searches.record("电梯", "", 1, 0.9)
    assert library.searches.clear() == 1
    assert texts(library) == []
    assert library.searches.clear() == 0
