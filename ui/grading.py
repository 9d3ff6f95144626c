"""A written answer, graded with whatever this machine has: the library, and the model if it is there."""

from datetime import date

from kb.bank.catalogue import written_question
from kb.bank.proposal import Proposal, Proposer
from kb.bank.question import Case, Short
from kb.bank.wordings import shipped_wordings
from kb.errors import ModelUnavailable
from kb.lexicon import corpus_folder
from kb.progress import SilentProgress
from ui.citing import examine
from ui.services import Services


def find_question(identifier: str) -> Short | Case:
    """
    Look up a written question of the shipped bank.

    :raises NotFound: If there is none of that identifier.
    :raises InputError: If it is not answered in writing.
    """
    return written_question(corpus_folder() / "questions", identifier)


def proposer(services: Services) -> tuple[Proposer, str]:
    """:returns: What grades answers, and a Chinese line if it has to do without the model; else an empty one."""
    from retrieval.model.resolve import resolve

    note = ""
    try:
        encoder = resolve(services.settings, SilentProgress(), fetch_allowed=False)
    except ModelUnavailable:
        encoder = None
    if encoder is None:
        note = "没有向量模型，只按字词评分，换了说法的容易漏判"
    return Proposer(services.segmenter, shipped_wordings(), encoder), note


def grade(services: Services, by: Proposer, question: Short | Case, answer: str, today: date) -> Proposal:
    """
    Propose a standing for each scoring point; nothing is kept.

    :param by: From `proposer`.
    :param today: The day on which the answer's references are to be good law.
    :raises InputError: If the answer is too long.
    :raises StoreError: If the database fails.
    """
    return by.propose(question, answer, examine(services, answer, today, today).found)
