"""What judges mark, and the four dimensions that the marks belong to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kb.bank.question import Dimension

DIMENSIONS: Mapping[Dimension, str] = MappingProxyType(
    {"P": "政治引领与党组织作用", "L": "依法依规", "C": "群众工作与沟通", "D": "落实与留痕"}
)
WEIGHTS: Mapping[Dimension, Decimal] = MappingProxyType(
    {"P": Decimal(20), "L": Decimal(45), "C": Decimal(20), "D": Decimal(15)}
)
"""Of a hundred; the suggestion of the domain brief (seeds.md §7)."""


class Criterion(BaseModel):
    """One line of a judge's sheet, marked from 0 to `most`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,20}$")]
    label: Annotated[str, Field(min_length=1, max_length=40)]
    dimension: Dimension
    most: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]


DEFAULT_CRITERIA = tuple(
    Criterion(code=code, label=label, dimension=code, most=WEIGHTS[code])
    for code, label in DIMENSIONS.items()
)
"""One criterion a dimension, marked up to its weight, so that a sheet adds up to a hundred."""


def mark_problems(marks: Mapping[str, Decimal], criteria: Sequence[Criterion]) -> list[str]:
    """
    Check one judge's sheet: every criterion marked once, from 0 to its most, with two decimals at most.

    :param marks: Code of a criterion → mark.
    :returns: Chinese lines; none if the sheet is good.
    """
    found = [f"没有“{code}”这一项" for code in marks if code not in {c.code for c in criteria}]
    for criterion in criteria:
        mark = marks.get(criterion.code)
        if mark is None:
            found.append(f"“{criterion.label}”没有打分")
        elif not mark.is_finite() or not 0 <= mark <= criterion.most:
            found.append(f"“{criterion.label}”应在 0 到 {criterion.most} 分之间")
        elif mark != mark.quantize(Decimal("0.01")):
            found.append(f"“{criterion.label}”最多两位小数")
    return found
