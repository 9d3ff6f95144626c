"""A question's way through the bank, and back."""

import pytest

from kb.bank.entry import Filter, Origin
from kb.bank.repository import Bank
from kb.bank.states import Action, State
from kb.errors import InputError, NotFound
from tests.kb.bank.exchange.samples import EACH, make

A = make(id="q-a-001")
SECOND = make(id="q-a-001", stem="换了说法的题干")


def state(bank: Bank, one: str = "q-a-001") -> State:
    return bank.entry(one).state


def published(bank: Bank, *ids: str) -> None:
    bank.move(ids, Action.REVIEW, "乙")
    bank.move(ids, Action.PUBLISH, "甲")


def test_a_question_goes_from_draft_to_retirement(bank: Bank, clock) -> None:
    bank.add([A], " 甲 ")
    entry = bank.entry("q-a-001")
    assert (entry.question, entry.state, entry.origin, entry.version.author) == (
        A,
        State.DRAFT,
        Origin.USER,
        "甲",
    )
    clock.advance(hours=1)
    bank.move(["q-a-001"], Action.REVIEW, "乙")
    version = bank.entry("q-a-001").version
    assert (version.reviewer, version.reviewed_at, version.at) == ("乙", clock.now, entry.created_at)
    bank.move(["q-a-001"], Action.PUBLISH, "甲")
    assert bank.entry("q-a-001").question.status == "active"
    bank.move(["q-a-001"], Action.RETIRE, "甲")
    assert (state(bank), bank.entry("q-a-001").question.status) == (State.RETIRED, "retired")
    bank.move(["q-a-001"], Action.REOPEN, "甲")
    assert state(bank) is State.DRAFT


def test_an_author_does_not_review_their_own_version(bank: Bank) -> None:
    bank.add([A], "Li Ming")
    with pytest.raises(InputError, match="q-a-001 是 Li Ming 写的，不能由本人审核；请换一个人审核"):
        bank.move(["q-a-001"], Action.REVIEW, "li  ming")
    bank.revise(SECOND, "乙")
    bank.move(["q-a-001"], Action.REVIEW, "Li Ming")
    assert state(bank) is State.REVIEWED


def test_drafts_are_not_published_and_one_refusal_stops_all(bank: Bank) -> None:
    bank.add([A, make(id="q-a-002")], "甲")
    bank.move(["q-a-001"], Action.REVIEW, "乙")
    with pytest.raises(InputError, match="q-a-002 是草稿，已审核的题才能发布；请先由另一人审核"):
        bank.move(["q-a-001", "q-a-002"], Action.PUBLISH, "乙")
    assert state(bank) is State.REVIEWED
    assert len(bank.changes()) == 2


def test_a_new_wording_is_a_draft_again_and_the_old_one_is_kept(bank: Bank) -> None:
    bank.add([A], "甲")
    published(bank, "q-a-001")
    bank.revise(SECOND, "丙")
    assert (state(bank), bank.entry("q-a-001").version.number) == (State.DRAFT, 2)
    assert [(v.number, v.question.stem, v.author, v.reviewer) for v in bank.versions("q-a-001")] == [
        (1, A.stem, "甲", "乙"),
        (2, SECOND.stem, "丙", None),
    ]


def test_every_action_is_undone_by_its_number(bank: Bank) -> None:
    added = bank.add([A], "甲")
    reviewed = bank.move(["q-a-001"], Action.REVIEW, "乙")
    changed = bank.revise(SECOND, "丙")
    done = bank.undo(changed)
    assert done is not None
    assert (done.action, done.actor, done.questions) == (Action.REVISE, "丙", ("q-a-001",))
    assert (bank.entry("q-a-001").question.stem, state(bank)) == (A.stem, State.REVIEWED)
    assert bank.undo(changed) is None
    bank.undo(reviewed)
    assert (state(bank), bank.entry("q-a-001").version.reviewer) == (State.DRAFT, None)
    bank.undo(added)
    with pytest.raises(NotFound, match="没有编号为“q-a-001”的题"):
        bank.entry("q-a-001")
    assert bank.find().total == 0
    assert [c.undone_at is not None for c in bank.changes()] == [True, True, True]


