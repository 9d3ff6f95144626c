import pytest

from kb.errors import InputError
from kb.judging.gaps import Handled, How
from kb.store.library import Library


def test_a_synonym_is_added_and_undone(library: Library, clock) -> None:
    number = library.additions.add_synonym(" 维修资金", "修缮 款", ["修缮款怎么动"])
    assert library.additions.synonyms() == [("维修资金", "修缮款")]
    done = Handled(number, ("修缮款怎么动",), How.SYNONYM, ("维修资金", "修缮款"), clock.now)
    assert library.additions.handled() == [done]
    assert library.additions.undo(number) == done
    assert (library.additions.synonyms(), library.additions.handled()) == ([], [])
    assert library.additions.undo(number) is None


@pytest.mark.parametrize(
    ("term", "alias", "message"),
    [
        ("维修资金", " 维修 资金", "两个说法相同"),
        ("款", "修缮款", "应有 2 到 20 个字"),
        ("维修资金", "长" * 21, "应有 2 到 20 个字"),
    ],
)
def test_names_that_cannot_be_used_are_refused(library: Library, term: str, alias: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        library.additions.add_synonym(term, alias)
    assert library.additions.handled() == []


def test_a_linked_passage_is_an_entrance_and_makes_the_index_stale(library: Library) -> None:
    before = library.revision
    number = library.additions.link(["修缮款怎么动", "大修钱怎么用"], "《民法典》第278条")
    library.additions.link(["修缮款怎么动"], "case-01")
    assert library.entrances() == [
        ("修缮款怎么动", ("民法典第二百七十八条", "case-01")),
        ("大修钱怎么用", ("民法典第二百七十八条",)),
    ]
    assert library.revision == before + 2
    library.additions.undo(number)
    assert library.entrances() == [("修缮款怎么动", ("case-01",))]
    assert library.revision == before + 3


def test_the_same_again_is_kept_once(library: Library) -> None:
    for _ in range(2):
        library.additions.add_synonym("维修资金", "修缮款")
        library.additions.link(["问", "问"], "case-01")
    assert library.additions.synonyms() == [("维修资金", "修缮款")]
    assert library.entrances() == [("问", ("case-01",))]


def test_a_decision_alone_settles_and_is_undone(library: Library) -> None:
    before = library.revision
    case, ignored = (
        library.additions.set_aside([text], how) for text, how in (("甲", How.CASE), ("乙", How.IGNORED))
    )
    assert [(h.texts, h.how) for h in library.additions.handled()] == [
        (("乙",), How.IGNORED),
        (("甲",), How.CASE),
    ]
    library.additions.undo(ignored)
    assert [h.id for h in library.additions.handled()] == [case]
    assert library.revision == before


def test_a_number_never_undoes_another_thing(library: Library) -> None:
    first = library.additions.set_aside(["甲"], How.CASE)
    library.additions.undo(first)
    second = library.additions.set_aside(["乙"], How.CASE)
    assert second != first
