"""People and programmes for the tests of the drill."""

from collections.abc import Sequence
from decimal import Decimal

from kb.drill.person import Person
from kb.drill.programme import Programme
from kb.drill.rounds import RoundKind, default_round

TYPES = {"danxuan-1": "single", "danxuan-2": "single", "danxuan-3": "single", "anli-1": "case", "anli-2": "case"}  # fmt: skip


def make_person(number: int, unit: str = "", district: str = "", years: str | None = "3") -> Person:
    return Person(
        id=f"r{number}",
        name=f"学员{number}",
        unit=unit,
        district=district,
        years=None if years is None else Decimal(years),
    )


def make_people(units: Sequence[str], district: str = "") -> list[Person]:
    return [make_person(n, unit, district) for n, unit in enumerate(units, start=1)]


def make_programme() -> Programme:
    """Rounds 0 to 5: one of each kind."""
    return Programme(
        title="第一期",
        rounds=(
            default_round(RoundKind.ALL, ["danxuan-1", "danxuan-2"]),
            default_round(RoundKind.RACE, ["danxuan-3", "danxuan-4"]),
            default_round(RoundKind.CASE, ["anli-1"]),
            default_round(RoundKind.LOTS, ["danxuan-5", "anli-3", "anli-4"]),
            default_round(RoundKind.PEER, []),
            default_round(RoundKind.SHOWDOWN, ["anli-2"]),
        ),
    )
