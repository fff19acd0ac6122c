"""Process limits of one group of points.

Worked out in exact fractions and turned into Decimal at the end, so a point on a limit is on it: nothing
here depends on rounding. The R package compares binary doubles, where such a tie falls to either side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise

LIMIT_FACTOR = Fraction("2.66")  # 3 / d2, d2 = 1.128 for ranges of two
SCREENING_FACTOR = Fraction("3.267")  # D4, upper limit of moving ranges of two
NEAR_SHARE = Fraction(2, 3)
_EXACT_ENOUGH = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean and distance from mean to limit; None where they cannot be worked out."""

    mean: Fraction | None
    distance: Fraction | None

    def at(self, share: Fraction) -> Fraction | None:
        """The line at `share` of the way from the mean (0) to the upper (1) or lower (-1) limit."""
        if self.mean is None or self.distance is None:
            return None
        return self.mean + share * self.distance

    @property
    def upper(self) -> Fraction | None:
        return self.at(Fraction(1))

    @property
    def lower(self) -> Fraction | None:
        return self.at(Fraction(-1))

    @property
    def near_upper(self) -> Fraction | None:
        return self.at(NEAR_SHARE)

    @property
    def near_lower(self) -> Fraction | None:
        return self.at(-NEAR_SHARE)


def mean_of(values: Sequence[Fraction]) -> Fraction | None:
    """The mean; None when there is nothing to take it of."""
    return sum(values, Fraction(0)) / len(values) if values else None


def moving_ranges(values: Sequence[Fraction | None]) -> list[Fraction]:
    """Absolute differences of neighbours. A missing value is a gap: no range reaches across it."""
    pairs = pairwise(values)
    return [abs(after - before) for before, after in pairs if before is not None and after is not None]


def screened(ranges: Sequence[Fraction]) -> list[Fraction]:
    """Moving ranges below 3.267 times their mean (NHSRplotthedots `screen_outliers`).

    Strictly below: where all ranges are zero none is left and the group has no limits.
    """
    mean = mean_of(ranges)
    return [] if mean is None else [each for each in ranges if each < SCREENING_FACTOR * mean]


def process_limits(
    values: Sequence[Decimal | None], *, fix_after: int | None = None, screen_outliers: bool = True
) -> Limits:
    """Mean ± 2.66 times the mean moving range of one rebase group, in date order.

    Source: NHS Making Data Count, XmR chart.

    `fix_after` counts rows from the start of the group, months without a value included, as the
    package does.
    """
    exact = [None if value is None else Fraction(value) for value in values[:fix_after]]
    ranges = moving_ranges(exact)
    mean_range = mean_of(screened(ranges) if screen_outliers else ranges)
    return Limits(
        mean=mean_of([value for value in exact if value is not None]),
        distance=None if mean_range is None else LIMIT_FACTOR * mean_range,
    )


def as_decimal(exact: Fraction | None) -> Decimal | None:
    """The fraction to 28 significant figures, whatever the caller's decimal context."""
    if exact is None:
        return None
    return _EXACT_ENOUGH.divide(Decimal(exact.numerator), Decimal(exact.denominator))
