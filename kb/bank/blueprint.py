"""A paper by blueprint: so many questions of each sort, drawn by a seed that anybody can use again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from kb.bank.names import NATIONWIDE, TYPES
from kb.bank.question import Question
from kb.errors import InputError

MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """So many questions of one sort; what is ``None`` may be anything."""

    count: int
    type: str | None = None
    topic: str | None = None
    easiest: int = 1
    hardest: int = 5
    department: str | None = None

    @property
    def label(self) -> str:
        """The sort in words: ``换届单选（难度 2–3）``."""
        span = f"{self.easiest}" if self.easiest == self.hardest else f"{self.easiest}–{self.hardest}"
        remarks = [f"难度 {span}"] if (self.easiest, self.hardest) != (1, 5) else []
        remarks += [self.department] if self.department else []
        sort = (self.topic or "") + (TYPES[self.type] if self.type else "题")
        return sort + (f"（{'，'.join(remarks)}）" if remarks else "")

    def holds(self, question: Question) -> bool:
        """:returns: Whether a question is of this sort."""
        return (
            self.type in (None, question.type)
            and self.topic in (None, question.topic)
            and self.department in (None, question.department)
            and self.easiest <= question.difficulty <= self.hardest
        )


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a paper consists of, part by part."""

    parts: tuple[Part, ...]
    region: str | None = None
    """Nationwide questions and this region's; ``None`` for all."""

    def __post_init__(self) -> None:
        """:raises InputError: If a part asks for nothing, or all together for more than `MOST_QUESTIONS`."""
        if not self.parts or any(part.count < 1 for part in self.parts):
            raise InputError("蓝图里每一项至少要有 1 道题", remedy="请写明题数")
        if sum(part.count for part in self.parts) > MOST_QUESTIONS:
            raise InputError(f"一份卷子最多 {MOST_QUESTIONS} 道题", remedy="请减少题数")


@dataclass(frozen=True, slots=True)
class Paper:
    """Drawn questions, in the order of the parts; within a part as they were drawn."""

    parts: tuple[tuple[Question, ...], ...]
    seed: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for part in self.parts for question in part)


def draw_paper(
    blueprint: Blueprint, pool: Iterable[Question], seed: str, used: Collection[str] = ()
) -> Paper:
    """
    Draw a paper; no question stands in it twice.

    Parts may overlap (五道单选 and 三道换届). Whenever the pool can fill all of them together a paper is
    found: places are filled one by one along augmenting paths (Kuhn 1955), by which a question moves to
    another part that it fits as well.

    :param pool: Questions to draw from; their order does not matter.
    :param seed: The same seed, blueprint, pool and used questions give the same paper.
    :param used: Ids that must not be drawn: what the series has used, unless that is allowed.
    :raises InputError: If the pool cannot fill the parts; it says what is lacking, part by part.
    """
    fitting = {q.id: q for q in pool if _of_region(q, blueprint.region)}
    fresh = sorted(one for one in fitting if one not in used)
    Random(seed).shuffle(fresh)
    choices = [[one for one in fresh if part.holds(fitting[one])] for part in blueprint.parts]
    drawing = _Drawing(choices)
    for number, part in enumerate(blueprint.parts):
        for _ in range(part.count):
            tried: set[str] = set()
            if not drawing.place(number, tried):
                reached = tried | set(choices[number])
                rivals = {number} | {drawing.part_of[one] for one in reached}
                raise _lacking(blueprint, choices, list(fitting.values()), sorted(rivals))
    taken = drawing.drawn(len(blueprint.parts))
    rank = {one: place for place, one in enumerate(fresh)}
    parts = (tuple(fitting[one] for one in sorted(part, key=rank.__getitem__)) for part in taken)
    return Paper(tuple(parts), seed)


class _Drawing:
    """Which question stands in which part."""

    def __init__(self, choices: Sequence[Sequence[str]]):
        self._choices = choices
        self.part_of: dict[str, int] = {}

    def place(self, part: int, tried: set[str]) -> bool:
        """Put one more question into `part`, moving others if need be; `tried` collects what was looked at."""
        for one in self._choices[part]:
            if one not in self.part_of and one not in tried:
                self.part_of[one] = part
                return True
        for one in self._choices[part]:
            if one in tried or self.part_of[one] == part:
                continue
            tried.add(one)
            if self.place(self.part_of[one], tried):
                self.part_of[one] = part
                return True
        return False

    def drawn(self, parts: int) -> list[list[str]]:
        return [[one for one, part in self.part_of.items() if part == number] for number in range(parts)]


def _lacking(
    blueprint: Blueprint,
    choices: Sequence[Sequence[str]],
    fitting: Sequence[Question],
    rivals: Sequence[int],
) -> InputError:
    """
    Name the parts that are short by themselves; else those that together want more than there is.

    :param rivals: The part that could not be filled and those that hold every question it might have had.
    """
    parts = blueprint.parts
    short = [number for number, part in enumerate(parts) if len(choices[number]) < part.count]
    lines = [
        f"需要 {parts[n].count} 道{parts[n].label}，只有 {len(choices[n])} 道"
        + _passed_over(parts[n], len(choices[n]), fitting)
        for n in short
    ]
    if not lines:
        wanted = "、".join(f"{parts[n].count} 道{parts[n].label}" for n in rivals)
        total = sum(parts[n].count for n in rivals)
        there = len({one for n in rivals for one in choices[n]})
        lines = [f"需要 {wanted}，合起来 {total} 道，符合的一共只有 {there} 道"]
    return InputError("；".join(lines), remedy="请减少题数、放宽条件或补充题目")


def _passed_over(part: Part, left: int, fitting: Sequence[Question]) -> str:
    used = sum(part.holds(question) for question in fitting) - left
    return f"（另有 {used} 道本系列用过）" if used else ""


def _of_region(question: Question, region: str | None) -> bool:
    return region is None or question.region in (region, NATIONWIDE)
