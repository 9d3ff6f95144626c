"""The questions of the bank by their identifiers."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kb.bank.load import load_questions
from kb.bank.question import Case, Question, Short
from kb.errors import InputError, NotFound
from kb.marked_yaml import read_yaml


@lru_cache(maxsize=4)
def questions_by_id(folder: Path) -> Mapping[str, Question]:
    """
    Read all questions, whatever their status; once from each folder.

    :param folder: Folder of bank files; nothing is found in one that does not exist.
    :returns: Identifier → question, by file and place in it. Entries that are not valid are passed over.
    :raises InputError: If a file is no YAML.
    """
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*.yaml")):
        bank = load_questions(read_yaml(path.read_text(encoding="utf-8"), path.name), path.name)
        for entry in bank.entries:
            found.setdefault(entry.value.id, entry.value)
    return found


def written_question(folder: Path, identifier: str) -> Short | Case:
    """
    Look up a question that is answered in writing.

    :raises NotFound: If the bank has no such question.
    :raises InputError: If it has, but of a type that is answered by choosing or filling in.
    """
    question = questions_by_id(folder).get(identifier)
    if question is None:
        raise NotFound(f"题库里没有编号为“{identifier}”的题；请核对编号")
    if not isinstance(question, Short | Case):
        raise InputError(f"“{identifier}”不是简答题或案例题，没有得分点", remedy="请换一道要写字作答的题")
    return question
