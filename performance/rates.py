"""A share of the returns due, never without both its numbers. Pure."""

from dataclasses import dataclass
from decimal import Decimal

EVERY_YEAR = "All years"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of the returns due: always with both numbers."""

    count: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, unrounded; None where nothing was due."""
        return Decimal(100) * self.count / self.of if self.of else None
