"""``andian grade``: what a written answer earns, point by point, as a proposal."""

import json
import sys
from argparse import Namespace
from datetime import date

from ui.citing import read_letter
from ui.grading import find_question, grade, proposer
from ui.presenters.grading_report import HEADER, as_json, rows, summary
from ui.reading import load
from ui.services import Services
from ui.terminal import TerminalProgress, print_table


def run(arguments: Namespace, services: Services) -> int:
    """
    Grade one answer.

    :returns: 0; a poor answer is no error.
    :raises NotFound: If the bank has no such question.
    :raises InputError: If the question is not answered in writing, or the file cannot be read or is too long.
    """
    question = find_question(arguments.question)
    letter = read_letter(*load(arguments.file))
    services.fill(TerminalProgress())
    by, note = proposer(services)
    proposal = grade(services, by, question, letter.text, date.today())
    if arguments.json:
        print(json.dumps({"question": question.id, **as_json(proposal, letter.text)}, ensure_ascii=False))
        return 0
    for line in (*letter.notes, *([note] if note else [])):
        print(line, file=sys.stderr)
    print_table(HEADER, rows(proposal, letter.text))
    print(summary(proposal))
    return 0
