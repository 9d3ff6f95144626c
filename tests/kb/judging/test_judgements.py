from kb.judging.judgements import Judgement, Verdict, right_answers
from kb.store.library import Library

RIGHT, WRONG = Verdict.RIGHT, Verdict.WRONG


def test_a_verdict_is_kept_in_comparable_form(library: Library, clock) -> None:
    saved = library.judgements
    assert saved.judge("  维修资金  怎么用 ", "《民法典》第278条第二款", RIGHT) is None
    assert saved.all() == [Judgement("维修资金 怎么用", "民法典第二百七十八条", RIGHT, clock.now)]
    assert saved.of("维修资金 怎么用") == {"民法典第二百七十八条": RIGHT}
    assert saved.of("别的问题") == {}


def test_judging_with_what_was_before_undoes(library: Library) -> None:
    saved = library.judgements
    saved.judge("问", "案例-1", RIGHT)
    before = saved.judge("问", "案例-1", WRONG)
    assert (before, saved.of("问")) == (RIGHT, {"案例-1": WRONG})
    assert saved.judge("问", "案例-1", before) is WRONG
    assert saved.of("问") == {"案例-1": RIGHT}
    assert saved.judge("问", "案例-1", None) is RIGHT
    assert saved.all() == []


def test_answers_from_elsewhere_do_not_overrule_verdicts(library: Library) -> None:
    saved = library.judgements
    saved.judge("问", "案例-1", WRONG)
    assert saved.add([("问", ["案例-1", "案例-2"]), ("又问", ["民法典278条", "民法典第二百七十八条"])]) == 2
    assert saved.of("问") == {"案例-1": WRONG, "案例-2": RIGHT}
    assert saved.of("又问") == {"民法典第二百七十八条": RIGHT}
    assert saved.add([("问", ["案例-2"])]) == 0


def test_right_answers_leave_out_questions_without_any(library: Library) -> None:
    saved = library.judgements
    saved.judge("一", "甲", RIGHT)
    saved.judge("一", "乙", WRONG)
    saved.judge("一", "丙", RIGHT)
    saved.judge("二", "甲", WRONG)
    assert right_answers(saved.all()) == {"一": ("甲", "丙")}
