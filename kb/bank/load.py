"""A bank file → its questions, each with its place."""

from kb.bank.question import QUESTION, Question
from kb.marked_yaml import Marked
from kb.placed import Loaded, validated

KEY = "questions"


def load_questions(document: Marked, path: str) -> Loaded[Question]:
    """
    Read the questions of a file (``topic: …`` and ``questions: […]``).

    :param document: The file's content.
    :param path: Where it is, for errors.
    :returns: Every question that is valid by itself, and one problem per mistake.
    """
    return validated(QUESTION, document.entries(KEY), path, {"topic": document.value.get("topic")})
