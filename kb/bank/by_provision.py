"""From a provision to the questions of the bank that test it."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kb.bank.load import load_questions
from kb.bank.question import Question
from kb.marked_yaml import read_yaml
from kb.references.reference import parse_reference


@lru_cache(maxsize=4)
def questions_by_provision(folder: Path) -> Mapping[str, tuple[Question, ...]]:
    """
    Index the questions in use; read once from each folder.

    :param folder: Folder of bank files; nothing is found in one that does not exist.
    :returns: Canonical reference of a provision → its questions, by file and place in it. Entries that are
        not valid are passed over.
    :raises InputError: If a file is no YAML.
    """
    found: dict[str, list[Question]] = defaultdict(list)
    for path in sorted(folder.glob("*.yaml")):
        bank = load_questions(read_yaml(path.read_text(encoding="utf-8"), path.name), path.name)
        for entry in bank.entries:
            question = entry.value
            if question.status == "active":
                for ref in dict.fromkeys(parse_reference(text).provision for text in question.refs):
                    found[ref].append(question)
    return {ref: tuple(questions) for ref, questions in found.items()}
