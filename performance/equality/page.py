"""The page about equality: what it shows of a month and of those before it to one reader."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.permissions import Permission
from performance.equality.chart import group_lines
from performance.equality.counts import seen_by
from performance.equality.readings import notes, reading
from performance.equality.shapes import Characteristic
from performance.return_pages.sight import names_in


@dataclass(frozen=True, slots=True)
class Block:
    """A characteristic with its sentence and its chart, None where there is too little to draw.

    `number` tells it from the others of the page.
    """

    number: int
    characteristic: Characteristic
    figure: dict[str, Any] | None

    @property
    def key(self) -> str:
        """Its name within the page's address."""
        return f"characteristic-{self.number}"

    @property
    def title(self) -> str:
        """What the chart shows."""
        shown = "exact counts" if self.characteristic.is_exact else "counts to the nearest 5"
        return f"{self.characteristic.name}: children month by month ({shown})"

    @property
    def reading(self) -> str:
        """What the month looked at shows."""
        return reading(self.characteristic)

    @property
    def notes(self) -> str:
        """What belongs below the chart."""
        return notes(self.characteristic)


@dataclass(frozen=True, slots=True)
class EqualityPage:
    """Everything the page shows: by service element, its characteristics."""

    month: date
    first_month: date
    provider: str
    is_exact: bool
    elements: tuple[tuple[str, tuple[Block, ...]], ...]


def equality_page(standing: Standing, month: date) -> EqualityPage:
    """The page of `month` for this reader."""
    blocks = [Block(number, one, group_lines(one)) for number, one in enumerate(seen_by(standing, month), start=1)]
    return EqualityPage(
        month=month,
        first_month=months_of(standing.agreement).first_shown(month),
        provider=names_in(standing.agreement).provider,
        is_exact=standing.may(Permission.SEE_EXACT_COUNTS),
        elements=tuple(
            (element, tuple(held)) for element, held in groupby(blocks, key=lambda one: one.characteristic.element)
        ),
    )
