"""The shipped questions enter once, and leave alone what a user changed."""

from kb.bank.entry import Origin
from kb.bank.repository import Bank
from kb.bank.shipped import Taken
from kb.bank.states import Action, State
from tests.kb.bank.exchange.samples import make

ONE, TWO, THREE = (make(id=f"q-a-00{n}", status="active") for n in (1, 2, 3))


def changed(one: str, **more: str):
    return make(id=one, status="active", stem="自带的新说法", **more)


def test_they_enter_published_and_only_once(bank: Bank) -> None:
    assert bank.take_shipped([ONE, TWO]) == Taken(new=2)
    entry = bank.entry("q-a-001")
    assert (entry.state, entry.origin, entry.version.author) == (State.PUBLISHED, Origin.SHIPPED, "案典")
    assert bank.take_shipped([ONE, TWO]) == Taken()
    assert bank.changes() == []


def test_a_new_wording_becomes_a_version_unless_a_user_changed_the_question(bank: Bank) -> None:
    bank.take_shipped([ONE, TWO, THREE])
    bank.revise(make(id="q-a-002", stem="我们的说法"), "甲")
    bank.move(["q-a-003"], Action.RETIRE, "甲")
    assert bank.take_shipped([changed("q-a-001"), changed("q-a-002"), changed("q-a-003")]) == Taken(
        changed=1, kept=2
    )
    assert [v.question.stem for v in bank.versions("q-a-001")] == [ONE.stem, "自带的新说法"]
    assert bank.entry("q-a-001").state is State.PUBLISHED
    assert bank.entry("q-a-002").question.stem == "我们的说法"
    assert (bank.entry("q-a-003").question.stem, bank.entry("q-a-003").state) == (THREE.stem, State.RETIRED)


def test_what_was_undone_counts_as_untouched(bank: Bank) -> None:
    bank.take_shipped([ONE])
    bank.undo(bank.move(["q-a-001"], Action.RETIRE, "甲"))
    assert bank.take_shipped([changed("q-a-001")]) == Taken(changed=1)


def test_a_use_is_no_change(bank: Bank) -> None:
    bank.take_shipped([ONE])
    bank.note_uses(["q-a-001"], "秋季", "甲")
    assert bank.take_shipped([changed("q-a-001")]) == Taken(changed=1)
    assert bank.entry("q-a-001").uses == {"秋季": 1}


def test_what_is_shipped_no_more_is_retired_and_may_come_back(bank: Bank) -> None:
    bank.take_shipped([ONE, TWO])
    assert bank.take_shipped([TWO]) == Taken(retired=1)
    assert bank.entry("q-a-001").state is State.RETIRED
    assert bank.take_shipped([TWO]) == Taken()
    assert bank.take_shipped([ONE, TWO]) == Taken(changed=1)
    assert bank.entry("q-a-001").state is State.PUBLISHED


def test_an_id_that_a_user_took_stays_the_users(bank: Bank) -> None:
    bank.add([make(id="q-a-001", stem="我们的题")], "甲")
    assert bank.take_shipped([ONE]) == Taken(kept=1)
    assert bank.entry("q-a-001").question.stem == "我们的题"