def test_a_version_number_is_not_given_twice(bank: Bank) -> None:
    bank.add([A], "甲")
    bank.undo(bank.revise(SECOND, "丙"))
    bank.revise(make(id="q-a-001", stem="第三种说法"), "丙")
    assert [v.number for v in bank.versions("q-a-001")] == [1, 2, 3]


def test_what_was_changed_or_used_since_is_not_undone(bank: Bank) -> None:
    added = bank.add([A], "甲")
    used = bank.note_uses(["q-a-001"], "第五期", "甲")
    with pytest.raises(InputError, match="后来又改过或用过"):
        bank.undo(added)
    bank.undo(used)
    bank.move(["q-a-001"], Action.RETIRE, "乙")
    with pytest.raises(InputError, match="请先撤销后来的操作"):
        bank.undo(added)
    assert state(bank) is State.RETIRED


def test_uses_are_counted_by_series(bank: Bank) -> None:
    bank.add([A, make(id="q-a-002")], "甲")
    first = bank.note_uses(["q-a-001", "q-a-002", "q-a-001"], " 秋季 ", "甲")
    bank.note_uses(["q-a-001"], "秋季", "甲")
    bank.note_uses(["q-a-001"], "冬季", "甲")
    assert bank.entry("q-a-001").uses == {"冬季": 1, "秋季": 2}
    assert bank.used_by("秋季") == {"q-a-001", "q-a-002"}
    bank.move(["q-a-001"], Action.RETIRE, "乙")
    bank.undo(first)
    assert bank.used_by("秋季") == {"q-a-001"}
    assert bank.entry("q-a-001").uses == {"冬季": 1, "秋季": 1}


@pytest.mark.parametrize(
    ("ids", "message"), [(["q-a-001"], "题库里已有编号 q-a-001"), (["q-b", "q-b"], "编号 q-b 出现了两次")]
)
def test_adding_is_all_or_nothing(bank: Bank, ids: list[str], message: str) -> None:
    bank.add([A], "甲")
    with pytest.raises(InputError, match=message):
        bank.add([make(id="q-new"), *(make(id=one) for one in ids)], "甲")
    assert bank.find().total == 1


def test_names_and_unknown_questions_are_refused(bank: Bank) -> None:
    bank.add([A], "甲")
    for name in (" ", "长" * 41):
        with pytest.raises(InputError, match="姓名应有 1 到 40 个字"):
            bank.add([make(id="q-b")], name)
    with pytest.raises(InputError, match="系列名称"):
        bank.note_uses(["q-a-001"], "", "甲")
    for act in (
        lambda: bank.revise(make(id="q-z"), "甲"),
        lambda: bank.move(["q-z"], Action.RETIRE, "甲"),
        lambda: bank.note_uses(["q-z"], "秋季", "甲"),
        lambda: bank.versions("q-z"),
    ):
        with pytest.raises(NotFound, match="q-z"):
            act()
    assert len(bank.changes()) == 1


def test_lists_are_narrowed_and_paged(bank: Bank) -> None:
    bank.add(
        [
            *EACH,
            make(
                id="q-b", topic="养犬", difficulty=5, department="律师", region="全国", stem="遛狗100%_要牵绳"
            ),
        ],
        "甲",
    )
    published(bank, "q-a-001")

    def ids(**chosen) -> list[str]:
        return [entry.question.id for entry in bank.find(Filter(**chosen)).entries]

    assert ids(type="case") == ["q-a-007"]
    assert ids(topic="养犬") == ids(difficulty=5) == ids(department="律师") == ids(region="全国") == ["q-b"]
    assert ids(state=State.PUBLISHED) == ["q-a-001"]
    assert ids(text="牵绳 遛狗") == ids(text="0%_") == ["q-b"]
    assert ids(text="百日") == ["q-a-002"]
    assert ids(text="q-b 没有的词") == ids(topic="养犬", type="case") == ids(origin=Origin.SHIPPED) == []
    page = bank.find(Filter(topic="换届"), offset=5, limit=3)
    assert ([e.question.id for e in page.entries], page.total) == (["q-a-006", "q-a-007"], 7)


def test_free_ids_lie_above_those_in_use(bank: Bank) -> None:
    assert bank.free_ids(2) == ["user-0001", "user-0002"]
    bank.add([make(id="user-0041"), make(id="user-x")], "甲")
    assert bank.free_ids(1) == ["user-0042"]
