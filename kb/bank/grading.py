"""
Marks for the objective question types, each a fraction of the maximum.

An answer that is left blank earns 0, nothing earns more than 1. Written answers are not marked here: the
program only proposes (`kb.bank.proposal`), a judge decides.
"""

from collections.abc import Collection, Sequence

from kb.bank.blanks import same_filling
from kb.bank.question import Fill, Multiple, Ordering, Single, TrueFalse


def mark_single(question: Single, chosen: str) -> float:
    """:returns: 1 for the right letter, else 0."""
    return float(chosen == question.answer)


def mark_multiple(question: Multiple, chosen: Collection[str]) -> float:
    """
    Mark a multiple choice by the rule usual in Chinese examinations (错选不得分，漏选按比例得分).

    One wrong option gives 0, whatever else was chosen; otherwise each right option counts the same, so that
    two of three earn 2/3. Choosing everything therefore earns nothing unless everything is right. A letter
    given twice counts once.
    """
    picked, right = set(chosen), set(question.answer)
    return len(picked) / len(right) if picked <= right else 0.0


def mark_true_false(question: TrueFalse, chosen: bool | None) -> float:
    """:returns: 1 for the right judgement, else 0; ``None`` stands for no answer."""
    return float(chosen is not None and chosen == question.answer)


def mark_fill(question: Fill, filled: Sequence[str]) -> float:
    """
    Mark blanks one by one; each counts the same.

    A blank is right if it says the same as one of its accepted wordings, see
    `kb.bank.blanks.same_filling`. The order of the blanks counts.

    :param filled: What was written, blank by blank; missing ones are blank, surplus ones are passed over.
    """
    pairs = zip(question.answer, filled, strict=False)
    right = sum(any(same_filling(text, wording) for wording in accepted) for accepted, text in pairs)
    return right / len(question.answer)


def mark_ordering(question: Ordering, order: Sequence[str]) -> float:
    """
    Mark an ordering by the steps that follow each other as they should.

    The mark is the share of the n − 1 neighbouring pairs of the right order that are neighbours in the
    same order in the answer. One step moved to a wrong place thus costs two or three pairs, a block moved as a
    whole only its borders, and the reverse order earns 0. An order that leaves steps out can still earn
    the pairs it has; one that names a step twice earns 0.

    :param order: Letters of the options, first step first.
    """
    if len(set(order)) < len(order):
        return 0.0
    right = question.answer
    wanted = set(zip(right, right[1:], strict=False))
    return len(wanted & set(zip(order, order[1:], strict=False))) / len(wanted)
