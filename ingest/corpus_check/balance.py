"""Can the right answers be guessed without reading the question?"""

from collections import Counter
from collections.abc import Iterator

from ingest.corpus_check.context import Context
from ingest.corpus_check.finding import Finding
from ingest.corpus_check.length import characters
from kb.bank.question import Single

CHECK = "balance"
FEWEST = 12
"""Files with fewer single-choice questions are not judged."""
LARGEST_SHARE = 0.40
LONGEST_SHARE = 0.45


def check_balance(context: Context) -> Iterator[Finding]:
    """In every file: no letter right too often, and the longest option not right too often."""
    files: dict[str, list[Single]] = {}
    for question in context.folder.questions:
        if isinstance(question.value, Single):
            files.setdefault(question.path, []).append(question.value)
    for path, singles in files.items():
        if len(singles) < FEWEST:
            continue
        letter, count = Counter(single.answer for single in singles).most_common(1)[0]
        if count > LARGEST_SHARE * len(singles):
            yield Finding(
                path, 1, CHECK, f"{len(singles)} 道单选里答案 {letter} 有 {count} 个；请调换选项，不超过四成"
            )
        longest = sum(map(_longest_is_right, singles))
        if longest > LONGEST_SHARE * len(singles):
            message = f"{len(singles)} 道单选里 {longest} 道的最长选项就是答案；请改写选项，不超过 45%"
            yield Finding(path, 1, CHECK, message)


def _longest_is_right(single: Single) -> bool:
    lengths = [characters(option) for option in single.options]
    right = lengths["ABCD".index(single.answer)]
    return right == max(lengths) and lengths.count(right) == 1
