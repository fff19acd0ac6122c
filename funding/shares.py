"""A share of money or of caseload, always kept with both its numbers."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, both in one unit (pounds, or children); None is a number that is not known."""

    part: Decimal | None
    whole: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The share in percent, unrounded; None where a number is missing or the whole is zero.

        Source: 004 §2.7 (£1.2m of £16.5m is 7.3 %; 191 of 13,783 children is 1.4 %).
        """
        if self.part is None or not self.whole:
            return None
        return self.part / self.whole * 100
